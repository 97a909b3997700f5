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
from remanu.parts.models import Case, ComponentRoute, InstalledNow
from remanu.parts.queries.one import CaseView, Row
from remanu.rules import duties
from remanu.rules.genealogy import DEEPEST

_ORG: sa.BindParameter[str] = sa.bindparam("org_id")
_CASES: sa.BindParameter[Any] = sa.bindparam("cases", expanding=True)
_NOW: Any = InstalledNow.__table__


def _came(item: Any) -> sa.ScalarSelect[Any]:
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


def _earlier(own: sa.ScalarSelect[Any], host: Any) -> sa.ColumnElement[Any]:
    """What came in with its host counts from then on; what came in before, by itself, from its own intake on."""
    return sa.case((own < host, own), else_=host)


def _tree() -> sa.CTE:
    """The units of these cases with all that is in them now, each with the moment from which work on it counts."""
    first = sa.select(
        Case.id.label("of"),
        Case.item_id,
        _earlier(_came(Case.item_id), Case.opened_at).label("since"),
        sa.literal(0).label("level"),
    ).where(Case.org_id == _ORG, Case.id.in_(_CASES))
    tree = first.cte("hands", recursive=True)
    deeper = (
        sa.select(tree.c.of, _NOW.c.item_id, _earlier(_came(_NOW.c.item_id), tree.c.since), tree.c.level + 1)
        .select_from(tree.join(_NOW, sa.and_(_NOW.c.org_id == _ORG, _NOW.c.host_id == tree.c.item_id)))
        .where(tree.c.level < DEEPEST)
    )
    return tree.union_all(deeper)


def _statement(*only: sa.ColumnElement[bool]) -> sa.CompoundSelect[Any]:
    """Acts on what is in the units, and on components that the cases took out of them."""
    whole = _tree()
    within = (
        EventRow.org_id == _ORG,
        EventRow.subject_id == whole.c.item_id,
        EventRow.recorded_at >= whole.c.since,
    )
    routed = sa.and_(ComponentRoute.org_id == Case.org_id, ComponentRoute.case_id == Case.id)
    since = (
        EventRow.org_id == Case.org_id,
        EventRow.subject_id == ComponentRoute.item_id,
        EventRow.recorded_at >= Case.opened_at,
    )
    return sa.union(
        sa.select(whole.c.of, EventRow.actor_ref, EventRow.kind)
        .select_from(whole.join(EventRow, sa.and_(*within)))
        .where(*only),
        sa.select(Case.id, EventRow.actor_ref, EventRow.kind)
        .select_from(sa.join(Case, ComponentRoute, routed).join(EventRow, sa.and_(*since)))
        .where(Case.org_id == _ORG, Case.id.in_(_CASES), *only),
    )


_EVERYBODY = _statement()
_MINE = _statement(EventRow.actor_ref.in_(sa.bindparam("mine", expanding=True)))


def acts_since_intake(connection: Connection, case: CaseView) -> list[duties.Act]:
    """Everything done to the case's unit and components, and to every part in the unit now since that part came in.

    Work on a part counts also where it was released by itself in between. A person with two accounts is one person; an
    erased pseudonym stands for itself. One statement over the tree, and one for the persons.
    """
    rows = connection.execute(_EVERYBODY, {"org_id": case.org_id, "cases": [case.id]}).all()
    persons = persons_of(connection, case.org_id, sorted({row.actor_ref for row in rows}))
    return [duties.Act(persons[row.actor_ref], row.kind) for row in rows]


def kinds_by_case(connection: Connection, org_id: str, cases: list[str], refs: list[str]) -> list[Row]:
    """What these accounts did that counts at the signature of each of these cases: `of` is the case, with `kind`."""
    return list(connection.execute(_MINE, {"org_id": org_id, "cases": cases, "mine": refs}))
