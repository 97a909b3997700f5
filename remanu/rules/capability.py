"""How capable a process is: the individuals and moving range chart, and Cp and Cpk with their confidence limits.

Control limits follow the NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: the centre plus and minus three
times the mean moving range over d2 = 1.128, the range's own limit at D4 = 3.267 times its mean. Indices follow
6.1.6 of the same handbook with the sample standard deviation; the limits of Cpk are Bissell's approximation. An
index describes a process only while the chart shows no signal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Literal

ENOUGH = 20
"""How many readings an index wants; below, its confidence limits say next to nothing."""
LEAST = 5
"""How many readings a chart wants."""
RUN = 8
"""As many readings in a row on one side of the centre are a signal."""
_D2 = Decimal("1.128")
_D4 = Decimal("3.267")
# The two-sided 95 % point of the normal distribution.
_Z = Decimal("1.959964")

Signal = Literal["beyond-limits", "run-on-one-side"]
Shortage = Literal["too-few", "no-spread", "no-limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Readings in the order they were taken, with control limits; `signals` names points by their place from 0."""

    values: tuple[Decimal, ...]
    centre: Decimal
    lower: Decimal
    upper: Decimal
    ranges: tuple[Decimal, ...]
    range_centre: Decimal
    range_upper: Decimal
    signals: tuple[tuple[int, Signal], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """Cp where both limits are given; Cpk with its 95 % confidence limits; `deviation` in the unit of the readings."""

    n: int
    mean: Decimal
    deviation: Decimal
    cp: Decimal | None
    cpk: Decimal
    cpk_low: Decimal
    cpk_high: Decimal


def chart(values: Sequence[Decimal]) -> Chart | None:
    """The individuals and moving range chart of readings in their order; None for fewer than five."""
    if len(values) < LEAST:
        return None
    ranges = tuple(abs(after - before) for before, after in pairwise(values))
    centre, mean_range = _mean(values), _mean(ranges)
    reach = 3 * mean_range / _D2
    return Chart(
        values=tuple(values),
        centre=centre,
        lower=centre - reach,
        upper=centre + reach,
        ranges=ranges,
        range_centre=mean_range,
        range_upper=_D4 * mean_range,
        signals=tuple(_signals(values, centre, reach)),
    )


def capability(
    values: Sequence[Decimal], *, lower: Decimal | None, upper: Decimal | None
) -> Capability | Shortage:
    """How well readings keep inside limits, or what is missing to say so."""
    if lower is None and upper is None:
        return "no-limits"
    if len(values) < ENOUGH:
        return "too-few"
    mean, deviation = _mean(values), _deviation(values)
    if not deviation:
        return "no-spread"
    room = [mean - lower] if lower is not None else []
    room += [upper - mean] if upper is not None else []
    cpk = min(room) / (3 * deviation)
    doubt = _Z * (1 / Decimal(9 * len(values)) + cpk * cpk / (2 * (len(values) - 1))).sqrt()
    return Capability(
        n=len(values),
        mean=mean,
        deviation=deviation,
        cp=None if lower is None or upper is None else (upper - lower) / (6 * deviation),
        cpk=cpk,
        cpk_low=cpk - doubt,
        cpk_high=cpk + doubt,
    )


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _deviation(values: Sequence[Decimal]) -> Decimal:
    mean = _mean(values)
    return (sum(((one - mean) ** 2 for one in values), Decimal(0)) / (len(values) - 1)).sqrt()


def _signals(values: Sequence[Decimal], centre: Decimal, reach: Decimal) -> Iterator[tuple[int, Signal]]:
    yield from ((n, "beyond-limits") for n, one in enumerate(values) if abs(one - centre) > reach)
    at = 0
    for side, run in groupby(values, key=lambda one: (one > centre) - (one < centre)):
        length = len(list(run))
        # A reading on the centre belongs to no side.
        if side and length >= RUN:
            yield from ((n, "run-on-one-side") for n in range(at + RUN - 1, at + length))
        at += length
