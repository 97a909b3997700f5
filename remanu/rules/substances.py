"""Hazardous substances on the day a unit is placed on the market again: declared shares against dated limits (I62).

What was lawful in a core's first life counts for nothing, nor does what a country will ask tomorrow: the limits are
those of the jurisdiction and the day. What nobody declared is unknown, and never met (I48).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Basis = Literal["homogeneous-material", "first-article"]
State = Literal["met", "unmet", "unknown"]


@dataclass(frozen=True, slots=True)
class Limit:
    """The share of one substance that is still allowed, in millionths by mass of what the basis names."""

    substance: str
    ppm: Decimal
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """One edition of a jurisdiction's rules, in force on each day from `applies_from` to `applies_to`, both included.

    `categories` are the product categories that its limits hold for; none means all. A regime without limits says that
    the jurisdiction asks for nothing, which is another thing than that nobody knows. `tag` says how far it is known.
    """

    id: str
    jurisdiction: str
    applies_from: date
    applies_to: date | None
    limits: tuple[Limit, ...]
    categories: frozenset[str] = frozenset()
    source: str = ""
    tag: str = "M"


@dataclass(frozen=True, slots=True)
class Share:
    """What was declared: the largest share of a substance, in millionths, in one material or first article."""

    substance: str
    ppm: Decimal
    basis: Basis


@dataclass(frozen=True, slots=True)
class Above:
    """A share that lies above its limit, both in millionths."""

    substance: str
    share: Decimal
    limit: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What one regime says; `concerned` is False where its limits do not hold for this category of product."""

    regime: Regime
    state: State
    concerned: bool
    above: tuple[Above, ...] = ()
    undeclared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all regimes of the jurisdiction say together on the day; without any that is known it is unknown."""

    state: State
    regimes: tuple[Judged, ...]

    @property
    def above(self) -> tuple[Above, ...]:
        """Every share above a limit, in the order of the regimes."""
        return tuple(one for judged in self.regimes for one in judged.above)

    @property
    def undeclared(self) -> tuple[str, ...]:
        """Every substance whose share nobody declared."""
        return tuple(dict.fromkeys(one for judged in self.regimes for one in judged.undeclared))


def in_force(regimes: Iterable[Regime], *, jurisdiction: str, on: date) -> tuple[Regime, ...]:
    """The regimes of a jurisdiction on a day, by their names."""
    found = (one for one in regimes if one.jurisdiction == jurisdiction and _holds(one, on))
    return tuple(sorted(found, key=lambda one: one.id))


def judge(
    shares: Iterable[Share],
    regimes: Iterable[Regime],
    *,
    jurisdiction: str,
    category: str | None,
    on: date,
) -> Verdict:
    """Whether a unit of this category may be placed on this market on this day, by what was declared of it (R19)."""
    given = tuple(shares)
    judged = tuple(
        _judged(one, given, category) for one in in_force(regimes, jurisdiction=jurisdiction, on=on)
    )
    return Verdict(_together(tuple(one.state for one in judged)), judged)


def _holds(one: Regime, on: date) -> bool:
    return one.applies_from <= on and (one.applies_to is None or on <= one.applies_to)


def _judged(regime: Regime, shares: tuple[Share, ...], category: str | None) -> Judged:
    if regime.categories and category is None:
        return Judged(regime=regime, state="unknown", concerned=True)
    if regime.categories and category not in regime.categories:
        return Judged(regime=regime, state="met", concerned=False)
    above = tuple(_above(regime, shares))
    missing = tuple(one.substance for one in regime.limits if _largest(one, shares) is None)
    state: State = "unmet" if above else "unknown" if missing else "met"
    return Judged(regime=regime, state=state, concerned=True, above=above, undeclared=missing)


def _above(regime: Regime, shares: tuple[Share, ...]) -> Iterator[Above]:
    for limit in regime.limits:
        share = _largest(limit, shares)
        # A share that equals the limit is met: what is limited is what lies above it.
        if share is not None and share > limit.ppm:
            yield Above(limit.substance, share, limit.ppm)


def _largest(limit: Limit, shares: tuple[Share, ...]) -> Decimal | None:
    """The largest share on the basis of the limit; one on another basis proves nothing about it."""
    mine = (one.ppm for one in shares if (one.substance, one.basis) == (limit.substance, limit.basis))
    return max(mine, default=None)


def _together(states: tuple[State, ...]) -> State:
    if "unmet" in states:
        return "unmet"
    return "met" if states and set(states) == {"met"} else "unknown"
