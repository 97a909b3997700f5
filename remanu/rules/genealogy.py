"""What may sit in what, why a part leaves its place, and in which part of a larger one it belongs."""

from __future__ import annotations

REMOVALS = ("fault", "wear", "scheduled", "access", "exchange", "upgrade", "mistake", "other")
"""Why a part is taken out of its place; these words stand in event bodies, which anybody may read."""

DEEPEST = 40
"""How many levels an assembly may have: far more than any machine has, and an end for every question."""

_KEEPS = frozenset({"access", "mistake"})
_USABLE = frozenset({"serviceable", "released"})
ENDED = frozenset({"scrapped", "donor"})
"""Conditions in which a part is no more (I11)."""
_BUILT = frozenset({"REASSEMBLED", "IN_TEST", "TEST_PASSED", "SUBMITTED", "RELEASED", "LABELLED"})


def is_ended(condition: str) -> bool:
    """Whether a part of this condition goes into nothing, and nothing goes into it, any more (I11)."""
    return condition in ENDED


def may_hold(host: str, item: str) -> bool:
    """Whether a part of one condition may go into a host of another: what is in use takes usable parts alone."""
    return item in _USABLE or host not in _USABLE


def is_built(state: str) -> bool:
    """Whether a unit in this state is as it was built, tested and certified, so that nothing leaves or joins it."""
    return state in _BUILT


def after_removal(condition: str, why: str) -> str:
    """The condition of a part that was taken out: it has to prove itself, unless it only made way (I12)."""
    return condition if why in _KEEPS or condition not in _USABLE else "unreleased"


def seat(piece: int, pieces: int, *, seats: int) -> int:
    """In which of the like assemblies a piece belongs: eight bolts on four rods, the first two in the first rod.

    `piece` and the answer count from 1. What does not go up evenly fills the first assemblies, the rest the last.
    """
    each = -(-pieces // seats)
    return min((piece - 1) // each, seats - 1) + 1
