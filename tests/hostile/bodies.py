"""Bodies that no act may take, made from the shape of the act: what is sent, and which answers are right.

Faults take turns: each field gets some of those of its sort, and over all fields each fault has its turn many times.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from remanu.certification.schemas.fields import NamesField
from remanu.web import shape
from remanu.web.acts import Verb
from remanu.web.strict import BODY_LIMIT
from tests.matrix import samples

Fault = tuple[str, Any]
TAKEN = frozenset({422})
UNREADABLE = frozenset({400})
_DEPTH = 500
BAD_TEXT = {
    "bell": "a\u0007b",
    "nul": "a\u0000b",
    "direction": "a\u202eb",
    "isolate": "a\u2066b",
    "no character": "a\uffffb",
    "endless": "x" * 20_001,
}
BAD_NUMBER = ("NaN", "Infinity", "-Infinity", "1e5", "1,5", "１２", "--1", "0x1F", "9" * 400, "", " ", "²")
BAD_TIME = {
    "naive": "2026-03-01T00:00:00",
    "day alone": "2026-03-01",
    "no month": "2026-13-01T00:00:00Z",
    "words": "yesterday",
    "year nought": "0000-01-01T00:00:00Z",
    "beyond": "9999-12-31T23:59:59-23:59",
    "before": "0001-01-01T00:00:00+23:59",
}
WRONG_TYPES: tuple[Any, ...] = ([], {}, [[]], {"a": 1}, 10**40, 1.5, True)
TEXT: Sequence[Fault] = tuple(BAD_TEXT.items())
_LINES: Sequence[Fault] = (*TEXT, ("two lines", "a\nb"))
_NUMBERS: Sequence[Fault] = tuple((repr(text[:12]), text) for text in BAD_NUMBER)
_TIMES: Sequence[Fault] = tuple(BAD_TIME.items())
_CHOICES: Sequence[Fault] = (("no choice", "no choice of ours"), ("no choice but odd", "\u202e"))
_WRONG: Sequence[Fault] = tuple((f"of type {type(value).__name__}", value) for value in WRONG_TYPES)
_OF: tuple[tuple[Any, Sequence[Fault]], ...] = (
    (shape.Note, TEXT),
    (shape.Line, _LINES),
    (shape.Amount, _NUMBERS),
    (shape.Instant | fields.DateTime, _TIMES),
    (shape.Choice, _CHOICES),
)


@dataclass(frozen=True, slots=True)
class Body:
    """One hostile body: its name in a finding, its bytes, and the statuses that are right."""

    name: str
    content: bytes
    right: frozenset[int]
    field: str = ""


def unreadable() -> Iterator[Body]:
    """What is no JSON object of ours, whatever the act."""
    deep = b'{"a":' * _DEPTH + b"1" + b"}" * _DEPTH
    told = {
        "not JSON": b"hello",
        "half an object": b'{"a": 1',
        "two objects": b"{}{}",
        "NaN": b'{"a": NaN}',
        "infinity": b'{"a": -Infinity}',
        "a number beyond": b'{"a": 1e999}',
        "a name twice": b'{"a": 1, "a": 2}',
        "a name twice inside": b'{"a": {"b": 1, "b": 2}}',
        "nested deeply": deep,
        "lists nested deeply": b"[" * 100_000,
        "half a surrogate": b'{"a": "\\ud800"}',
        "half a surrogate as a name": b'{"\\udc00": 1}',
        "not UTF-8": b'{"a": "\xff\xfe"}',
        "UTF-16": '{"a": 1}'.encode("utf-16"),
        "a long number": b'{"a": ' + b"9" * 5000 + b"}",
    }
    for name, content in told.items():
        yield Body(name, content, UNREADABLE | TAKEN)
    yield Body("too large", b'{"a": "' + b"x" * BODY_LIMIT + b'"}', frozenset({413}))
    for name, content in {"a list": b"[1]", "a text": b'"a"', "null": b"null", "true": b"true"}.items():
        yield Body(name, content, UNREADABLE | TAKEN)


class Turns:
    """Deals out faults of a sort, some at a time, going round."""

    def __init__(self) -> None:
        self._dealt: dict[int, int] = {}

    def deal(self, faults: Sequence[Fault], many: int) -> Iterator[Fault]:
        """The next of these."""
        first = self._dealt.get(id(faults), 0)
        self._dealt[id(faults)] = first + many
        yield from (faults[at % len(faults)] for at in range(first, first + many))


def misshapen(verb: Verb, turns: Turns) -> Iterator[Body]:
    """What this act's own shape must refuse, one fault at a time."""
    known = samples.json_of(verb.schema, verb.kind)
    yield _body("a surplus field", {**known, "surplus": 1}, "surplus")
    for name, one in verb.schema().fields.items():
        if one.required:
            yield _body(f"without {name}", {k: v for k, v in known.items() if k != name}, name)
            yield _body(f"{name} is null", {**known, name: None}, name)
        for told, value in (*_faults(one, turns), *_types(one, turns)):
            yield _body(f"{name} is {told}", {**known, name: value}, name)


def _faults(one: fields.Field[Any], turns: Turns) -> Iterator[Fault]:
    for kinds, faults in _OF:
        if isinstance(one, kinds):
            yield from turns.deal(faults, 2)
            return


def _types(one: fields.Field[Any], turns: Turns) -> Iterator[Fault]:
    return (fault for fault in turns.deal(_WRONG, 2) if not _fits(one, fault[1]))


def _fits(one: fields.Field[Any], value: Any) -> bool:
    """Whether this type is what the field asks for; then it is no fault."""
    if isinstance(value, bool):
        return isinstance(one, fields.Boolean)
    if isinstance(one, fields.List | NamesField) or (isinstance(one, fields.Nested) and one.many):
        return value == []
    if isinstance(one, fields.Dict | fields.Nested):
        return isinstance(value, dict)
    return isinstance(one, fields.Integer) and isinstance(value, float)


def _body(name: str, values: dict[str, Any], at: str) -> Body:
    return Body(name, json.dumps(values).encode(), TAKEN | UNREADABLE, at)
