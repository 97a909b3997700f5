"""Whether the numbers of a pack agree with each other: ordered limits, steps, test points, warranties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from remanu.families.characteristic import Characteristic, Limits
from remanu.families.family import Family
from remanu.families.process import Point

Fault = tuple[str, str]
_AS_NEW = frozenset({"REBUILT", "REMANUFACTURED"})


def limits(family: Family) -> Iterator[Fault]:
    """Every characteristic has a limit, the tiers widen outwards, and they agree with its direction."""
    for n, one in enumerate(family.characteristics):
        path = f"characteristics[{n}]"
        if one.limits == Limits():
            yield f"{path}.limits", "no-limit"
        if _disordered(_ladder(one.limits)):
            yield f"{path}.limits", "out-of-order"
        if _against(one):
            yield f"{path}.direction", "against-the-limits"
        yield from _steps(path, one)
        yield from _warmth(path, one)


def _ladder(limits: Limits) -> list[str | None]:
    low = [limits.service_min, limits.repair_min, limits.new_min]
    return [*low, limits.new_max, limits.repair_max, limits.service_max]


def _disordered(values: Iterable[str | None]) -> bool:
    there = [Decimal(value) for value in values if value is not None]
    return any(left > right for left, right in pairwise(there))


def _against(one: Characteristic) -> bool:
    worn_low = one.limits.repair_min is not None or one.limits.service_min is not None
    worn_high = any(
        value is not None for value in (one.limits.new_max, one.limits.repair_max, one.limits.service_max)
    )
    return (one.direction == "smaller_better" and worn_low) or (
        one.direction == "larger_better" and worn_high
    )


def _steps(path: str, one: Characteristic) -> Iterator[Fault]:
    if one.steps is None:
        return
    if not one.rework_allowed:
        yield f"{path}.steps", "no-rework"
    offsets = [Decimal(offset) for offset in one.steps.offsets]
    falling = [abs(left) >= abs(right) or left * right < 0 for left, right in pairwise(offsets)]
    if any(falling) or Decimal(0) in offsets:
        yield f"{path}.steps.offsets", "out-of-order"


def _warmth(path: str, one: Characteristic) -> Iterator[Fault]:
    if one.halving is None:
        return
    if one.kind != "electrical" or one.expansion_per_k is not None:
        yield f"{path}.halving", "against-the-kind"
    if Decimal(one.halving.per_k) <= 0:
        yield f"{path}.halving.per_k", "too-small"


def points(family: Family) -> Iterator[Fault]:
    """Every test point can pass and can fail."""
    for n, test in enumerate(family.tests):
        for m, point in enumerate(test.points):
            path = f"tests[{n}].points[{m}]"
            if point.min is None and point.max is None:
                yield path, "no-limit"
            if _disordered(_point_ladder(point)):
                yield path, "out-of-order"
            if point.share is not None and min(Decimal(point.share.base), Decimal(point.share.least)) <= 0:
                yield f"{path}.share", "too-small"


def _point_ladder(point: Point) -> list[str | None]:
    return [point.service_min, point.min, point.max, point.service_max]


def claims(family: Family) -> Iterator[Fault]:
    """Classes that promise a new product have at least its warranty (I26)."""
    for n, term in enumerate(family.claims.terms):
        if term.claim_class in _AS_NEW and term.warranty_days < family.claims.new_warranty_days:
            yield f"claims.terms[{n}].warranty_days", "below-the-new-product"


def lives(family: Family) -> Iterator[Fault]:
    """Limits and intervals of a life are more than nothing, and near its limit lies before it."""
    for n, limit in enumerate(family.life_limits):
        if Decimal(limit.limit) <= 0:
            yield f"life_limits[{n}].limit", "too-small"
    for n, one in enumerate(family.intervals):
        if Decimal(one.interval) <= 0:
            yield f"intervals[{n}].interval", "too-small"
        yield from _weights(f"intervals[{n}].weights", [Decimal(row.weight) for row in one.weights])
    for n, counter in enumerate(family.counters):
        if Decimal(counter.tolerance) < 0:
            yield f"counters[{n}].tolerance", "too-small"
    if not 0 < Decimal(family.near_limit) <= 1:
        yield "near_limit", "out-of-order"


def _weights(path: str, weights: list[Decimal]) -> Iterator[Fault]:
    if any(one < 0 for one in weights) or not any(weights):
        yield path, "too-small"
