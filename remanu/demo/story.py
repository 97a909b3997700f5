"""The lives of a demonstration as data: one TOML file a product family, and what follows from its pack."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from remanu.families.characteristic import Characteristic
from remanu.families.family import Family
from remanu.families.loader import load_all
from remanu.families.process import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An operation that the story tells of: what it used up, in kW·h, litres and kilograms."""

    code: str
    energy: str
    water: str
    material: str
    waste: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One complete life of one unit; readings that it does not name are sound.

    `lives` tells where its life-limited components were before, `own_counters` what other components count, `later`
    what the unit's counters showed some months after it was delivered, `inside` what sits deeper than the pack goes.
    `shares` are what is declared of substances in ppm, `improved` the part numbers that come in by a change.
    """

    family: Family
    name: str
    maker: str
    part_number: str
    serial: str
    claim_class: str
    mass_kg: str
    received: date
    owner: str
    plate: tuple[str, ...]
    counters: Mapping[str, str]
    as_found: Mapping[str, Sequence[str]] = field(default_factory=dict)
    operations: Mapping[str, Work] = field(default_factory=dict)
    final: Mapping[str, Sequence[str]] = field(default_factory=dict)
    test_points: Mapping[str, str] = field(default_factory=dict)
    simulated: bool = False
    type_name: str = ""
    turn: int = 0
    site: Mapping[str, Any] = field(default_factory=dict)
    lives: Mapping[str, Any] = field(default_factory=dict)
    later: Mapping[str, str] = field(default_factory=dict)
    inside: Sequence[Mapping[str, Any]] = ()
    own_counters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    shares: Mapping[str, str] = field(default_factory=dict)
    improved: Mapping[str, str] = field(default_factory=dict)

    def again(self, n: int, received: date) -> Story:
        """The same story of another unit, of a serial number of its own."""
        serial = f"{self.serial}-{n}"
        plate = tuple(line.replace(self.serial, serial) for line in self.plate)
        return replace(self, serial=serial, plate=plate, received=received, turn=n)

    def found(self, asked: Characteristic) -> tuple[str, ...]:
        """The readings before any work."""
        return tuple(self.as_found.get(asked.code) or sound(asked))

    def left(self, asked: Characteristic) -> tuple[str, ...]:
        """The readings after the last work on the part."""
        told = self.final.get(asked.code)
        if not told:
            return sound(asked)
        return tuple(_turned(one, self.turn and self.turn + n) for n, one in enumerate(told))

    def shown(self, point: Point) -> str:
        """What a test point showed."""
        return self.test_points.get(point.code) or _between(point.min, point.max)


def load(name: str) -> Story:
    """The story of this family."""
    values = tomllib.loads((files("remanu.demo") / "stories" / f"{name}.toml").read_text("utf-8"))
    family = load_all()[values.pop("family")]
    works = {component: Work(**one) for component, one in values.pop("operations").items()}
    return Story(
        family=family,
        claim_class=values.pop("class"),
        operations=works,
        plate=tuple(values.pop("plate")),
        **values,
    )


def _turned(reading: str, turn: int) -> str:
    """A reading as another machine gives it: the last digit goes up, down or stays in turn, never below nought."""
    value = Decimal(reading)
    step = Decimal(1).scaleb(int(value.as_tuple().exponent)) * (turn % 3 - 1 if turn else 0)
    return format(max(value + step, Decimal(0)), "f")


def sound(asked: Characteristic) -> tuple[str, ...]:
    """Readings of a part as good as new: the middle of the new limits at each point."""
    return (_between(asked.limits.new_min, asked.limits.new_max),) * asked.sample_points


def _between(low: str | None, high: str | None) -> str:
    ends = [Decimal(end) for end in (low, high) if end is not None]
    if len(ends) == 1:
        # One-sided: a leak count of nothing, an insulation of half as much again.
        return "0" if low is None else format(ends[0] * Decimal("1.5"), "f")
    places = max(-int(end.as_tuple().exponent) for end in ends)
    return format((sum(ends, Decimal(0)) / 2).quantize(Decimal(1).scaleb(-places)), "f")
