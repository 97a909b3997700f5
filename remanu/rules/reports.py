"""States of what readers report and of odd readings: open, answered, closed; never back, what is closed stays so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from remanu.errors import BadInput, Conflict

STATES = ("open", "answered", "closed")
_NEXT: Mapping[str, tuple[str, ...]] = {"open": ("answered", "closed"), "answered": ("closed",), "closed": ()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """From which day on how many days it is kept how a reader may be reached; `source` says who says so."""

    applies_from: date
    keep_days: int
    source: str


def keeping_on(rows: Iterable[Keeping], day: date) -> Keeping:
    """The newest row that applies on a day; the oldest of all where none does yet, so that nothing is kept for ever."""
    known = sorted(rows, key=lambda one: one.applies_from)
    return next((one for one in reversed(known) if one.applies_from <= day), known[0])


def state_of(done: Iterable[str]) -> str:
    """The furthest state that was reached; open where nothing was done yet."""
    return max(("open", *done), key=STATES.index)


def state_on(noted: Iterable[tuple[str, str]], day: str) -> str:
    """The furthest state among notes (state, and the last day of UTC they speak of) that cover this day.

    What is read again after its note is open again: nobody has looked at that yet.
    """
    return state_of(state for state, until in noted if until >= day)


def check_step(state: str, to: str) -> None:
    """BadInput for what is no step, Conflict where the report is past it."""
    if to not in STATES[1:]:
        raise BadInput("to", "not-a-choice")
    if to not in _NEXT[state]:
        raise Conflict(why="report-settled", state=state)
