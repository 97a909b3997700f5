"""Fields of this room's forms: status words with what they are about, and national differences with their days."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import ValidationError, fields

from remanu.certification.schemas.fields import NamesField
from remanu.recognition.events.agreements import Difference, TermRule

_LEVELS, _SIDES = ("complete", "component"), ("production", "maintenance")
_MAKERS = {"by maker": True, "not by maker": False}
_DAYS = 3
_REASONS: dict[str, Any] = {"required": "required", "null": "required", "invalid": "wrong-type"}


class TermsField(NamesField):
    """Status words, one a line, each with what it is about: `rebuilt, complete, production, by maker`."""

    accepted: bool

    def __init__(self, *, accepted: bool, **options: Any) -> None:
        """`accepted` says whether these words are taken or excluded."""
        self.accepted = accepted
        super().__init__(**options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        return tuple(self._rule(one) for one in super()._deserialize(value, attr, data, **more))

    def _rule(self, line: str) -> TermRule:
        word, *about = (one.strip() for one in line.split(","))
        if not set(about) <= {*_LEVELS, *_SIDES, *_MAKERS}:
            raise ValidationError("not-a-choice")
        return TermRule(
            term=word,
            accepted=self.accepted,
            level=next((one for one in _LEVELS if one in about), None),
            side=next((one for one in _SIDES if one in about), None),
            by_maker=next((said for word, said in _MAKERS.items() if word in about), None),
        )


class DifferencesField(NamesField):
    """National differences, one a line: a code, its first day, and the day it ends before: `noise 2025-01-01`."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        return tuple(_difference(one) for one in super()._deserialize(value, attr, data, **more))


def _difference(line: str) -> Difference:
    code, *days = line.split()
    if not 1 < len((code, *days)) <= _DAYS:
        raise ValidationError("no-day")
    return Difference(code=code, since=_day(days[0]), until=_day(days[1]) if days[1:] else None)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValidationError("no-day") from error


class Number(fields.Integer):
    """A number that a page hands over."""

    default_error_messages = _REASONS
