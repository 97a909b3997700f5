"""Each transition of a case and each invariant of this trade is proved by a test that cites its number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__)
_TRANSITION = re.compile(r"\bnos?\. (\d+)(?:(?: (?:to|and) |–|, )(\d+))?")
_INVARIANT = re.compile(r"\bI(\d+)\b")
_MACHINE = re.compile(r"\bSM-(\d)\b")
NUMBERS = {
    "transition": frozenset(range(1, 34)),
    "invariant": frozenset(range(1, 35)) | frozenset({36, 38}) | frozenset(range(42, 47)),
    "machine": frozenset({1, 2, 3, 4, 5, 6, 8, 9}),
}


def cited(text: str) -> dict[str, set[int]]:
    """The numbers that a text cites, by what they number."""
    transitions: set[int] = set()
    for first, last in _TRANSITION.findall(text):
        transitions.update(range(int(first), int(last or first) + 1))
    return {
        "transition": transitions,
        "invariant": set(map(int, _INVARIANT.findall(text))),
        "machine": set(map(int, _MACHINE.findall(text))),
    }


@pytest.fixture(scope="module")
def all_tests() -> str:
    """The text of every test but this one."""
    files = (one for one in HERE.parent.rglob("test_*.py") if one != HERE)
    return "\n".join(one.read_text(encoding="utf-8") for one in files)


@pytest.mark.parametrize("what", sorted(NUMBERS))
def test_each_number_is_cited(all_tests, what):
    """SM-1 no. 1 to 33, I1 to I33, and the machines that the program has."""
    assert sorted(NUMBERS[what] - cited(all_tests)[what]) == []


def test_a_number_that_nobody_cites_is_found():
    """The control: a text that stops short leaves its number open."""
    told = cited("SM-1 no. 3 and 4, SM-9, I31")
    assert told == {"transition": {3, 4}, "invariant": {31}, "machine": {1, 9}}
    assert 5 in NUMBERS["transition"] - told["transition"]
