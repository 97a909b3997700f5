"""Which figures of a measurement are beyond their limits: said in words, so that nobody has to compare by eye."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_AT_LEAST = ("_per_s", "_rate")


def exceeded(told: Mapping[str, Any]) -> list[str]:
    """A line for each figure or ratio beyond the limit of its name: rates reach theirs, all else stays below.

    Limits are what stands in `floors` and `budget` under the name of a figure; a floor that was measured names none.
    """
    limits = {
        name: value
        for table in (told.get("floors", {}), told.get("budget", {}))
        for name, value in table.items()
        if not isinstance(value, Mapping)
    }
    measured = [one for table in ("figures", "ratios") for one in _leaves(told.get(table, {}), "")]
    return [
        f"{path} is {value}, {'at least' if name.endswith(_AT_LEAST) else 'at most'} {limits[name]}"
        for path, name, value in measured
        if name in limits and _beyond(name, value, limits[name])
    ]


def _beyond(name: str, value: float, limit: float) -> bool:
    return value < limit if name.endswith(_AT_LEAST) else value > limit


def _leaves(table: Mapping[str, Any], before: str) -> Iterator[tuple[str, str, float]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{before}{name}.")
        elif isinstance(value, int | float):
            yield f"{before}{name}", name, value
