"""Shapes of input: marshmallow fields that refuse with stable reason words instead of sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from remanu.errors import BadInput, InvalidForm
from remanu.rules import observed, text, units
from remanu.web import uploads

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
T = TypeVar("T")
_Reasons = dict[str, str | list[Any] | dict[Any, Any]]
_REASONS: _Reasons = {
    "required": "required",
    "null": "required",
    "validator_failed": "not-a-choice",
    "invalid": "wrong-type",
    "type": "wrong-type",
    "invalid_error": "wrong-type",
    "unknown": "unknown-field",
}
_OF_TEXT: _Reasons = {**_REASONS, "invalid_utf8": "wrong-type"}
_OF_TIMES: _Reasons = {**_REASONS, "invalid_awareness": "naive-time", "format": "wrong-type"}
_OF_NUMBERS: _Reasons = {**_REASONS, "too_large": "too-large"}
_OF_FORMS = {"unknown": "unknown-field", "type": "wrong-type"}


class Form(Schema):
    """Base of every input shape: unknown fields are refused (ASVS 15.3.3)."""

    class Meta:
        """marshmallow settings."""

        unknown = RAISE

    error_messages = _OF_FORMS

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Let fields of the library's own kinds refuse with reason words as well."""
        _speak(field_obj)


def _speak(one: fields.Field[Any]) -> None:
    one.error_messages = {
        key: _REASONS.get(key, "wrong-type") if " " in str(said) else said
        for key, said in one.error_messages.items()
    }
    if isinstance(one, fields.List):
        _speak(one.inner)


class Line(fields.String):
    """One line of text: NFC, no control or direction characters (T22)."""

    default_error_messages = _OF_TEXT

    def __init__(self, *, limit: int = 120, **options: Any) -> None:
        """`limit` in characters."""
        super().__init__(**options)
        self.limit = limit

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        plain = super()._deserialize(value, attr, data, **more)
        return self._clean(attr or "", str(plain))

    def _clean(self, name: str, value: str) -> str:
        return _reasoned(lambda: text.clean_line(name, value, limit=self.limit))


class Note(Line):
    """Several lines of text."""

    def _clean(self, name: str, value: str) -> str:
        return _reasoned(lambda: text.clean_note(name, value, limit=self.limit))


class Serial(Line):
    """A serial number as it stands on the part."""

    def _clean(self, name: str, value: str) -> str:
        return _reasoned(lambda: text.clean_serial(name, value))


class Choice(fields.String):
    """One word of a closed list."""

    default_error_messages = _OF_TEXT

    def __init__(self, *choices: str, **options: Any) -> None:
        """`choices` are the words."""
        super().__init__(validate=validate.OneOf(choices, error="not-a-choice"), **options)
        self.choices = choices


class Amount(fields.String):
    """A decimal number as text in the unit named by the field; digits are kept as typed (T24)."""

    default_error_messages = _OF_TEXT

    def __init__(self, unit: str, **options: Any) -> None:
        """`unit` is a UCUM code of rules.units."""
        super().__init__(**options)
        self.unit = unit

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        plain = str(super()._deserialize(value, attr, data, **more)).strip()
        _reasoned(lambda: units.parse(attr or "", plain, self.unit))
        return plain


class Instant(fields.AwareDateTime):
    """An aware time; naive ones are refused (T23)."""

    default_error_messages = _OF_TIMES


class Yes(fields.Boolean):
    """A tick box: JSON true or false, or what a browser sends for a ticked box."""

    truthy: ClassVar[set[Any]] = {True, "on", "yes"}  # type: ignore[misc]
    falsy: ClassVar[set[Any]] = {False, "", "no"}  # type: ignore[misc]
    default_error_messages = _REASONS


class Whole(fields.Integer):
    """A whole number; strings of ASCII digits are taken from forms."""

    default_error_messages = _OF_NUMBERS

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> int:
        if isinstance(value, bool) or (isinstance(value, str) and not (value.isascii() and value.isdigit())):
            raise ValidationError("wrong-type")
        number = super()._deserialize(value, attr, data, **more)
        if abs(number) > 2**53:
            raise ValidationError("too-large")
        return int(number)


class CitedFile(Form):
    """A file of evidence that was uploaded before: its digest, what it shows, and the receipt for it."""

    digest = fields.String(required=True, validate=validate.Regexp(_DIGEST, error="not-a-digest"))
    media_type = Line(required=True, limit=80)
    size = Whole(required=True)
    shows = Line(load_default="", limit=120)
    receipt = fields.String(required=True, validate=validate.Regexp(_DIGEST, error="not-a-digest"))

    @post_load
    def _received(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        given = values.pop("receipt")
        if not uploads.is_receipt(given, values["digest"], values["media_type"], values["size"]):
            raise ValidationError("not-a-digest", "digest")
        # Everybody reads what a body cites, so a file's name is heard and not kept.
        return {**values, "shows": observed.shown_in(values["shows"])}


def files(**options: Any) -> fields.List[dict[str, Any]]:
    """A list of cited files; on pages an upload control."""
    metadata = {"widget": "files", **options.pop("metadata", {})}
    return fields.List(fields.Nested(CitedFile), metadata=metadata, load_default=[], **options)


def take(schema: type[Form], values: Mapping[str, Any]) -> dict[str, Any]:
    """The checked values; InvalidForm maps each field to its reasons, surplus and missing ones included."""
    try:
        loaded: dict[str, Any] = schema().load(values)
    except ValidationError as error:
        raise InvalidForm(fields=flatten(error.messages)) from error
    return loaded


def flatten(messages: Any, path: str = "") -> dict[str, list[str]]:
    """Nested messages of a schema as reasons by the path of each field."""
    if isinstance(messages, list):
        # A validator's own sentence is for nobody here: what it means is that the value is not of the kind wanted.
        return {path: [str(one) if " " not in str(one) else "wrong-type" for one in messages]}
    found: dict[str, list[str]] = {}
    for name, inner in messages.items():
        found |= flatten(inner, f"{path}.{name}" if path else str(name))
    return found


def _reasoned(check: Callable[[], T]) -> T:
    try:
        return check()
    except BadInput as error:
        raise ValidationError(str(error.details["why"])) from error
