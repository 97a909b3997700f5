"""What became of earlier cores of a workshop: how operations held, and what cores of a grade yielded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import aliased

from remanu.intake.models import CoreGrade
from remanu.parts.models import Case, ComponentRoute, Item
from remanu.parts.queries import CaseView
from remanu.restoration.models import OperationDone, Replacement
from remanu.rules.schemes import Share, share

_LED_TO_RELEASE = ("RELEASED", "LABELLED", "IN_SERVICE")
_KEPT = ("REUSE_AS_IS", "ACCEPT_SERVICE_LIMIT", "SALVAGE", "SALVAGE_SIZE_STEP")
_OURS = (
    Case.org_id == sa.bindparam("org_id"),
    Case.id != sa.bindparam("case_id"),
    Case.state.in_(_LED_TO_RELEASE),
    Item.org_id == Case.org_id,
    Item.id == Case.item_id,
    Item.family == sa.bindparam("family"),
)
# A part that was worked on and left its unit all the same did not hold.
_LEFT = (
    sa.select(sa.literal(1))
    .where(
        Replacement.org_id == OperationDone.org_id,
        Replacement.case_id == OperationDone.case_id,
        Replacement.old_item_id == OperationDone.item_id,
    )
    .exists()
)
_WORKED = (
    sa.select(OperationDone.operation, OperationDone.case_id, OperationDone.item_id, _LEFT.label("gone"))
    .distinct()
    .join(Case, sa.and_(Case.org_id == OperationDone.org_id, Case.id == OperationDone.case_id))
    .join(Item, sa.and_(Item.org_id == Case.org_id, Item.id == Case.item_id))
    .where(*_OURS)
    .subquery()
)
_HELD = sa.select(
    _WORKED.c.operation,
    sa.func.count().label("tried"),
    sa.func.sum(sa.case((_WORKED.c.gone, 0), else_=1)).label("held"),
).group_by(_WORKED.c.operation)
_NEWEST = (
    sa.select(sa.func.max(CoreGrade.id))
    .where(CoreGrade.org_id == Case.org_id, CoreGrade.case_id == Case.id)
    .correlate(Case)
    .scalar_subquery()
)
_PART = aliased(Item)
_YIELD = (
    sa.select(
        _PART.component,
        sa.func.count().label("n"),
        sa.func.sum(sa.case((ComponentRoute.disposition.in_(_KEPT), 1), else_=0)).label("kept"),
    )
    .select_from(Case)
    .join(Item, sa.and_(Item.org_id == Case.org_id, Item.id == Case.item_id))
    .join(CoreGrade, sa.and_(CoreGrade.org_id == Case.org_id, CoreGrade.id == _NEWEST))
    .join(ComponentRoute, sa.and_(ComponentRoute.org_id == Case.org_id, ComponentRoute.case_id == Case.id))
    .join(_PART, sa.and_(_PART.org_id == ComponentRoute.org_id, _PART.id == ComponentRoute.item_id))
    .where(*_OURS, CoreGrade.outcome == sa.bindparam("outcome"))
    .where(ComponentRoute.found == sa.bindparam("found"), ComponentRoute.disposition.is_not(None))
    .group_by(_PART.component)
)
_GRADE = (
    sa.select(CoreGrade.outcome)
    .where(CoreGrade.org_id == sa.bindparam("org_id"), CoreGrade.case_id == sa.bindparam("case_id"))
    .order_by(CoreGrade.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Held:
    """On how many parts of ended cases an operation was done, and on how many of them it held."""

    tried: int
    held: int


def how_it_held(connection: Connection, case: CaseView) -> dict[str, Held]:
    """By operation: how it went in the other cases of this family that led to a release."""
    rows = connection.execute(_HELD, _asked(case))
    return {row.operation: Held(int(row.tried), int(row.held)) for row in rows}


def yields(connection: Connection, case: CaseView, outcome: str) -> dict[str, Share]:
    """By component: how many of those found in earlier cores of this grade were kept, by their disposition."""
    rows = connection.execute(_YIELD, {**_asked(case), "outcome": outcome, "found": True})
    return {row.component: share(int(row.kept), int(row.n)) for row in rows}


def grade_of(connection: Connection, case: CaseView) -> str | None:
    """The outcome of the core's last grading, or None before it."""
    return connection.execute(_GRADE, {"org_id": case.org_id, "case_id": case.id}).scalar()


def times_of(connection: Connection, org_id: str, items: Iterable[str]) -> dict[tuple[str, str], int]:
    """How often each of these parts has had each operation, over all its recorded lives (I19)."""
    rows = connection.execute(
        sa.select(OperationDone.item_id, OperationDone.operation, sa.func.count().label("times"))
        .where(OperationDone.org_id == org_id, OperationDone.item_id.in_(list(items)))
        .group_by(OperationDone.item_id, OperationDone.operation)
    )
    return {(row.item_id, row.operation): int(row.times) for row in rows}


def _asked(case: CaseView) -> dict[str, str]:
    return {"org_id": case.org_id, "case_id": case.id, "family": case.item.family}
