"""The simulated fleet's trends, and how a remaining life is graded: what a grading proposal is drawn from.

Trends are derived by tools/cmapss_trend.py; the steps of the grades are an illustration of this project.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from remanu.families.reference import CMAPSS_CITATION, packaged

TREND_SENSORS = (
    "T24",
    "T30",
    "T50",
    "P30",
    "Nf",
    "Nc",
    "Ps30",
    "phi",
    "NRf",
    "NRc",
    "BPR",
    "htBleed",
    "W31",
    "W32",
)
"""The fourteen sensors that move at all in FD001, in the order of the columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Where each sensor of one simulated engine stood (level) and went (slope a cycle) at the end of its record."""

    unit: int
    cycles_seen: int
    sensors: Mapping[str, tuple[str, str]]
    citation: str = CMAPSS_CITATION

    @property
    def figures(self) -> tuple[float, ...]:
        """Level and slope of each sensor in turn."""
        return tuple(float(one) for pair in self.sensors.values() for one in pair)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeStep:
    """From how many remaining cycles on a core has this grade."""

    grade: str
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRule:
    """Steps from the best grade down, with the edition and the source of the rule."""

    edition: str
    source: str
    steps: tuple[GradeStep, ...]

    def grade(self, remaining: float) -> str:
        """The grade of a core with this many cycles left."""
        return next(one.grade for one in self.steps if remaining >= one.at_least)


def cmapss_trends() -> Iterator[Trend]:
    """The trends of the 100 simulated engines of FD001."""
    for line in packaged("cmapss/trend_FD001.txt", "ascii").splitlines():
        unit, cycles, *figures = line.split()
        pairs = zip(figures[::2], figures[1::2], strict=True)
        yield Trend(
            unit=int(unit),
            cycles_seen=int(cycles),
            sensors=MappingProxyType(dict(zip(TREND_SENSORS, pairs, strict=True))),
        )


@cache
def grade_rule() -> GradeRule:
    """The rule by which a remaining life is graded; it never changes while the program runs."""
    read = tomllib.loads(packaged("cmapss/grading.toml", "utf-8"))
    steps = tuple(GradeStep(**one) for one in read["steps"])
    return GradeRule(edition=read["edition"], source=read["source"], steps=steps)
