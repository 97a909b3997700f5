"""What the trend of a core's sensors before it came in says about the life it has left: ridge regression.

A core that came in with readings is set against cores whose remaining life became known. Each sensor gives a level
and a slope; all are put on one scale and weighed by ridge regression, which keeps the weights small where sensors
tell the same (Hoerl and Kennard 1970). It is decision support: a figure with its error, and a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

LAST = 5
"""Over how many of the last snapshots a level is the mean."""
WINDOW = 30
"""Over how many of the last snapshots a slope is fitted."""
PENALTY = 20.0
"""How strongly weights are held small, in units of one core's evidence."""

Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """A core of the past: its levels and slopes, and the life that it turned out to have had left."""

    figures: Vector
    remaining: float


@dataclass(frozen=True, slots=True)
class Errors:
    """How far estimates lay from the truth, in the truth's unit; bias above nought is too much life promised."""

    mean_absolute: float
    root_mean_square: float
    bias: float
    worst: float


@dataclass(frozen=True, slots=True)
class _Scale:
    means: Vector
    spreads: Vector

    def of(self, figures: Vector) -> Vector:
        return tuple((one - mean) / spread for one, mean, spread in zip(figures, self.means, self.spreads, strict=True))


def level(series: Sequence[float]) -> float:
    """Where a sensor stood at the end: the mean of its last five readings."""
    tail = series[-LAST:]
    return sum(tail) / len(tail)


def slope(series: Sequence[float]) -> float:
    """Where a sensor went at the end, a snapshot: least squares over the last thirty; 0 for a single one."""
    tail = series[-WINDOW:]
    middle, mean = (len(tail) - 1) / 2, sum(tail) / len(tail)
    weight = sum((n - middle) ** 2 for n in range(len(tail)))
    return sum((n - middle) * (one - mean) for n, one in enumerate(tail)) / weight if weight else 0.0


def estimate(past: Sequence[Past], figures: Vector) -> float:
    """The remaining life of a core with these figures, by all cores of the past; never below nought."""
    scale = _scale(past)
    rows = [scale.of(one.figures) for one in past]
    truths = [one.remaining for one in past]
    return _predict(_gram(rows), rows, truths, scale.of(figures))


def left_out(past: Sequence[Past]) -> tuple[float, ...]:
    """For each core of the past what the others say of it: the honest test of the method on known lives."""
    scale = _scale(past)
    rows = [scale.of(one.figures) for one in past]
    whole = _gram(rows)
    found = []
    for n, row in enumerate(rows):
        others = [one for at, one in enumerate(rows) if at != n]
        truths = [one.remaining for at, one in enumerate(past) if at != n]
        found.append(_predict(_without(whole, row), others, truths, row))
    return tuple(found)


def errors(estimates: Sequence[float], truths: Sequence[float]) -> Errors:
    """How far estimates lie from the truths beside them."""
    off = [one - truth for one, truth in zip(estimates, truths, strict=True)]
    return Errors(
        mean_absolute=sum(map(abs, off)) / len(off),
        root_mean_square=sqrt(sum(one * one for one in off) / len(off)),
        bias=sum(off) / len(off),
        worst=max(map(abs, off)),
    )


def _scale(past: Sequence[Past]) -> _Scale:
    columns = list(zip(*(one.figures for one in past), strict=True))
    means = tuple(sum(column) / len(column) for column in columns)
    # A figure that is the same everywhere says nothing; it stays nought on any scale.
    spreads = tuple(
        sqrt(sum((one - mean) ** 2 for one in column) / len(column)) or 1.0
        for column, mean in zip(columns, means, strict=True)
    )
    return _Scale(means, spreads)


def _gram(rows: Sequence[Vector]) -> list[list[float]]:
    columns = list(zip(*rows, strict=True))
    return [[sum(map(float.__mul__, one, other)) for other in columns] for one in columns]


def _without(gram: list[list[float]], row: Vector) -> list[list[float]]:
    return [[cell - row[i] * row[j] for j, cell in enumerate(line)] for i, line in enumerate(gram)]


def _predict(gram: list[list[float]], rows: Sequence[Vector], truths: Sequence[float], row: Vector) -> float:
    mean = sum(truths) / len(truths)
    off = [truth - mean for truth in truths]
    pull = [sum(map(float.__mul__, column, off)) for column in zip(*rows, strict=True)]
    held = [[cell + (PENALTY if i == j else 0.0) for j, cell in enumerate(line)] for i, line in enumerate(gram)]
    weights = _solve(held, pull)
    return max(mean + sum(map(float.__mul__, weights, row)), 0.0)


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gaussian elimination; the penalty on the diagonal keeps every pivot away from nought."""
    lines = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for n, pivot in enumerate(lines):
        for below in lines[n + 1 :]:
            factor = below[n] / pivot[n]
            below[n:] = [cell - factor * above for cell, above in zip(below[n:], pivot[n:], strict=True)]
    found = [0.0] * len(lines)
    for n in reversed(range(len(lines))):
        rest = sum(lines[n][k] * found[k] for k in range(n + 1, len(lines)))
        found[n] = (lines[n][-1] - rest) / lines[n][n]
    return found
