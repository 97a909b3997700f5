"""SM-9, the life-limited part: a state that follows from the record, and the moves between states that there are.

Four states say how the life stands: they are computed from counters, limits and trace, and nobody sets them. The two
others are reached by acts: removed and kept under control, or mutilated (domain.md §3.7, 14 CFR 43.10 [V]).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from remanu.rules.lifecycle import NEW

State = Literal["ACTIVE", "NEAR_LIMIT", "LIMIT_REACHED", "TRACE_BROKEN", "REMOVED_CONTROLLED", "MUTILATED"]
STATES: tuple[State, ...] = (
    "ACTIVE",
    "NEAR_LIMIT",
    "LIMIT_REACHED",
    "TRACE_BROKEN",
    "REMOVED_CONTROLLED",
    "MUTILATED",
)
SERVICEABLE: frozenset[str] = frozenset({"ACTIVE", "NEAR_LIMIT"})
"""How the life of a part must stand for it to be installed or released (I10)."""
CONTROLS = ("record", "tag", "marking", "permanent_marking", "segregation")
"""How a removed part is kept from being fitted by mistake (14 CFR 43.10(c)); mutilation ends it."""
MUTILATION = "mutilation"
METHODS = (MUTILATION, *CONTROLS)
"""What becomes of a life-limited part that goes out for good: one of these, and said so (I11)."""


def lacking(method: str | None, *, photos: int, reference: str | None) -> str | None:
    """What proof of a method lacks, as a reason; None where it is whole (I11, 14 CFR 43.10(c)).

    A record is named; everything else is something to be seen, so that a photo shows it and no paper stands for it.
    """
    if method is None:
        return "method-needed"
    if method == "record":
        return None if reference else "record-needed"
    return None if photos else "control-photo-needed"


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides the state: the share of the life used, whether it can be told, and what became of the part.

    `near` is the share from which the limit counts as near.
    """

    fraction: Fraction
    broken: bool
    near: Fraction = Fraction(9, 10)
    controlled: bool = False
    mutilated: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A transition of SM-9: its number, what happens, the states that it leaves and those that it may reach."""

    no: int
    event: str
    sources: frozenset[str]
    targets: frozenset[str]


def _move(no: int, event: str, sources: str, targets: str) -> Move:
    return Move(no, event, frozenset(sources.split()), frozenset(targets.split()))


_LIVING = "ACTIVE NEAR_LIMIT LIMIT_REACHED TRACE_BROKEN"
SM9: tuple[Move, ...] = (
    _move(1, "enter", NEW, _LIVING),
    _move(2, "count", "ACTIVE", "NEAR_LIMIT"),
    _move(3, "count", "ACTIVE NEAR_LIMIT TRACE_BROKEN", "LIMIT_REACHED"),
    _move(4, "correct", "NEAR_LIMIT LIMIT_REACHED", "ACTIVE NEAR_LIMIT TRACE_BROKEN"),
    _move(5, "lose_trace", "ACTIVE NEAR_LIMIT", "TRACE_BROKEN"),
    _move(6, "mend_trace", "TRACE_BROKEN", "ACTIVE NEAR_LIMIT"),
    _move(7, "control", _LIVING, "REMOVED_CONTROLLED"),
    _move(8, "refit", "REMOVED_CONTROLLED", "ACTIVE NEAR_LIMIT"),
    _move(9, "mutilate", f"{_LIVING} REMOVED_CONTROLLED", "MUTILATED"),
)
"""The moves of SM-9; from MUTILATED there is none (I11)."""


def life(facts: Facts) -> State:
    """How the life itself stands, whatever became of the part.

    A limit that is reached by what is known is reached, even where more than that is in question.
    """
    if facts.fraction >= 1:
        return "LIMIT_REACHED"
    if facts.broken:
        return "TRACE_BROKEN"
    return "NEAR_LIMIT" if facts.fraction >= facts.near else "ACTIVE"


def state(facts: Facts) -> State:
    """The state of SM-9."""
    if facts.mutilated:
        return "MUTILATED"
    return "REMOVED_CONTROLLED" if facts.controlled else life(facts)


def is_serviceable(facts: Facts) -> bool:
    """Whether the part may be installed and released: life is left and its trace whole (I10), and it still exists."""
    return not facts.mutilated and life(facts) in SERVICEABLE


def find(before: str, after: str) -> Move | None:
    """The move that leads from one state to another; None where there is none."""
    return next((one for one in SM9 if before in one.sources and after in one.targets), None)


def needs_no_disposition(*, same_product: bool, part_growth: Fraction, product_growth: Fraction) -> bool:
    """Whether a removed part may go back without having been put under control (14 CFR 43.10(b) [V]).

    It goes back into the same serial product, its own life did not change, and the product counted nothing meanwhile.
    """
    return same_product and not part_growth and not product_growth


@dataclass(frozen=True, slots=True)
class Rebuild:
    """What a zero-time statement rests on: scheme, class, and whether maker or maker's agency rebuilt the unit."""

    scheme: str | None
    claim_class: str | None
    by_maker: bool


def zero_time_lacks(rebuild: Rebuild) -> tuple[str, ...]:
    """What stands against a zero-time statement, as reason words; empty where it is lawful (I8)."""
    lacking = {
        "no-zero-time-scheme": rebuild.scheme is None,
        "not-rebuilt": rebuild.claim_class != "REBUILT",
        "not-the-maker": not rebuild.by_maker,
    }
    return tuple(why for why, fails in lacking.items() if fails)
