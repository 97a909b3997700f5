"""Reading the rows of a case, each kind by one statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import Conflict
from remanu.families.family import Family
from remanu.inspection.models import SizeStep
from remanu.parts import queries as parts
from remanu.parts.models import Case, InstalledNow
from remanu.parts.queries import CaseView
from remanu.reads import once
from remanu.restoration.models import (
    Cleaning,
    Fitting,
    OperationDone,
    OperationParameter,
    PlannedOperation,
    PositionReport,
    Replacement,
    WorkOrder,
)

Row = sa.Row[Any]


def family_of(case: CaseView) -> Family:
    """The pack that the case works by."""
    return case.family


@once
def work_order(connection: Connection, case: CaseView) -> Row | None:
    """What the case works to, or None before its work order is open."""
    return connection.execute(
        sa.select(WorkOrder.__table__).where(WorkOrder.org_id == case.org_id, WorkOrder.case_id == case.id)
    ).first()


def case_of(connection: Connection, org_id: str, item_id: str) -> CaseView:
    """The newest case that the item is in, as the unit or as a component; NotFound, or Conflict when in none."""
    parts.find_item(connection, org_id, item_id)
    case = parts.case_about(connection, org_id, item_id)
    if case is None:
        raise Conflict(why="no-case")
    return case


@once
def reports(connection: Connection, case: CaseView) -> dict[str, Row]:
    """What is said of places without a component of their own, by place."""
    rows = connection.execute(
        sa.select(PositionReport.__table__).where(
            PositionReport.org_id == case.org_id, PositionReport.case_id == case.id
        )
    )
    return {row.position: row for row in rows}


@once
def cleanings(connection: Connection, case: CaseView) -> list[Row]:
    """The cleanings of a case, oldest first."""
    return list(
        connection.execute(
            sa.select(Cleaning.__table__)
            .where(Cleaning.org_id == case.org_id, Cleaning.case_id == case.id)
            .order_by(Cleaning.id)
        )
    )


@once
def operations(connection: Connection, case: CaseView) -> list[Row]:
    """Every operation done in the case, oldest first, on components that were replaced later as well."""
    return list(
        connection.execute(
            sa.select(OperationDone.__table__)
            .where(OperationDone.org_id == case.org_id, OperationDone.case_id == case.id)
            .order_by(OperationDone.id)
        )
    )


def parameters(connection: Connection, case: CaseView) -> dict[str, list[Row]]:
    """The settings of the case's operations, by operation."""
    rows = connection.execute(
        sa.select(OperationParameter.__table__)
        .join(
            OperationDone,
            sa.and_(
                OperationDone.org_id == OperationParameter.org_id,
                OperationDone.id == OperationParameter.operation_id,
            ),
        )
        .where(OperationDone.org_id == case.org_id, OperationDone.case_id == case.id)
        .order_by(OperationParameter.operation_id, OperationParameter.name)
    )
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.operation_id, []).append(row)
    return found


def times_done(connection: Connection, org_id: str, item_id: str, operation: str) -> int:
    """How often a component has had an operation, over all its recorded lives (I19)."""
    counted = connection.execute(
        sa.select(sa.func.count())
        .select_from(OperationDone)
        .where(
            OperationDone.org_id == org_id,
            OperationDone.item_id == item_id,
            OperationDone.operation == operation,
        )
    ).scalar_one()
    return int(counted)


@once
def planned(connection: Connection, case: CaseView) -> list[Row]:
    """What the planner asked for: rows of `item_id` and `operation`."""
    return list(
        connection.execute(
            sa.select(PlannedOperation.__table__)
            .where(PlannedOperation.org_id == case.org_id, PlannedOperation.case_id == case.id)
            .order_by(PlannedOperation.item_id, PlannedOperation.operation)
        )
    )


@once
def replaced(connection: Connection, case: CaseView) -> list[Row]:
    """Every part that came in from outside, oldest first, those replaced again among them."""
    return list(
        connection.execute(
            sa.select(Replacement.__table__)
            .where(Replacement.org_id == case.org_id, Replacement.case_id == case.id)
            .order_by(Replacement.replaced_at, Replacement.item_id)
        )
    )


@once
def fittings(connection: Connection, case: CaseView) -> dict[str, Row]:
    """How each component was last fitted in this case, by item."""
    rows = connection.execute(
        sa.select(Fitting.__table__)
        .where(Fitting.org_id == case.org_id, Fitting.case_id == case.id)
        .order_by(Fitting.id)
    )
    return {row.item_id: row for row in rows}


def earlier_sizes(connection: Connection, case: CaseView, items: Iterable[str]) -> list[Row]:
    """The sizes to which these components were worked in earlier lives, the newest last."""
    return list(
        connection.execute(
            sa.select(SizeStep.__table__)
            .join(Case, sa.and_(Case.org_id == SizeStep.org_id, Case.id == SizeStep.case_id))
            .where(SizeStep.org_id == case.org_id, SizeStep.item_id.in_(list(items)), Case.number < case.number)
            .order_by(Case.number)
        )
    )


def host_of(connection: Connection, org_id: str, item_id: str) -> str | None:
    """The unit that an item is installed in now, or None."""
    return connection.execute(
        sa.select(InstalledNow.host_id).where(InstalledNow.org_id == org_id, InstalledNow.item_id == item_id)
    ).scalar()


def in_case(connection: Connection, case: CaseView, item_id: str) -> bool:
    """Whether the item has or had a place in this case."""
    return any(row.item_id == item_id for row in parts.routes(connection, case.org_id, case.id))
