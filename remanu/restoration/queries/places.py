"""Reading what a case works to and where its components are: one row a place of the family's tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import Conflict
from remanu.families.assembly import Position
from remanu.families.family import Family
from remanu.families.loader import load_all
from remanu.parts import queries as parts
from remanu.parts.models import InstalledNow
from remanu.parts.queries import CaseView
from remanu.restoration.models import Cleaning, PositionReport, WorkOrder
from remanu.rules.classes import Depth

Row = sa.Row[Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the unit: the component that is there now, or what is said of it without one.

    `route` is a row of `parts.queries.routes`, `report` a row of PositionReport; `demanded` when the depth of the
    targeted class asks for it at disassembly.
    """

    code: str
    position: Position
    demanded: bool
    route: Row | None
    report: Row | None

    @property
    def said(self) -> str:
        """What was recorded of the place: found, missing, not_disturbed, deleted, or nothing."""
        if self.route is not None:
            return "found"
        return "" if self.report is None else str(self.report.what)


def family_of(case: CaseView) -> Family:
    """The pack of the case's family."""
    return load_all()[case.item.family]


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


def reports(connection: Connection, case: CaseView) -> dict[str, Row]:
    """What is said of places without a component of their own, by place."""
    rows = connection.execute(
        sa.select(PositionReport.__table__).where(
            PositionReport.org_id == case.org_id, PositionReport.case_id == case.id
        )
    )
    return {row.position: row for row in rows}


def cleanings(connection: Connection, case: CaseView) -> list[Row]:
    """The cleanings of a case, oldest first."""
    return list(
        connection.execute(
            sa.select(Cleaning.__table__)
            .where(Cleaning.org_id == case.org_id, Cleaning.case_id == case.id)
            .order_by(Cleaning.id)
        )
    )


def active(connection: Connection, case: CaseView) -> dict[str, Row]:
    """The component that belongs in each place now: neither replaced nor scrapped."""
    routes = parts.routes(connection, case.org_id, case.id)
    gone = {row.replaces for row in routes}
    return {row.position: row for row in routes if row.item_id not in gone and row.condition != "scrapped"}


def sitting(connection: Connection, case: CaseView, place: str) -> Row | None:
    """The item that the record says is in a place of the unit now, or None."""
    inside = parts.installed(connection, case.org_id, case.item.id)
    return next((row for row in inside if row.position == place), None)


def host_of(connection: Connection, org_id: str, item_id: str) -> str | None:
    """The unit that an item is installed in now, or None."""
    return connection.execute(
        sa.select(InstalledNow.host_id).where(InstalledNow.org_id == org_id, InstalledNow.item_id == item_id)
    ).scalar()


def in_case(connection: Connection, case: CaseView, item_id: str) -> bool:
    """Whether the item has or had a place in this case."""
    return any(row.item_id == item_id for row in parts.routes(connection, case.org_id, case.id))


def places(connection: Connection, case: CaseView) -> list[Place]:
    """Every place of the family's tree but the unit's own, in the order of the pack."""
    family, order = family_of(case), work_order(connection, case)
    asked = demanded(family, "none" if order is None else order.depth)
    here, said = active(connection, case), reports(connection, case)
    return [
        Place(code, position, code in asked, here.get(code), said.get(code))
        for position in family.positions
        if position.parent is not None
        for code in position.places()
    ]


def demanded(family: Family, depth: Depth) -> frozenset[str]:
    """The places that must be recorded before a unit counts as taken apart to this depth.

    To its parts: every serialised place that is not replaced every time. To modules: those of them directly under
    the unit. Work on what is affected alone asks for at least one component, which `is_recorded` checks.
    """
    if depth not in {"parts", "modules"}:
        return frozenset()
    root = family.root.code
    return frozenset(
        place
        for one in family.positions
        if one.parent is not None and one.serialised and not one.mandatory_replace
        if depth == "parts" or one.parent == root
        for place in one.places()
    )


def is_recorded(known: list[Place], depth: Depth) -> bool:
    """Whether what was found is recorded to the depth that the targeted class demands (SM-1 no. 11).

    What was left undisturbed was not taken apart: it does not count where the class demands the parts.
    """
    counts = {"found", "missing"} if depth == "parts" else {"found", "missing", "not_disturbed"}
    if depth == "affected" and not any(one.route for one in known):
        return False
    return all(one.said in counts for one in known if one.demanded)


def depth(connection: Connection, case: CaseView) -> Depth:
    """How deep the unit was taken apart, by what was recorded: the deepest level that is recorded in full."""
    known = places(connection, case)
    found = {one.code for one in known if one.said in {"found", "missing"}}
    if not any(one.route for one in known):
        return "none"
    left = any(one.said == "not_disturbed" for one in known)
    family = family_of(case)
    if not left and demanded(family, "parts") <= found:
        return "parts"
    return "modules" if demanded(family, "modules") <= found else "affected"
