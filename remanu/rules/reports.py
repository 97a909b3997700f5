"""States of what readers report: open, answered, closed; never back, and what is closed stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from remanu.errors import BadInput, Conflict

STATES = ("open", "answered", "closed")
_NEXT: Mapping[str, tuple[str, ...]] = {"open": ("answered", "closed"), "answered": ("closed",), "closed": ()}


def state_of(done: Iterable[str]) -> str:
    """The furthest state that was reached; open where nothing was done yet."""
    return max(("open", *done), key=STATES.index)


def check_step(state: str, to: str) -> None:
    """BadInput for what is no step, Conflict where the report is past it."""
    if to not in STATES[1:]:
        raise BadInput("to", "not-a-choice")
    if to not in _NEXT[state]:
        raise Conflict(why="report-settled", state=state)
