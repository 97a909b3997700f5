"""Reading one part: its item, its case, components, marks, counters, lives, holds, and what was done to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.queries import persons_of
from remanu.catalogue.queries import pack_by
from remanu.errors import NotFound
from remanu.families.family import Family
from remanu.ledger.kinds import Subject
from remanu.ledger.models import EventRow
from remanu.parts.models import (
    Case,
    ComponentRoute,
    CounterReading,
    Hold,
    InstalledNow,
    Item,
    Life,
    Mark,
)
from remanu.reads import once
from remanu.rules import duties

Row = sa.Row[Any]
ASKED: frozenset[str] = frozenset()


ON_SITE = "on_site"
"""The mode of a case whose work is done in place."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with the item it is about, as actions and pages need it.

    `pack` is the digest of the family pack that it was opened under, None for the built-in one; `family` is that pack.
    """

    org_id: str
    id: str
    number: int
    state: str
    item: Row
    life_from: int
    target_class: str | None
    standard: str | None
    edition: str | None
    loops: int
    opened_at: datetime
    changed_at: datetime
    holds: int
    pack: str | None
    family: Family
    closed_at: datetime | None = None
    mode: str | None = None

    @property
    def on_site(self) -> bool:
        """Whether the work is done where the equipment stands (domain.md §3.8)."""
        return self.mode == ON_SITE

    @property
    def subject(self) -> Subject:
        """The chain that the case's events belong to: its item's."""
        return Subject(self.org_id, self.item.id, self.item.uri)


def subject_of(item: Row) -> Subject:
    """The chain of an item."""
    return Subject(item.org_id, item.id, item.uri)


_ITEM = sa.select(Item.__table__).where(Item.org_id == sa.bindparam("org_id"), Item.id == sa.bindparam("id"))
OPEN_HOLDS = (
    sa.select(sa.func.count())
    .select_from(Hold)
    .where(Hold.org_id == Case.org_id, Hold.case_id == Case.id, Hold.lifted_at.is_(None))
    .scalar_subquery()
    .label("holds")
)
_CASE = sa.select(Case.__table__, OPEN_HOLDS).where(
    Case.org_id == sa.bindparam("org_id"), Case.id == sa.bindparam("id")
)


_ROUTES = (
    sa.select(
        ComponentRoute.__table__,
        Item.code,
        Item.uri,
        Item.name,
        Item.component,
        Item.part_number,
        Item.serial,
        Item.condition,
        Item.origin,
        InstalledNow.host_id,
    )
    .join(Item, sa.and_(Item.org_id == ComponentRoute.org_id, Item.id == ComponentRoute.item_id))
    .outerjoin(
        InstalledNow,
        sa.and_(InstalledNow.org_id == ComponentRoute.org_id, InstalledNow.item_id == ComponentRoute.item_id),
    )
    .where(ComponentRoute.org_id == sa.bindparam("org_id"), ComponentRoute.case_id == sa.bindparam("case_id"))
    .order_by(ComponentRoute.position, ComponentRoute.item_id)
)


def _of_item(table: Any, *order: Any) -> sa.Select[Any]:
    mine = (table.org_id == sa.bindparam("org_id"), table.item_id == sa.bindparam("item_id"))
    return sa.select(table.__table__).where(*mine).order_by(*order)


_MARKS = _of_item(Mark, Mark.read_at, Mark.id)
_LIVES = _of_item(Life, Life.n.desc())
_COUNTERS = _of_item(CounterReading, CounterReading.read_at, CounterReading.id)
_READINGS = (
    sa.select(CounterReading.__table__)
    .where(
        CounterReading.org_id == sa.bindparam("org_id"),
        CounterReading.item_id.in_(sa.bindparam("items", expanding=True)),
    )
    .order_by(CounterReading.item_id, CounterReading.read_at, CounterReading.id)
)


@once
def find_item(connection: Connection, org_id: str, item_id: str) -> Row:
    """One item of the organisation; NotFound otherwise, and for other organisations' items alike."""
    row = connection.execute(_ITEM, {"org_id": org_id, "id": item_id}).first()
    if row is None:
        raise NotFound(what="item")
    return row


def find_case(connection: Connection, org_id: str, case_id: str) -> CaseView:
    """One case of the organisation with its item; NotFound otherwise."""
    row = connection.execute(_CASE, {"org_id": org_id, "id": case_id}).first()
    if row is None:
        raise NotFound(what="case")
    item = find_item(connection, org_id, row.item_id)
    return _case(row, item, pack_by(connection, org_id, item.family, digest=row.pack))


def latest_case(connection: Connection, org_id: str, item_id: str) -> CaseView | None:
    """The item's newest case, if it ever had one."""
    found = connection.execute(
        sa.select(Case.id)
        .where(Case.org_id == org_id, Case.item_id == item_id)
        .order_by(Case.number.desc())
        .limit(1)
    ).scalar()
    return None if found is None else find_case(connection, org_id, found)


def _case(row: Row, item: Row, family: Family) -> CaseView:
    return CaseView(
        row.org_id,
        row.id,
        row.number,
        row.state,
        item,
        row.life_from,
        row.target_class,
        row.standard,
        row.edition,
        row.loops,
        row.opened_at,
        row.changed_at,
        row.holds,
        row.pack,
        family,
        row.closed_at,
        row.mode,
    )


def case_about(connection: Connection, org_id: str, item_id: str) -> CaseView | None:
    """The newest case that the item is in: as the unit itself, or as a component with a route."""
    routed = sa.select(ComponentRoute.case_id).where(
        ComponentRoute.org_id == org_id, ComponentRoute.item_id == item_id
    )
    found = connection.execute(
        sa.select(Case.id)
        .where(Case.org_id == org_id, sa.or_(Case.item_id == item_id, Case.id.in_(routed)))
        .order_by(Case.number.desc())
        .limit(1)
    ).scalar()
    return None if found is None else find_case(connection, org_id, found)


