"""Reading what was done to components: planned and done operations, replaced parts, and what the work used up."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.inspection import queries as inspection
from remanu.parts.queries import CaseView
from remanu.restoration.models import (
    OperationDone,
    OperationParameter,
    PlannedOperation,
    Replacement,
    WorkOrder,
)
from remanu.restoration.queries.places import active, cleanings, family_of
from remanu.rules import masses

Row = sa.Row[Any]
SALVAGE = frozenset({"SALVAGE", "SALVAGE_SIZE_STEP"})
_KEPT = frozenset({"REUSE_AS_IS", "ACCEPT_SERVICE_LIMIT"}) | SALVAGE


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


def planned(connection: Connection, case: CaseView) -> list[Row]:
    """What the planner asked for: rows of `item_id` and `operation`."""
    return list(
        connection.execute(
            sa.select(PlannedOperation.__table__)
            .where(PlannedOperation.org_id == case.org_id, PlannedOperation.case_id == case.id)
            .order_by(PlannedOperation.item_id, PlannedOperation.operation)
        )
    )


def still_planned(connection: Connection, case: CaseView) -> list[Row]:
    """Planned operations that nobody has done; what was replaced meanwhile needs none."""
    here = {row.item_id for row in active(connection, case).values()}
    done = {(row.item_id, row.operation) for row in operations(connection, case)}
    return [
        row
        for row in planned(connection, case)
        if row.item_id in here and (row.item_id, row.operation) not in done
    ]


def replaced(connection: Connection, case: CaseView) -> list[Row]:
    """Every part that came in from outside, oldest first, those replaced again among them."""
    return list(
        connection.execute(
            sa.select(Replacement.__table__)
            .where(Replacement.org_id == case.org_id, Replacement.case_id == case.id)
            .order_by(Replacement.replaced_at, Replacement.item_id)
        )
    )


def unrestored(connection: Connection, case: CaseView, route: Row, done: Iterable[Row]) -> tuple[str, ...]:
    """What was worked on and not measured again within new limits since its last operation (I18)."""
    last = {code: row.seq for row in done if row.item_id == route.item_id for code in row.restores.split()}
    return tuple(
        code
        for seq in sorted(set(last.values()))
        for code in inspection.not_restored(
            connection,
            case,
            route.item_id,
            characteristics=[code for code, of in last.items() if of == seq],
            after=seq,
        )
    )


def is_restored(connection: Connection, case: CaseView, route: Row, done: list[Row]) -> bool:
    """Whether nothing that was worked on, or had to be, waits for a measurement within new limits (I18)."""
    if route.disposition in SALVAGE:
        return serviceable(connection, case, route, done)
    return not unrestored(connection, case, route, done)


def serviceable(connection: Connection, case: CaseView, route: Row, done: list[Row]) -> bool:
    """Whether a component may go into the unit.

    A part from outside is serviceable by its release reference, a sound one by its disposition, a worked one when
    what was worked on is measured again within new limits; what was to be salvaged has to be worked on.
    """
    if route.condition == "scrapped":
        return False
    if not route.found:
        return True
    worked = any(row.item_id == route.item_id for row in done)
    if route.disposition not in _KEPT or (route.disposition in SALVAGE and not worked):
        return False
    if unrestored(connection, case, route, done):
        return False
    if route.disposition not in SALVAGE:
        return True
    known = inspection.results(connection, case.org_id, case.id, route.item_id)
    return not inspection.due(family_of(case), route.component, stage="after_operation", found=known)


def resources(connection: Connection, case: CaseView) -> dict[str, tuple[str, str]]:
    """What cleaning and operations used up: amount and unit by name."""
    done, clean = operations(connection, case), cleanings(connection, case)
    return {
        "energy": (_sum(row.energy_kwh for row in (*done, *clean)), "kW.h"),
        "water": (_sum(row.water_l for row in (*done, *clean)), "L"),
        "material": (_sum(row.material_kg for row in done), "kg"),
        "waste": (_sum(row.waste_kg for row in (*done, *clean)), "kg"),
    }


def _sum(amounts: Iterable[str]) -> str:
    return format(sum(map(Decimal, amounts), Decimal(0)), "f")


def mass_balance(connection: Connection, case: CaseView) -> masses.MassBalance:
    """Where the mass went: the core as it was weighed, parts and material in; the unit, scrap and waste out (I25).

    A sum is unknown as long as one of its parts was not weighed.
    """
    used, new = resources(connection, case), replaced(connection, case)
    unit = connection.execute(
        sa.select(WorkOrder.unit_mass_kg).where(WorkOrder.org_id == case.org_id, WorkOrder.case_id == case.id)
    ).scalar()
    return masses.balance(
        came_in={
            "core": case.item.mass_kg,
            "new_parts": _whole(row.mass_kg for row in new),
            "material": used["material"][0],
        },
        went_out={
            "unit": unit,
            "replaced_parts": _whole(row.old_mass_kg for row in new),
            "waste": used["waste"][0],
        },
    )


def _whole(amounts: Iterable[str | None]) -> str | None:
    known = list(amounts)
    weighed = [one for one in known if one is not None]
    return _sum(weighed) if len(weighed) == len(known) else None
