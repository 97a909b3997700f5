"""Parts that another organisation's record says it holds as well: a reason to look, never an accusation (labels.md §8).

Maker, part number and serial of both stand on public pages; who the other one is, is not said.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.parts.models import Case, Item
from remanu.rules.anomalies import HELD, Custody, held_twice

_SHOWN = 20
_MINE, _OTHER = sa.alias(Item.__table__, "mine"), sa.alias(Item.__table__, "other")
_MY_CASE, _ITS_CASE = sa.alias(Case.__table__, "my_case"), sa.alias(Case.__table__, "its_case")


@dataclass(frozen=True, slots=True)
class Contested:
    """A part of the organisation that another one says it holds too, and since when both do."""

    item_id: str
    code: str
    name: str
    serial: str
    since: datetime


def contested(connection: Connection, org_id: str, *, most: int = _SHOWN) -> list[Contested]:
    """So many of them at most, the newest first; what counts as holding is the rule's (rules.anomalies)."""
    rows = connection.execute(_TWINS, {"org_id": org_id}).all()
    said: dict[str, list[Custody]] = defaultdict(list)
    for row in rows:
        said[row.code] += [_custody(org_id, row.my_state, row.my_mode), _custody(row.org, row.state, row.mode)]
    since = {row.code: max(row.opened_at, row.my_opened_at) for row in rows}
    shown = {row.code: Contested(row.item_id, row.code, row.name, row.serial or "", since[row.code]) for row in rows}
    found = [shown[code] for code, each in said.items() if held_twice(each)]
    return sorted(found, key=lambda one: (one.since, one.code), reverse=True)[:most]


def _custody(org: str, state: str, mode: str | None) -> Custody:
    return Custody(org, state, on_site=mode == "on_site")


_TWINS = (
    sa.select(
        _MINE.c.id.label("item_id"),
        _MINE.c.code,
        _MINE.c.name,
        _MINE.c.serial,
        _MY_CASE.c.state.label("my_state"),
        _MY_CASE.c.mode.label("my_mode"),
        _MY_CASE.c.opened_at.label("my_opened_at"),
        _OTHER.c.org_id.label("org"),
        _ITS_CASE.c.state,
        _ITS_CASE.c.mode,
        _ITS_CASE.c.opened_at,
    )
    .select_from(_MY_CASE)
    .join(_MINE, sa.and_(_MINE.c.org_id == _MY_CASE.c.org_id, _MINE.c.id == _MY_CASE.c.item_id))
    .join(_OTHER, sa.and_(_OTHER.c.identity == _MINE.c.identity, _OTHER.c.org_id != _MINE.c.org_id))
    .join(_ITS_CASE, sa.and_(_ITS_CASE.c.org_id == _OTHER.c.org_id, _ITS_CASE.c.item_id == _OTHER.c.id))
    .where(_MY_CASE.c.org_id == sa.bindparam("org_id"), _MINE.c.identity.is_not(None))
    .where(_MY_CASE.c.closed_at.is_(None), _ITS_CASE.c.closed_at.is_(None))
    .where(_MY_CASE.c.state.in_(HELD), _ITS_CASE.c.state.in_(HELD))
)
