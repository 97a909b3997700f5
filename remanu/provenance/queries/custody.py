"""Parts that another record says it works on as well: a reason to look, never an accusation (labels.md §8).

Of others nothing is read but what anybody may: maker, part number, serial, and the public state (architecture.md §4).
Who the other one is, is not said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.parts.models import Case, Item, PublicState
from remanu.rules.anomalies import Custody, held_twice

_SHOWN = 20
_MINE, _OTHER = sa.alias(Item.__table__, "mine"), sa.alias(Item.__table__, "other")


@dataclass(frozen=True, slots=True)
class Contested:
    """A part of the organisation that another one says it works on too, and since when it lies here."""

    item_id: str
    code: str
    name: str
    serial: str
    since: datetime


def contested(connection: Connection, org_id: str, *, most: int = _SHOWN) -> list[Contested]:
    """So many of them at most, the newest first; what counts as holding is the rule's (rules.anomalies)."""
    found: dict[str, Contested] = {}
    for row in connection.execute(_TWINS, {"org_id": org_id}):
        if held_twice(Custody(row.state, on_site=row.mode == "on_site"), row.there):
            found[row.code] = Contested(row.item_id, row.code, row.name, row.serial or "", row.opened_at)
    return sorted(found.values(), key=lambda one: (one.since, one.code), reverse=True)[:most]


_TWINS = (
    sa.select(
        _MINE.c.id.label("item_id"),
        _MINE.c.code,
        _MINE.c.name,
        _MINE.c.serial,
        Case.state,
        Case.mode,
        Case.opened_at,
        PublicState.state.label("there"),
    )
    .select_from(Case)
    .join(_MINE, sa.and_(_MINE.c.org_id == Case.org_id, _MINE.c.id == Case.item_id))
    .join(_OTHER, sa.and_(_OTHER.c.identity == _MINE.c.identity, _OTHER.c.org_id != _MINE.c.org_id))
    .join(PublicState, PublicState.uri == _OTHER.c.uri)
    .where(Case.org_id == sa.bindparam("org_id"), Case.closed_at.is_(None), _MINE.c.identity.is_not(None))
)