def facts(connection: Connection, case: CaseView, _now: datetime) -> dict[str, bool]:
    """What these tables know of the guards: whether marks were read, and counters since the life opened."""
    read = counters(connection, case.org_id, case.item.id)
    opened = [life.opened_at for life in lives(connection, case.org_id, case.item.id)[:1] if life.opened_at]
    return {
        "not_on_hold": not case.holds,
        "mark_read": bool(marks(connection, case.org_id, case.item.id)),
        "final_counters": any(not opened or row.read_at >= opened[0] for row in read),
    }


def next_case_number(connection: Connection, org_id: str) -> int:
    """The number for a new case; two who ask at once are told apart by the unique key."""
    last = connection.execute(sa.select(sa.func.max(Case.number)).where(Case.org_id == org_id)).scalar()
    return (last or 0) + 1


@once
def routes(connection: Connection, org_id: str, case_id: str) -> list[Row]:
    """The components of a case with their items, by position."""
    return list(connection.execute(_ROUTES, {"org_id": org_id, "case_id": case_id}))


def find_route(connection: Connection, org_id: str, case_id: str, item_id: str) -> Row:
    """One component of a case; NotFound when the case has no such component."""
    row = connection.execute(
        sa.select(ComponentRoute.__table__).where(
            ComponentRoute.org_id == org_id,
            ComponentRoute.case_id == case_id,
            ComponentRoute.item_id == item_id,
        )
    ).first()
    if row is None:
        raise NotFound(what="component")
    return row


def installed(connection: Connection, org_id: str, host_id: str) -> list[Row]:
    """What sits in the host now: position and item."""
    return list(
        connection.execute(
            sa.select(InstalledNow.position, Item.__table__)
            .join(Item, sa.and_(Item.org_id == InstalledNow.org_id, Item.id == InstalledNow.item_id))
            .where(InstalledNow.org_id == org_id, InstalledNow.host_id == host_id)
            .order_by(InstalledNow.position)
        )
    )


@once
def marks(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """Marks read on the item, oldest first."""
    return list(connection.execute(_MARKS, {"org_id": org_id, "item_id": item_id}))


@once
def lives(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """The item's recorded lives, newest first."""
    return list(connection.execute(_LIVES, {"org_id": org_id, "item_id": item_id}))


@once
def counters(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """Counter readings of the item, oldest first."""
    return list(connection.execute(_COUNTERS, {"org_id": org_id, "item_id": item_id}))


def standing(readings: list[Row]) -> list[Row]:
    """The readings that count: all but those that a later one took the place of."""
    wrong = {row.corrects for row in readings}
    return [row for row in readings if row.id not in wrong]


def counters_at(
    connection: Connection, org_id: str, item_ids: list[str], at: datetime
) -> dict[str, list[Row]]:
    """What the counters of these parts showed at a moment: the last reading of each that counts, by part.

    A reading that was corrected since does not count; what took its place counts from when that one was taken.
    """
    rows = connection.execute(_READINGS, {"org_id": org_id, "items": item_ids})
    by_item: dict[str, list[Row]] = {}
    for row in rows:
        by_item.setdefault(row.item_id, []).append(row)
    return {item: _last(found, at) for item, found in by_item.items()}


def _last(readings: list[Row], at: datetime) -> list[Row]:
    taken = {row.id: row for row in readings}
    dated = sorted(
        ((_taken_at(row, taken), row.id, row) for row in standing(readings)), key=lambda one: one[:2]
    )
    return list({(row.counter, row.rating): row for when, _, row in dated if when <= at}.values())


def _taken_at(row: Row, taken: dict[str, Row]) -> datetime:
    """When the reading was taken whose place this one took."""
    while row.corrects in taken:
        row = taken[row.corrects]
    when: datetime = row.read_at
    return when


def open_holds(connection: Connection, org_id: str, case_id: str) -> list[Row]:
    """Holds that still stop the case."""
    return list(
        connection.execute(
            sa.select(Hold.__table__).where(
                Hold.org_id == org_id, Hold.case_id == case_id, Hold.lifted_at.is_(None)
            )
        )
    )


def acts_of_case(connection: Connection, org_id: str, item_ids: list[str], since: datetime) -> list[Row]:
    """Who did what to these items since the case began: `actor_ref`, `kind` (segregation, I32)."""
    return list(
        connection.execute(
            sa.select(EventRow.actor_ref, EventRow.kind)
            .where(
                EventRow.org_id == org_id, EventRow.subject_id.in_(item_ids), EventRow.recorded_at >= since
            )
            .distinct()
        )
    )


def history(connection: Connection, org_id: str, item_id: str, *, limit: int = 200) -> list[Row]:
    """The item's own events, newest first, as canonical bytes with their commitments."""
    return list(
        connection.execute(
            sa.select(EventRow.__table__)
            .where(EventRow.org_id == org_id, EventRow.subject_id == item_id)
            .order_by(EventRow.seq.desc())
            .limit(limit)
        )
    )


def acts_in(connection: Connection, case: CaseView) -> list[duties.Act]:
    """Everything done in the case since intake, to the item and to its components, each act with its person (I32).

    A person with two accounts is one person; an erased pseudonym stands for itself.
    """
    components = [row.item_id for row in routes(connection, case.org_id, case.id)]
    rows = acts_of_case(connection, case.org_id, [case.item.id, *components], case.opened_at)
    persons = persons_of(connection, case.org_id, sorted({row.actor_ref for row in rows}))
    return [duties.Act(persons[row.actor_ref], row.kind) for row in rows]
