"""Who had a hand in an assembly: everything done to the unit and to whatever is in it now, each since its own intake.

A part that came in for itself, was released and is now part of something larger keeps whoever worked on it: signing
for the whole is signing for his work as well (T-R9, I32, domain.md §3.9).
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.queries import persons_of
from remanu.ledger.models import EventRow
from remanu.parts.models import Case, InstalledNow, Item
from remanu.parts.queries.one import CaseView, routes
from remanu.rules import duties
from remanu.rules.genealogy import DEEPEST

_ORG: sa.BindParameter[str] = sa.bindparam("org_id")
_OPENED = sa.bindparam("opened", type_=Case.opened_at.type)
_NOW: Any = InstalledNow.__table__
_ITEM: Any = Item.__table__


def _came(item: sa.ColumnElement[str]) -> sa.ScalarSelect[Any]:
    """When a part came in for the life that it is in: the first of the cases that consume the same one as its newest.

    Cases of earlier lives do not count; one that ended without a release does, for no new life began.
    """
    every, newest = sa.alias(Case.__table__), sa.alias(Case.__table__)
    last = sa.select(sa.func.max(newest.c.life_from)).where(newest.c.org_id == _ORG, newest.c.item_id == item)
    return (
        sa.select(sa.func.min(every.c.opened_at))
        .where(every.c.org_id == _ORG, every.c.item_id == item, every.c.life_from == last.scalar_subquery())
        .scalar_subquery()
    )


def _earlier(own: sa.ScalarSelect[Any], host: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """What came in with its host counts from then on; what came in before, by itself, from its own intake on."""
    return sa.case((own < host, own), else_=host)


def _statement() -> sa.Select[Any]:
    first = sa.select(
        _ITEM.c.id.label("item_id"),
        sa.case(
            (_ITEM.c.id == sa.bindparam("unit"), _earlier(_came(_ITEM.c.id), _OPENED)), else_=_OPENED
        ).label("since"),
        sa.literal(0).label("level"),
    ).where(_ITEM.c.org_id == _ORG, _ITEM.c.id.in_(sa.bindparam("items", expanding=True)))
    tree = first.cte("hands", recursive=True)
    deeper = (
        sa.select(_NOW.c.item_id, _earlier(_came(_NOW.c.item_id), tree.c.since), tree.c.level + 1)
        .select_from(tree.join(_NOW, sa.and_(_NOW.c.org_id == _ORG, _NOW.c.host_id == tree.c.item_id)))
        .where(tree.c.level < DEEPEST)
    )
    whole = tree.union_all(deeper)
    done = sa.and_(
        EventRow.org_id == _ORG, EventRow.subject_id == whole.c.item_id, EventRow.recorded_at >= whole.c.since
    )
    return sa.select(EventRow.actor_ref, EventRow.kind).select_from(whole.join(EventRow, done)).distinct()


_HANDS = _statement()


def acts_since_intake(connection: Connection, case: CaseView) -> list[duties.Act]:
    """Everything done to the case's unit and components, and to every part in the unit now since that part came in.

    Work on a part counts also where it was released by itself in between. A person with two accounts is one person; an
    erased pseudonym stands for itself. One statement over the tree, and one for the persons.
    """
    asked = {
        "org_id": case.org_id,
        "unit": case.item.id,
        "opened": case.opened_at,
        "items": [case.item.id, *(row.item_id for row in routes(connection, case.org_id, case.id))],
    }
    rows = connection.execute(_HANDS, asked).all()
    persons = persons_of(connection, case.org_id, sorted({row.actor_ref for row in rows}))
    return [duties.Act(persons[row.actor_ref], row.kind) for row in rows]
