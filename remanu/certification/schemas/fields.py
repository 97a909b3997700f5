"""Fields of this room's forms: boxes to tick, names one a line, lines of a scope, rows of an accreditation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import ValidationError, fields

from remanu.errors import BadInput
from remanu.rules import text
from remanu.rules.accreditation import Area
from remanu.rules.certification import Line
from remanu.web import shape

SEPARATOR = "|"
_MOST, _PARTS = 300, 3
_REASONS: dict[str, Any] = {"required": "required", "null": "required", "invalid": "wrong-type"}


class Several(fields.List[Any]):
    """Some words of a closed list as a tuple; on pages boxes named `NAME.0`, `NAME.1` and so on."""

    default_error_messages = _REASONS

    def __init__(self, words: Mapping[str, str], **options: Any) -> None:
        """`words` are the codes with their English message ids."""
        given = {"widget": "several", "choices": tuple(words.items()), **options.pop("metadata", {})}
        super().__init__(shape.Choice(*words), metadata=given, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        return tuple(dict.fromkeys(super()._deserialize(value, attr, data, **more)))


class NamesField(fields.Field[tuple[str, ...]]):
    """Names as a tuple: a list in JSON, one a line on pages."""

    default_error_messages = _REASONS

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> tuple[str, ...]:
        given = value.splitlines() if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            raise ValidationError("wrong-type")
        if len(given) > _MOST:
            raise ValidationError("too-long")
        return tuple(dict.fromkeys(_clean(attr or "", one) for one in given if one.strip()))


def _clean(name: str, one: str) -> str:
    if SEPARATOR in one:
        raise ValidationError("wrong-type")
    try:
        return text.clean_line(name, one, limit=120)
    except BadInput as error:
        raise ValidationError(str(error.details["why"])) from error


class Tokens(fields.List[Any]):
    """Rows that were chosen out of those shown, as texts such as `NW-6L|*|REMANUFACTURED`; on pages boxes to tick."""

    default_error_messages = _REASONS

    def __init__(self, kind: type[Line | Area], **options: Any) -> None:
        """`kind` is what each row means."""
        self.kind = kind
        given = {"widget": "several", "choices": (), **options.pop("metadata", {})}
        super().__init__(shape.Line(limit=400), metadata=given, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        rows = [str(one).split(SEPARATOR) for one in super()._deserialize(value, attr, data, **more)]
        if any(len(one) != _PARTS for one in rows) or len(rows) > _MOST:
            raise ValidationError("wrong-type")
        return tuple(dict.fromkeys(self.kind(*one) for one in rows))


def token(one: Line | Area) -> str:
    """A row as the text by which a form names it."""
    parts = (
        (one.model, one.site, one.claim_class)
        if isinstance(one, Line)
        else (one.category, one.scheme, one.edition)
    )
    return SEPARATOR.join(parts)


def crossed(models: Iterable[str], sites: Iterable[str], classes: Iterable[str]) -> tuple[Line, ...]:
    """Every model at every site in every class that was named; all of them where none was."""
    here, these = tuple(sites) or ("*",), tuple(classes) or ("*",)
    return tuple(Line(model, site, word) for model in models for site in here for word in these)
