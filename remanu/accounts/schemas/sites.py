"""Shapes of what is typed about an organisation's sites."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields

from remanu.accounts.schemas.shapes import Day
from remanu.web import shape
from remanu.web.words import N_

_LINES = 50


class Places(fields.Field[tuple[str, ...]]):
    """Places as a tuple: a list in JSON, one a line on pages."""

    default_error_messages = {"required": "required", "null": "required", "invalid": "wrong-type"}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> tuple[str, ...]:
        given = value.splitlines() if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            raise ValidationError("wrong-type")
        if len(given) > _LINES:
            raise ValidationError("too-long")
        return tuple(one for one in given if one.strip())


class OpenSite(shape.Form):
    """A site and what belongs to it."""

    name = shape.Line(
        required=True,
        limit=120,
        metadata={"label": N_("Name of the site"), "help": N_("As certificates name it in their scope.")},
    )
    opened_on = Day(required=True, metadata={"label": N_("First day"), "widget": "day"})
    usual = fields.Boolean(
        required=True,
        truthy={True, "yes", "on"},
        falsy={False, "no"},
        error_messages={"invalid": "wrong-type", "required": "required"},
        metadata={
            "label": N_("Is it the usual site?"),
            "help": N_("Units that stand in no place of any site are there."),
            "widget": "choice",
            "choices": (("yes", N_("Yes")), ("no", N_("No"))),
        },
    )
    places = Places(
        load_default=(),
        metadata={
            "label": N_("Places that belong to it"),
            "help": N_("One a line, as they are written when a unit is put away."),
            "widget": "note",
            "example": ["Hall 9"],
        },
    )


class CloseSite(shape.Form):
    """From when on nothing is released there."""

    closed_on = Day(required=True, metadata={"label": N_("From this day on"), "widget": "day"})
