"""Whether one label can have been in two places: a reason to look, never an accusation (labels.md §8).

Places are squares of half a degree, some fifty kilometres: nothing finer is ever known here, and only of readers who
said yes to it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

_EARTH_KM = 6371
_CELLS = 2
ROWS, COLUMNS = range(-90 * _CELLS, 90 * _CELLS), range(-180 * _CELLS, 180 * _CELLS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From which day on how long places are kept, and how fast a part travels at most; `source` says who says so.

    `slack_km` is what two squares may lie nearer to each other than their middles do.
    """

    applies_from: date
    keep_days: int
    fastest_km_h: int
    slack_km: int
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """A square of half a degree: rows count from the equator to the north, columns from Greenwich to the east."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """A label was read at a time within a square."""

    at: datetime
    place: Place


def middle(place: Place) -> tuple[float, float]:
    """Latitude and longitude of the middle of a square, in degrees."""
    return (place.row + 0.5) / _CELLS, (place.column + 0.5) / _CELLS


def kilometres(one: Place, other: Place) -> float:
    """The way along the surface between the middles of two squares, in kilometres (haversine)."""
    (north, east), (north_2, east_2) = (map(math.radians, middle(each)) for each in (one, other))
    rise, turn = math.sin((north_2 - north) / 2), math.sin((east_2 - east) / 2)
    chord = rise**2 + math.cos(north) * math.cos(north_2) * turn**2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def too_far(one: Sighting, other: Sighting, limits: Limits) -> bool:
    """Whether no part travels from one to the other in the time between."""
    hours = abs((other.at - one.at).total_seconds()) / 3600
    return kilometres(one.place, other.place) > limits.slack_km + limits.fastest_km_h * hours


def impossible(sightings: Iterable[Sighting], limits: Limits) -> tuple[tuple[Sighting, Sighting], ...]:
    """Each two readings of one label, one next after the other, that lie too far apart."""
    ordered = sorted(sightings, key=lambda one: (one.at, one.place.row, one.place.column))
    return tuple((one, other) for one, other in pairwise(ordered) if too_far(one, other, limits))


def limits_on(rows: Iterable[Limits], day: date) -> Limits:
    """The newest row that applies on a day; the oldest of all where none does yet, so that nothing is kept for ever."""
    known = sorted(rows, key=lambda one: one.applies_from)
    return next((one for one in reversed(known) if one.applies_from <= day), known[0])
