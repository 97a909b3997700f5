"""What is measured on a component, in three tiers of limits (domain.md §4.0); numbers are decimal strings."""

from __future__ import annotations

from dataclasses import dataclass

from remanu.families.vocabulary import Aggregation, Criticality, Direction, Kind, Names, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentClass:
    """A class of measuring instrument that a characteristic asks for."""

    code: str
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Three tiers in the characteristic's unit: new, repair, service; None where there is no such limit."""

    new_min: str | None = None
    new_max: str | None = None
    repair_min: str | None = None
    repair_max: str | None = None
    service_min: str | None = None
    service_max: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Over- or undersizes: offsets from the standard size in the characteristic's unit, nearest first.

    A step taken binds the components named in `mates` to the same step (I17).
    """

    offsets: tuple[str, ...]
    mates: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Halving:
    """A resistance that halves with every `per_k` kelvin: it is brought to `at_cel` °C before it is judged."""

    per_k: str
    at_cel: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristic:
    """One thing to measure and its limits.

    `model` names the product whose manual gives the limits, None when they hold for the whole pack.
    `relative_to` names the characteristic whose reading multiplies the limits (a limit that is a formula).
    `source` speaks for the limits; sample plan, instrument and criticality are the pack's own. `where` says where and
    how to measure. `expansion_per_k` is the coefficient of a length that is brought to 20 °C before it is judged,
    `halving` does the like for the resistance of an insulation.
    """

    code: str
    component: str
    names: Names
    unit: str
    kind: Kind
    direction: Direction
    limits: Limits
    rework_allowed: bool
    criticality: Criticality
    instrument_class: str
    sample_points: int
    aggregation: Aggregation
    source: Source
    steps: Steps | None = None
    nominal: str | None = None
    model: str | None = None
    relative_to: str | None = None
    where: Names | None = None
    expansion_per_k: str | None = None
    halving: Halving | None = None

    @property
    def demonstration(self) -> bool:
        """True when the limits, the steps or the correction were not verified."""
        beside = [one.source for one in (self.steps, self.halving) if one is not None]
        return any(one.demonstration for one in (self.source, *beside))

    @property
    def wants_temperature(self) -> bool:
        """Whether a reading means nothing without the temperature of the part."""
        return self.expansion_per_k is not None or self.halving is not None
