"""Everything odd about readings of an organisation's parts, with what its people found about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.parts.models import Item
from remanu.provenance.models import OddNote
from remanu.provenance.queries import custody, travel
from remanu.provenance.queries import supervision as watched
from remanu.provenance.queries.custody import Contested
from remanu.provenance.queries.inbox import PAGE, Step
from remanu.provenance.queries.supervision import SHOWN, Strange
from remanu.provenance.queries.travel import Apart
from remanu.rules.anomalies import Sign
from remanu.rules.reports import state_on

Key = tuple[str, str, str]
"""Of which part, of which label, and what is odd."""
Row = sa.Row[*tuple[Any, ...]]
_DAYS = timedelta(days=30)
_MOST = 500
_LOOKED_AT = 2000
SIGNS: tuple[str, ...] = tuple(get_args(Sign))


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """One thing that is odd, how often and on which day of UTC last, and what was found about it."""

    item_id: str
    code: str
    name: str
    label: str
    sign: str
    many: int
    day: str
    state: str = "open"
    steps: tuple[Step, ...] = ()

    @property
    def key(self) -> Key:
        """What notes about it are filed under."""
        return self.item_id, self.label, self.sign


@dataclass(frozen=True, slots=True)
class Found:
    """What is odd now, the newest of each kind first."""

    strange: list[Strange]
    apart: list[Apart]
    contested: list[Contested]

    def without(self, closed: frozenset[Key]) -> Found:
        """What nobody has closed, as far as one page shows it."""
        return Found(
            [one for one in self.strange if (one.item_id, one.label, one.why) not in closed][:SHOWN],
            [one for one in self.apart if (one.item_id, one.label, "far-apart") not in closed][:SHOWN],
            [one for one in self.contested if (one.item_id, "", "held-twice") not in closed][:SHOWN],
        )


def found(connection: Connection, org_id: str, *, now: datetime) -> Found:
    """What is odd about readings of the last thirty days, about rough places that are kept, and about custody now."""
    return Found(
        watched.strange_scans(connection, org_id, since=f"{now - _DAYS:%Y-%m-%d}", most=_MOST),
        travel.far_apart(connection, org_id, now=now, most=_MOST),
        custody.contested(connection, org_id, most=_MOST),
    )


def noted(connection: Connection, org_id: str, seen: Found) -> list[Odd]:
    """All of it with its notes, the newest first; what is noted stays listed when its readings are counted no more."""
    notes: dict[Key, list[Row]] = defaultdict(list)
    for row in reversed(connection.execute(_NOTES, {"org_id": org_id}).all()):
        notes[row.item_id, row.label, row.sign].append(row)
    now: dict[Key, Odd] = {}
    for one in _read(seen):
        # Of several pairs of places of one label the newest comes first.
        now.setdefault(one.key, one)
    every = {key: _of_notes(rows) for key, rows in notes.items()} | now
    return sorted((_with(one, notes.get(key, [])) for key, one in every.items()), key=_order, reverse=True)


def in_state(odd: list[Odd], state: str) -> list[Odd]:
    """The newest fifty in one state."""
    return [one for one in odd if one.state == state][:PAGE]


def closed(odd: list[Odd]) -> frozenset[Key]:
    """What somebody has closed."""
    return frozenset(one.key for one in odd if one.state == "closed")


def _read(seen: Found) -> Iterator[Odd]:
    for one in seen.strange:
        yield _odd(one, label=one.label, sign=one.why, many=one.scans, day=one.day)
    for pair in seen.apart:
        yield _odd(pair, label=pair.label, sign="far-apart", many=2, day=f"{pair.second.at:%Y-%m-%d}")
    for held in seen.contested:
        yield _odd(held, label="", sign="held-twice", many=2, day=f"{held.since:%Y-%m-%d}")


def _odd(of: Strange | Apart | Contested | Row, *, label: str, sign: str, many: int, day: str) -> Odd:
    return Odd(item_id=of.item_id, code=of.code, name=of.name, label=label, sign=sign, many=many, day=day)


def _of_notes(rows: list[Row]) -> Odd:
    row = max(rows, key=lambda one: one.until)
    return _odd(row, label=row.label, sign=row.sign, many=0, day=row.until)


def _with(one: Odd, rows: list[Row]) -> Odd:
    steps = tuple(Step(state=row.state, why=row.why, by=row.by_ref, at=row.at) for row in rows)
    return replace(one, state=state_on(((row.state, row.until) for row in rows), one.day), steps=steps)


def _order(one: Odd) -> tuple[str, str, str]:
    return one.day, one.code, one.sign


_NOTES = (
    sa.select(*OddNote.__table__.columns, Item.code, Item.name)
    .join(Item, sa.and_(Item.org_id == OddNote.org_id, Item.id == OddNote.item_id))
    .where(OddNote.org_id == sa.bindparam("org_id"))
    .order_by(OddNote.at.desc(), OddNote.state.desc())
    .limit(_LOOKED_AT)
)
