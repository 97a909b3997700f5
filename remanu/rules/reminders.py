"""When somebody is reminded of a day: so many days before it, and never twice (domain.md §3.6)."""

from __future__ import annotations

from collections.abc import Collection


def step(days_left: int, steps: Collection[int]) -> int | None:
    """The reminder whose time has come, as its number of days; None before the first one and after the day.

    Where some were missed, the latest speaks for all of them: 25 days before, that of 30 days is due and that of 60
    is not caught up.
    """
    if days_left < 0:
        return None
    return min((one for one in steps if days_left <= one), default=None)
