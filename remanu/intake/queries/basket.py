"""The basket of a member: what he scanned, with what is known of each part now, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import NotFound
from remanu.intake.models import BasketRow, BlankTag, CoreAppeal, CoreGrade, Quarantine
from remanu.ledger.models import EventRow
from remanu.parts.models import Case, Code, Hold, InstalledNow, Item
from remanu.rules.actor import Actor
from remanu.rules.basket import Seen

Row = sa.Row[Any]
_GRADING = ("intake.grade", "intake.regrade")


@dataclass(frozen=True, slots=True)
class Scanned:
    """A row for the eye, and the same for the rule."""

    row: Row
    seen: Seen


def _exists(model: Any, *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(model.org_id == Case.org_id, model.case_id == Case.id, *conditions)


_NEWEST = (
    sa.select(sa.func.max(Case.number))
    .where(Case.org_id == Item.org_id, Case.item_id == Item.id)
    .correlate(Item)
    .scalar_subquery()
)
_OUTCOME = (
    sa.select(CoreGrade.outcome)
    .where(CoreGrade.org_id == Case.org_id, CoreGrade.case_id == Case.id)
    .order_by(CoreGrade.at.desc(), CoreGrade.id.desc())
    .limit(1)
    .correlate(Case)
    .scalar_subquery()
)
_MINE = sa.exists().where(
    EventRow.org_id == Case.org_id,
    EventRow.subject_id == Case.item_id,
    EventRow.kind.in_(_GRADING),
    EventRow.actor_ref == sa.bindparam("ref"),
    EventRow.occurred_at >= Case.opened_at,
)
# A tag that was given up offers nothing: no core takes it.
_BLANK = sa.exists().where(
    BlankTag.org_id == BasketRow.org_id, BlankTag.code == BasketRow.code, BlankTag.voided_at.is_(None)
)
_ROWS = (
    sa.select(
        BasketRow.code,
        Item.id.label("item_id"),
        BasketRow.times,
        BasketRow.n,
        Item.name,
        Item.maker,
        Item.part_number,
        Item.serial,
        Item.place,
        Case.id.label("case_id"),
        sa.case((Case.closed_at.is_(None), Case.state), else_=None).label("state"),
        _OUTCOME.label("outcome"),
        _exists(Hold, Hold.lifted_at.is_(None)).label("held"),
        _exists(Quarantine, Quarantine.cleared_at.is_(None)).label("hazard"),
        _exists(CoreAppeal, CoreAppeal.answered_by.is_(None)).label("appeal"),
        _MINE.label("mine"),
        sa.exists()
        .where(InstalledNow.org_id == Item.org_id, InstalledNow.item_id == Item.id)
        .label("sits"),
        _BLANK.label("blank"),
    )
    .select_from(BasketRow)
    .outerjoin(Code, sa.and_(Code.code == BasketRow.code, Code.org_id == BasketRow.org_id))
    .outerjoin(Item, sa.and_(Item.org_id == Code.org_id, Item.id == Code.item_id))
    .outerjoin(
        Case, sa.and_(Case.org_id == Item.org_id, Case.item_id == Item.id, Case.number == _NEWEST)
    )
    .where(BasketRow.org_id == sa.bindparam("org_id"), BasketRow.ref == sa.bindparam("ref"))
    .order_by(BasketRow.n.desc())
)


def basket_of(connection: Connection, actor: Actor) -> list[Scanned]:
    """What a member scanned, the last first, as it stands now."""
    rows: list[Any] = list(connection.execute(_ROWS, {"org_id": actor.org_id, "ref": actor.ref}))
    return [Scanned(row, _seen(row)) for row in rows]


def _seen(row: Row) -> Seen:
    return Seen(
        code=row.code,
        known=row.item_id is not None,
        blank=bool(row.blank),
        state=row.state,
        held=bool(row.held),
        outcome=row.outcome,
        hazard=bool(row.hazard),
        appeal=bool(row.appeal),
        graded_by_me=bool(row.mine),
        sits=bool(row.sits),
    )


def basket_codes(connection: Connection, actor: Actor) -> list[Row]:
    """Codes and places in the basket, without what is known of them."""
    mine = (BasketRow.org_id == actor.org_id, BasketRow.ref == actor.ref)
    return list(connection.execute(sa.select(BasketRow.code, BasketRow.n, BasketRow.times).where(*mine)))


def blank_tag(connection: Connection, org_id: str, code: str) -> Row | None:
    """A tag that was printed ahead here, if this is one."""
    mine = (BlankTag.org_id == org_id, BlankTag.code == code)
    return connection.execute(sa.select(BlankTag.__table__).where(*mine)).first()


_OF_BATCH = (BlankTag.batch, BlankTag.number, BlankTag.issued_at, BlankTag.place)


def batches(connection: Connection, org_id: str) -> list[Row]:
    """Batches of tags printed ahead, newest first: where each lies, how many were issued, taken, void, and are left."""
    issued, bound = sa.func.count().label("issued"), sa.func.count(Code.item_id).label("bound")
    # A tag that a part took in the very moment in which somebody gave it up is taken.
    void = sa.func.count(sa.case((Code.item_id.is_(None), BlankTag.voided_at))).label("void")
    left = (sa.func.count() - bound - void).label("left")
    chosen = (
        sa.select(*_OF_BATCH, issued, bound, void, left)
        .outerjoin(Code, sa.and_(Code.code == BlankTag.code, Code.org_id == BlankTag.org_id))
        .where(BlankTag.org_id == org_id)
        .group_by(*_OF_BATCH)
        .order_by(BlankTag.batch.desc())
    )
    return list(connection.execute(chosen))


def find_batch(connection: Connection, org_id: str, batch: str) -> Row:
    """One batch of the organisation; NotFound otherwise."""
    mine = (BlankTag.org_id == org_id, BlankTag.batch == batch)
    row = connection.execute(sa.select(BlankTag.__table__).where(*mine).limit(1)).first()
    if row is None:
        raise NotFound(what="batch")
    return row


def tags_of(connection: Connection, org_id: str, batch: str) -> list[Row]:
    """The tags of a batch by code, with the part that took each."""
    chosen = (
        sa.select(
            BlankTag.code,
            BlankTag.number,
            BlankTag.place,
            BlankTag.voided_at,
            BlankTag.void_why,
            Item.id.label("item_id"),
            Item.name,
        )
        .outerjoin(Code, sa.and_(Code.code == BlankTag.code, Code.org_id == BlankTag.org_id))
        .outerjoin(Item, sa.and_(Item.org_id == Code.org_id, Item.id == Code.item_id))
        .where(BlankTag.org_id == org_id, BlankTag.batch == batch)
    )
    return list(connection.execute(chosen.order_by(BlankTag.code)))
