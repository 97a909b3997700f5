"""What a unit consists of and what is counted on it: positions, counters, life limits."""

from __future__ import annotations

from dataclasses import dataclass

from remanu.families.vocabulary import Criticality, LifeWord, Names, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place in the assembly tree and the component that sits there; the unit itself has no parent."""

    code: str
    parent: str | None
    names: Names
    quantity: int
    serialised: bool
    identity_bearer: bool
    criticality: Criticality
    mandatory_replace: bool
    life_limited: bool
    nominal_mass_kg: str | None = None

    def places(self) -> tuple[str, ...]:
        """One place for each serialised piece (`conrod-1` …); a set without serials has one place (I4)."""
        if self.quantity == 1 or not self.serialised:
            return (self.code,)
        return tuple(f"{self.code}-{n}" for n in range(1, self.quantity + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One split of a counter: a thrust rating, a kind of start, colour or mono."""

    code: str
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A cumulative counter; `ratings` are the splits whose sum is its total (I9), empty if there is none.

    `tolerance` is how far a fitted part may differ from its host over one installation (I5), in the counter's unit.
    """

    code: str
    unit: str
    names: Names
    ratings: tuple[Rating, ...] = ()
    tolerance: str = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeLimit:
    """The counter value at which a life-limited part ends, at one rating, "" where there is none (I10)."""

    component: str
    counter: str
    rating: str
    limit: str
    part_numbers: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLimit:
    """After how many calendar months in service, which run to month end, a life-limited part ends."""

    component: str
    months: int
    part_numbers: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeRuling:
    """A word instead of a limit at a rating: the part is not limited there (N/L), or not authorised there (N/A)."""

    component: str
    counter: str
    rating: str
    word: LifeWord
    part_numbers: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """How much one count weighs in an interval; `counts` when it is also counted as what really happened."""

    counter: str
    rating: str
    weight: str
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    """Water or steam injection: every weighed count is multiplied by `constant` + `slope` × `percent`."""

    constant: str
    slope: str
    percent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """After how much work a component is due, counted since its life opened; counts may weigh differently.

    A due interval asks for work and ends no life: that is what `LifeLimit` is for. Where a component has several,
    the family's life policy says how they combine.
    """

    code: str
    component: str
    names: Names
    unit: str
    interval: str
    weights: tuple[Weight, ...]
    source: Source
    injection: Injection | None = None
