"""Reading nonconformities: the list of those that are open, one of them with what was done about it, and by whom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.queries import persons_of
from remanu.inspection.models import Nonconformity
from remanu.inspection.queries.results import Row
from remanu.ledger.models import EventRow
from remanu.parts import queries as parts
from remanu.parts.models import Case, Item
from remanu.rules import duties

PAGE = 50
OPEN = "open"
"""Stands in the address for every state but CLOSED."""
ABOUT = (
    "inspection.raise_nonconformity",
    "inspection.review_nonconformity",
    "inspection.decide_nonconformity",
    "inspection.request_concession",
    "inspection.approve_concession",
    "inspection.refuse_concession",
    "inspection.apply_concession",
    "inspection.verify_nonconformity",
    "inspection.close_nonconformity",
)
"""The kinds of SM-3."""

_LIST = (
    sa.select(
        Nonconformity.__table__,
        Item.code,
        Item.name,
        Item.part_number,
        Item.serial,
        Item.component,
        Case.number.label("case_number"),
        Case.item_id.label("unit_id"),
    )
    .join(Item, sa.and_(Item.org_id == Nonconformity.org_id, Item.id == Nonconformity.item_id))
    .join(Case, sa.and_(Case.org_id == Nonconformity.org_id, Case.id == Nonconformity.case_id))
    .where(Nonconformity.org_id == sa.bindparam("org_id"))
    .order_by(Nonconformity.id.desc())
    .limit(PAGE)
)


def listed(
    connection: Connection, org_id: str, *, state: str = OPEN, cause: str = "", before: str = ""
) -> list[Row]:
    """A page of nonconformities, newest first, below `before` (keyset); `state` is open, all, or one of SM-3."""
    chosen = _LIST
    if state == OPEN:
        chosen = chosen.where(Nonconformity.closed_at.is_(None))
    elif state != "all":
        chosen = chosen.where(Nonconformity.state == state)
    if cause:
        chosen = chosen.where(Nonconformity.cause == cause)
    if before:
        chosen = chosen.where(Nonconformity.id < before)
    return list(connection.execute(chosen, {"org_id": org_id}))


def waiting(connection: Connection, org_id: str, states: Iterable[str], *, limit: int) -> list[Row]:
    """The nonconformities that wait longest in these states."""
    chosen = _LIST.where(Nonconformity.state.in_(sorted(states))).order_by(None).order_by(Nonconformity.id)
    return list(connection.execute(chosen.limit(limit), {"org_id": org_id}))


def told(connection: Connection, row: Row) -> list[Row]:
    """What happened to a nonconformity, oldest first: events of its part that name it."""
    rows = connection.execute(
        sa.select(EventRow.__table__)
        .where(EventRow.org_id == row.org_id, EventRow.subject_id == row.item_id)
        .where(EventRow.kind.in_(ABOUT), EventRow.recorded_at >= _floor(connection, row))
        .order_by(EventRow.seq)
    )
    return [one for one in rows if _named(json.loads(one.canonical)["body"]) == row.id]


def _floor(connection: Connection, row: Row) -> datetime:
    recorded: datetime = connection.execute(
        sa.select(EventRow.recorded_at).where(EventRow.org_id == row.org_id, EventRow.id == row.raised_in)
    ).scalar_one()
    return recorded


def _named(body: Mapping[str, Any]) -> str:
    return str(body.get("nonconformity") or body.get("turn", {}).get("nonconformity", ""))


def acts_about(connection: Connection, row: Row, *, since: datetime) -> list[duties.Act]:
    """Who did what, since then, to the part that a nonconformity is about; of a unit, to its components as well."""
    case = parts.find_case(connection, row.org_id, row.case_id)
    items = [row.item_id]
    if row.item_id == case.item.id:
        items += [one.item_id for one in parts.routes(connection, row.org_id, case.id)]
    rows = parts.acts_of_case(connection, row.org_id, items, since)
    persons = persons_of(connection, row.org_id, sorted({one.actor_ref for one in rows}))
    return [duties.Act(persons[one.actor_ref], one.kind) for one in rows]
