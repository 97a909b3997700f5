"""Reading the unit as it is built: what sits where, how it was fitted, and which mates do not agree."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.families.assembly import Position
from remanu.inspection import queries as inspection
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView
from remanu.restoration.models import Fitting
from remanu.restoration.queries.places import Place, active, places
from remanu.restoration.queries.work import operations, replaced

Row = sa.Row[Any]
_CLOSED = frozenset({"not_disturbed", "deleted"})


@dataclass(frozen=True, slots=True)
class Built:
    """What sits in a place: the item (a row of parts.models.Item) and how it came there.

    `origin` is reused, restored, new, reman or used_serviceable.
    """

    place: str
    position: Position
    item: Row
    origin: str
    release_reference: str
    torque_nm: str | None
    tool: str | None
    tool_due: str | None


def fittings(connection: Connection, case: CaseView) -> dict[str, Row]:
    """How each component was last fitted in this case, by item."""
    rows = connection.execute(
        sa.select(Fitting.__table__)
        .where(Fitting.org_id == case.org_id, Fitting.case_id == case.id)
        .order_by(Fitting.id)
    )
    return {row.item_id: row for row in rows}


def as_built(connection: Connection, case: CaseView) -> list[Built]:
    """The unit as it is put together now, in the order of the pack."""
    inside = {row.position: row for row in parts.installed(connection, case.org_id, case.item.id)}
    new = {row.item_id: row for row in replaced(connection, case)}
    worked = {row.item_id for row in operations(connection, case)}
    fitted = fittings(connection, case)
    found = [(one, inside[one.code]) for one in places(connection, case) if one.code in inside]
    return [
        _built(one, item, new=new.get(item.id), fitting=fitted.get(item.id), worked=item.id in worked)
        for one, item in found
    ]


def _built(place: Place, item: Row, *, new: Row | None, fitting: Row | None, worked: bool) -> Built:
    return Built(
        place.code,
        place.position,
        item,
        new.origin if new is not None else ("restored" if worked else "reused"),
        "" if new is None else new.release_reference,
        None if fitting is None else fitting.torque_nm,
        None if fitting is None else fitting.tool,
        None if fitting is None else fitting.tool_due,
    )


def open_places(connection: Connection, case: CaseView) -> list[Place]:
    """Places that nothing fills: no installed part, not left undisturbed, not deleted by a change (I20)."""
    inside = {row.position for row in parts.installed(connection, case.org_id, case.item.id)}
    return [one for one in places(connection, case) if one.code not in inside and not is_closed(one)]


def is_closed(place: Place) -> bool:
    """Whether the place stays as it is: not disturbed, or deleted by a change, whatever was found in it."""
    return place.report is not None and place.report.what in _CLOSED


def mismatched(connection: Connection, case: CaseView) -> list[str]:
    """Places whose part has not the size that its mate was worked to (I17).

    Where a component went to a step, its mates come in with the same step; where none did, they have none.
    """
    here = active(connection, case)
    wanted = wanted_sizes(connection, case)
    new = {row.item_id: row for row in replaced(connection, case)}
    return [
        place
        for place, row in here.items()
        if not _agrees(wanted.get(row.component, set()), new.get(row.item_id))
    ]


def wanted_sizes(connection: Connection, case: CaseView) -> dict[str, set[Decimal]]:
    """The sizes that components which stay in the unit ask of their mates, by component."""
    staying = {row.item_id for row in active(connection, case).values()}
    wanted: dict[str, set[Decimal]] = {}
    for row in inspection.size_steps(connection, case.org_id, case.id):
        if row.item_id in staying:
            for mate in json.loads(row.mates):
                wanted.setdefault(mate, set()).add(Decimal(row.step))
    return wanted


def _agrees(wanted: set[Decimal], new: Row | None) -> bool:
    size = None if new is None or new.size_step is None else Decimal(new.size_step)
    return wanted == (set() if not size else {size})


def untrue_torques(connection: Connection, case: CaseView) -> list[Row]:
    """Fittings of what is in the unit now whose torque was set without a tool in calibration."""
    inside = {row.id for row in parts.installed(connection, case.org_id, case.item.id)}
    return [
        row
        for row in fittings(connection, case).values()
        if row.item_id in inside and row.torque_nm is not None and row.tool_due is None
    ]
