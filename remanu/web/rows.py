"""Lists of rows in a form: what a page sends as `points.0.code` and so on, as a tuple of what the rows mean."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from remanu.web import shape

MOST_ROWS = 300
_REASONS: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "required",
    "null": "required",
    "invalid": "wrong-type",
}


class Rows(fields.List[Any]):
    """A list of rows as a tuple of what they mean; a row that means nothing is left out."""

    default_error_messages = _REASONS

    def __init__(self, row: type[shape.Form], **options: Any) -> None:
        """`row` is the shape of each."""
        most = validate.Length(max=MOST_ROWS, error="too-long")
        given = {"hidden": True, **options.pop("metadata", {})}
        if not options.get("required"):
            options["load_default"] = ()
        super().__init__(fields.Nested(row), validate=most, metadata=given, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        found = super()._deserialize(value, attr, data, **more)
        return tuple(one for one in found if one is not None)


def needed(values: dict[str, Any], *names: str) -> None:
    """Refuse a row that says something but not these."""
    missing = {name: ["required"] for name in names if not values.get(name)}
    if missing:
        raise ValidationError(missing)
