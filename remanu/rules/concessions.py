"""What a concession may cover, and for how long: use as it is, outside new limits, with somebody's approval (SM-3).

A concession is never given on what is safety-critical or limited in life, and it caps the class of the release (I28).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

NEVER = "safety"
_ON_PAPER = frozenset({"paper"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One result outside new limits: its value and those limits in one unit, as decimal strings."""

    characteristic: str
    unit: str
    value: str
    new_min: str | None = None
    new_max: str | None = None


def permitted(criticalities: Iterable[str], *, life_limited: bool) -> bool:
    """Whether a concession may be asked for; `criticalities` are those of everything that deviates."""
    return not life_limited and NEVER not in set(criticalities)


def scoped(serials: Sequence[str], quantity: int | None) -> bool:
    """Whether exactly one of the two is named: serial numbers, or how many parts."""
    return bool(serials) != (quantity is not None and quantity > 0)


def in_force(expires: str, on: str) -> bool:
    """Whether the concession may still be used on this day; its last day is included. Days are ISO dates."""
    return on <= expires


def left(serials: Sequence[str], quantity: int | None, *, used: int, serial: str | None) -> bool:
    """Whether the scope has room for one more part, with this serial number."""
    return serial in serials if serials else used < (quantity or 0)


def covers(conceded: Sequence[Deviation], found: Sequence[Deviation]) -> bool:
    """Whether every deviation that was found is one that was conceded, and goes no farther.

    Where nothing was measured, only a concession of something that is not measured covers it.
    """
    if not found or not conceded:
        return not found and not conceded
    known = {(one.characteristic, one.unit): one for one in conceded}
    return all(_within(known.get((one.characteristic, one.unit)), one) for one in found)


def _within(allowed: Deviation | None, found: Deviation) -> bool:
    if allowed is None:
        return False
    value, reach = Decimal(found.value), Decimal(allowed.value)
    low = min(reach, Decimal(found.new_min)) if found.new_min is not None else reach
    high = max(reach, Decimal(found.new_max)) if found.new_max is not None else reach
    return low <= value <= high


def outside_new(cause: str, deviations: Sequence[Deviation]) -> bool:
    """Whether the concession lies outside new limits, so that it caps the class; in doubt it does (I28)."""
    return bool(deviations) or cause not in _ON_PAPER
