"""States of what readers report and of odd readings: open, answered, closed; never back, what is closed stays so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from remanu.errors import BadInput, Conflict

STATES = ("open", "answered", "closed")
_NEXT: Mapping[str, tuple[str, ...]] = {"open": ("answered", "closed"), "answered": ("closed",), "closed": ()}


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
