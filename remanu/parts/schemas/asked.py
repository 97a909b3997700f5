"""What is asked of a tree in an address: on which day, in which direction, after what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from remanu.errors import BadInput
from remanu.parts.queries.usage import Direction
from remanu.web.context import actor, here

_FIRST_YEAR = 1800


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that is asked for: the end of a day in the organisation's zone, or now where no day was named."""

    at: datetime
    on: str = ""


def moment_of(given: Mapping[str, str]) -> Moment:
    """The moment meant by `on`, a day as 2026-03-01; BadInput for anything else and for a day that is yet to come."""
    now, on = here().database.clock.now(), given.get("on", "").strip()
    if not on:
        return Moment(now)
    try:
        day = date.fromisoformat(on)
        begins = datetime.combine(day, time(), ZoneInfo(actor().zone))
        ends = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(actor().zone))
    except (ValueError, OverflowError) as error:
        raise BadInput("on", "not-a-day") from error
    if day.year < _FIRST_YEAR:
        raise BadInput("on", "not-a-day")
    if begins > now:
        raise BadInput("on", "day-to-come")
    return Moment(min(now, ends - timedelta(microseconds=1)), day.isoformat())


def after_of(given: Mapping[str, str]) -> str:
    """Where the last page ended; odd signs count as the beginning."""
    after = given.get("after", "")
    return after if after.isprintable() else ""


def direction_of(given: Mapping[str, str]) -> Direction:
    """Up, to what a part was in, or down, to what it held."""
    way = given.get("direction", "up")
    if way not in {"up", "down"}:
        raise BadInput("direction", "not-a-choice")
    return cast("Direction", way)
