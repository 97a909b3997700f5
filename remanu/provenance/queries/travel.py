"""Readings of one label that lie too far apart, and the dated figures by which they do."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.parts.models import Item
from remanu.provenance.models import ReadingPlace
from remanu.rules import travel
from remanu.rules.travel import Limits, Place, Sighting

Row = sa.Row[*tuple[Any, ...]]
_LOOKED_AT = 5000
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Two readings of one label that no part travels between in time: squares, times, and the way in kilometres."""

    item_id: str
    code: str
    name: str
    label: str
    first: Sighting
    second: Sighting
    kilometres: int
    devices: int


@cache
def every() -> tuple[Limits, ...]:
    """All dated rows of the package."""
    source = files("remanu.provenance").joinpath("data", "readings.toml")
    return tuple(Limits(**one) for one in tomllib.loads(source.read_text("utf-8"))["readings"])


def limits(day: date) -> Limits:
    """What applies on a day."""
    return travel.limits_on(every(), day)


def far_apart(connection: Connection, org_id: str, *, now: datetime, most: int = _SHOWN) -> list[Apart]:
    """Labels that were read in places too far apart, the newest first; only readings within their retention count."""
    today = limits(now.date())
    since = now - timedelta(days=today.keep_days)
    rows = connection.execute(_PLACES, {"org_id": org_id, "since": since}).all()
    ordered = sorted(rows, key=lambda row: (row.code, row.label))
    found = [
        one
        for _, group in groupby(ordered, key=lambda row: (row.code, row.label))
        for one in _apart(list(group), today)
    ]
    return sorted(found, key=lambda one: one.second.at, reverse=True)[:most]


def _apart(
    rows: list[Row], today: Limits
) -> Iterable[Apart]:
    seen = [Sighting(row.at, Place(row.cell_row, row.cell_column)) for row in rows]
    for first, second in travel.impossible(seen, today):
        yield Apart(
            item_id=rows[0].item_id,
            code=rows[0].code,
            name=rows[0].name,
            label=rows[0].label,
            first=first,
            second=second,
            kilometres=round(travel.kilometres(first.place, second.place)),
            devices=len({row.device for row in rows}),
        )


_PLACES = (
    sa.select(
        ReadingPlace.item_id,
        Item.code,
        Item.name,
        ReadingPlace.label,
        ReadingPlace.cell_row,
        ReadingPlace.cell_column,
        ReadingPlace.device,
        ReadingPlace.at,
    )
    .join(Item, sa.and_(Item.org_id == ReadingPlace.org_id, Item.id == ReadingPlace.item_id))
    .where(
        ReadingPlace.org_id == sa.bindparam("org_id"),
        ReadingPlace.at >= sa.bindparam("since", type_=ReadingPlace.at.type),
        ReadingPlace.label != "",
    )
    .order_by(ReadingPlace.at.desc())
    .limit(_LOOKED_AT)
)
