"""A product family: all that a workshop must know before it opens a core of this kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from remanu.families.assembly import CalendarLimit, Counter, Interval, LifeLimit, LifeRuling, Position
from remanu.families.characteristic import Characteristic, InstrumentClass
from remanu.families.process import Criterion, Operation, Procedure
from remanu.families.vocabulary import (
    ClaimClass,
    Depth,
    LabelField,
    LifePolicy,
    Mode,
    Names,
    Placement,
    Source,
)
from remanu.rules.dossiers import Requirement


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTerms:
    """What one claim class asks of this family: how deep to take it apart, and the warranty in days (I26)."""

    claim_class: ClaimClass
    depth: Depth
    warranty_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The classes this family can be released in, and the warranty of the new product.

    `zero_time` is the rule that lets a rebuilt unit begin a record at nothing (I8); most families have none.
    """

    new_warranty_days: int
    terms: tuple[ClassTerms, ...]
    source: Source
    zero_time: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPlan:
    """What the label of a released part carries (domain.md §2.5) and where it goes."""

    fields: tuple[LabelField, ...]
    permanent: bool
    placement: Placement


L = TypeVar("L", LifeLimit, CalendarLimit, LifeRuling)


def _of(rows: Iterable[L], component: str, part_number: str) -> Iterator[L]:
    """Those of this component that hold for this number; one without numbers holds for all."""
    mine = (one for one in rows if one.component == component)
    return (one for one in mine if not one.part_numbers or part_number in one.part_numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One pack as read; `id` is its file's name, `edition` and `applies_from` date everything in it."""

    id: str
    names: Names
    note: Names
    edition: str
    applies_from: date
    modes: tuple[Mode, ...]
    life_policy: LifePolicy
    sources: tuple[Source, ...]
    positions: tuple[Position, ...]
    counters: tuple[Counter, ...]
    life_limits: tuple[LifeLimit, ...]
    instrument_classes: tuple[InstrumentClass, ...]
    characteristics: tuple[Characteristic, ...]
    criteria: tuple[Criterion, ...]
    operations: tuple[Operation, ...]
    tests: tuple[Procedure, ...]
    claims: Claims
    label: LabelPlan
    intervals: tuple[Interval, ...] = ()
    near_limit: str = "0.9"
    calendar_limits: tuple[CalendarLimit, ...] = ()
    life_rulings: tuple[LifeRuling, ...] = ()
    dossier: tuple[Requirement, ...] = ()

    def classes(self) -> dict[str, Names]:
        """The names of the instrument classes that its characteristics ask for, by code."""
        return {one.code: one.names for one in self.instrument_classes}

    @property
    def root(self) -> Position:
        """The position of the whole unit."""
        return next(position for position in self.positions if position.parent is None)

    def position(self, code: str) -> Position:
        """The position of this code; KeyError when the family has none."""
        return {position.code: position for position in self.positions}[code]

    def children(self, code: str) -> tuple[Position, ...]:
        """The positions directly under this one, in the order of the pack."""
        return tuple(position for position in self.positions if position.parent == code)

    def characteristics_of(self, component: str) -> tuple[Characteristic, ...]:
        """What is measured on this component, in the order of the pack."""
        return tuple(one for one in self.characteristics if one.component == component)

    def operations_on(self, component: str) -> tuple[Operation, ...]:
        """The operations that may be done to this component."""
        return tuple(one for one in self.operations if component in one.components)

    def limits_of(self, component: str, part_number: str) -> tuple[LifeLimit, ...]:
        """The life limits of a part of this component and number; a limit without numbers holds for all."""
        return tuple(_of(self.life_limits, component, part_number))

    def calendar_of(self, component: str, part_number: str) -> tuple[CalendarLimit, ...]:
        """The limits in calendar months of a part of this component and number."""
        return tuple(_of(self.calendar_limits, component, part_number))

    def rulings_of(self, component: str, part_number: str) -> tuple[LifeRuling, ...]:
        """Where a part of this component and number is not limited, or not authorised."""
        return tuple(_of(self.life_rulings, component, part_number))

    def is_limited(self, component: str) -> bool:
        """Whether parts of this component have a limited life."""
        return any(one.code == component and one.life_limited for one in self.positions)

    def intervals_of(self, component: str) -> tuple[Interval, ...]:
        """After how much work this component is due, in the order of the pack."""
        return tuple(one for one in self.intervals if one.component == component)

    def counter(self, code: str) -> Counter | None:
        """The counter of this code, if the family has it."""
        return next((one for one in self.counters if one.code == code), None)

    def terms(self, claim_class: ClaimClass) -> ClassTerms | None:
        """What this class asks here; None when the family cannot be released in it."""
        return next((one for one in self.claims.terms if one.claim_class == claim_class), None)
