"""What a body may hold, by name and by type."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from remanu.errors import Damaged
from remanu.ledger import body
from remanu.restoration.events.teardown import Cleaned


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A body inside another one."""

    code: str
    many: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A body of every shape that bodies have."""

    name: str
    parts: tuple[Part, ...] = ()
    words: dict[str, str] | None = None
    one: Part | None = None


FULL = Whole(name="n", parts=(Part(code="a"), Part(code="b", many=2)), words={"en": "x"}, one=Part(code="c"))


def test_names_of_nested_bodies_are_known_too():
    """The step inside it, and what it cites."""
    known = body.names(Cleaned)
    assert {"bath", "step", "digest", "case"} <= known
    assert "note" not in known


@pytest.mark.parametrize("said", [FULL, Whole(name="n"), Whole(name="n", words={})])
def test_what_is_written_is_read_again(said):
    """Nested, many, by name; what is None is left out, what is empty is not."""
    assert body.decode(Whole, body.encode(said)) == said


def test_nothing_may_be_said_as_null():
    """An older record may say so; it is the same as not to say it."""
    assert body.decode(Whole, {"name": "n", "words": None}) == Whole(name="n")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"name": "n", "price": "1"}, "unknown field"),
        ({}, "missing field"),
        ({"name": 7}, "wrong type"),
        ({"name": "n", "parts": "a"}, "wrong type"),
        ({"name": "n", "parts": ["a"]}, "wrong type"),
        ({"name": "n", "parts": [{"code": "a", "many": True}]}, "wrong type"),
        ({"name": "n", "words": {"en": 1}}, "wrong type"),
        ({"name": "n", "one": {}}, "missing field"),
    ],
)
def test_what_is_no_body_is_damage(values, why):
    """A surplus field, one too few, and each type that is another, however deep."""
    with pytest.raises(Damaged) as refusal:
        body.decode(Whole, values)
    assert refusal.value.details["why"] == why
