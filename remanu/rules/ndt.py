"""Non-destructive testing: methods, kinds of indications, and the value that a record holds against its limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from remanu.errors import BadInput
from remanu.rules import entry, units

METHODS = ("FPI", "MPI", "ET", "UT", "RT", "VT")
"""Fluorescent penetrant, magnetic particle, eddy current, ultrasonic, radiographic, visual."""
FOUND = ("none", "indications")
"""Nothing was found is said in words: an empty list says nothing."""
INDICATIONS = ("crack", "linear", "rounded", "porosity", "inclusion", "lack_of_fusion", "corrosion", "other")
LEVELS = ("1", "2", "3")
SIGNING_LEVELS = frozenset({"2", "3"})
"""A level 1 carries out under supervision and signs nothing (ISO 9712)."""
_COUNT = "{count}"
_MOST = 100

Found = Literal["none", "indications"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An indication as it was typed: what kind, where from the datum, how long; both in millimetres."""

    kind: str
    position: str
    length: str


@dataclass(frozen=True, slots=True)
class Indication:
    """An indication as numbers, with its digits kept."""

    kind: str
    position: Decimal
    length: Decimal


def read(seen: Sequence[Seen], found: str) -> tuple[Indication, ...]:
    """The indications; BadInput where they contradict what was said of them, or one cannot be taken."""
    if found not in FOUND:
        raise BadInput("found", "not-a-choice")
    if found == "none" and seen:
        raise BadInput("found", "none-but-listed")
    if found == "indications" and not seen:
        raise BadInput("indications", "required")
    if len(seen) > _MOST:
        raise BadInput("indications", "too-long")
    return tuple(_one(f"indications.{at}", one) for at, one in enumerate(seen))


def _one(field: str, seen: Seen) -> Indication:
    if seen.kind not in INDICATIONS:
        raise BadInput(f"{field}.kind", "not-a-choice")
    position = entry.number(f"{field}.position", seen.position, "mm")
    length = entry.number(f"{field}.length", seen.length, "mm")
    for name, value in (("position", position), ("length", length)):
        if value < 0:
            raise BadInput(f"{field}.{name}", "negative")
    return Indication(seen.kind, position, length)


def values(indications: Sequence[Indication], unit: str) -> tuple[Decimal, ...]:
    """What the record holds against the limits: how many there are where the limit counts, else each length.

    Nothing found is zero, in words and in numbers.
    """
    if unit == _COUNT:
        return (Decimal(len(indications)),)
    lengths = [units.convert(units.Quantity(one.length, "mm"), unit).value for one in indications]
    return tuple(lengths) or (Decimal(0),)
