"""Derive the trend file of the package from NASA's FD001 test set: where each sensor of each engine stood and went.

Use, with the test set and the file to write:

    python tools/cmapss_trend.py test_FD001.txt remanu/families/data/cmapss/trend_FD001.txt

One line an engine: its number, the cycles seen, and for each sensor that moves at all its level (mean of the last
five snapshots) and its slope a cycle (least squares over the last thirty, or all where there are fewer).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from remanu.families.fleet import TREND_SENSORS
from remanu.families.reference import SENSOR_UNITS
from remanu.rules.trend import level, slope

# Unit, cycle and three settings stand before the sensors.
_COLUMNS = {sensor: n for n, sensor in enumerate(SENSOR_UNITS, 5)}


def trends(lines: Iterable[str]) -> Iterator[str]:
    """One line an engine; lines of the test set are sorted by engine."""
    for unit, snapshots in groupby((line.split() for line in lines), key=lambda row: row[0]):
        rows = list(snapshots)
        yield " ".join((unit, rows[-1][1], *_figures(rows)))


def _figures(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for sensor in TREND_SENSORS:
        series = [float(row[_COLUMNS[sensor]]) for row in rows]
        yield _written(level(series))
        yield _written(slope(series))


def _written(value: float) -> str:
    """Six significant digits, and at most the nine decimals that a reading of the record may have."""
    return format(Decimal(f"{value:.6g}").quantize(Decimal("1e-9")).normalize(), "f")


def main(source: str, target: str) -> None:
    """Read the test set at `source`, write one line an engine to `target`."""
    lines = Path(source).read_text(encoding="ascii").splitlines()
    Path(target).write_text("".join(f"{line}\n" for line in trends(lines)), encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
