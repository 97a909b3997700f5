"""Reading restoration; here all questions stand under one name."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.engine import Connection

from remanu.families.characteristic import Characteristic
from remanu.inspection import queries as inspection
from remanu.parts.queries import CaseView, limited
from remanu.parts.queries.limited import Limited
from remanu.restoration.queries.rows import (
    Row,
    case_of,
    cleanings,
    family_of,
    fittings,
    host_of,
    in_case,
    operations,
    parameters,
    planned,
    replaced,
    reports,
    times_done,
    work_order,
)
from remanu.restoration.queries.sight import SALVAGE, Built, Place, Sight, demanded, is_recorded
from remanu.restoration.queries.trial import TestRun, reworks, running, test_result, tests
from remanu.restoration.queries.worth import worth
from remanu.rules.classes import Depth
from remanu.rules.masses import MassBalance
from remanu.rules.readings import STAGES
from remanu.rules.workshop import LOOP_LIMIT

__all__ = [
    "ASKED",
    "SALVAGE",
    "Built",
    "MassBalance",
    "Place",
    "Row",
    "Sight",
    "TestRun",
    "active",
    "as_built",
    "case_of",
    "cleanings",
    "demanded",
    "depth",
    "facts",
    "family_of",
    "fittings",
    "host_of",
    "in_case",
    "is_recorded",
    "lifeless",
    "mass_balance",
    "mismatched",
    "open_places",
    "operations",
    "parameters",
    "places",
    "planned",
    "replaced",
    "reports",
    "resources",
    "reworks",
    "running",
    "serviceable",
    "still_planned",
    "test_result",
    "tests",
    "times_done",
    "to_measure",
    "waits_for_reading",
    "wanted_sizes",
    "work_order",
    "worth",
]

ASKED: frozenset[str] = frozenset(
    {
        "routing_frozen",
        "standard_frozen",
        "class_targeted",
        "method_allowed",
        "effluent_booked",
        "operations_planned",
        "procedure_frozen",
        "rig_in_calibration",
        "points_within",
        "witnessed_if_asked",
        "nonconformity_raised",
        "cause_recorded",
        "owner_agrees",
        "harvest_recorded",
        "second_person_confirmed",
        "mutilation_shown",
    }
)
"""Guards that the form of the act itself answers."""


def facts(connection: Connection, case: CaseView, now: datetime) -> dict[str, bool]:
    """The guards that the tables of restoration answer; before the work order is open, none but the loops."""
    loops = {"loops_left": case.loops < LOOP_LIMIT}
    seen = Sight(connection, case)
    if seen.order is None:
        return loops
    here = list(seen.active.values())
    return {
        **loops,
        "as_found_recorded": is_recorded(seen.places, seen.order.depth),
        "operations_done": not seen.still_planned,
        "processes_qualified": all(row.authorisation for row in seen.done if row.special),
        "restored_remeasured": all(map(seen.is_restored, here)),
        "positions_filled": not seen.open_places,
        "parts_serviceable": all(seen.serviceable(row) for row in here if row.position in seen.inside),
        "lives_hold": not lifeless(connection, case, now),
        "mating_rules_hold": not seen.mismatched,
        "torque_calibrated": not seen.untrue_torques,
        "mass_balanced": seen.mass_balance.closed,
    }


def lifeless(connection: Connection, case: CaseView, now: datetime) -> list[Limited]:
    """The life-limited parts of the unit, at any depth, that may not be released (I10)."""
    return [one for one in limited.in_case(connection, case, family_of(case), now) if not one.serviceable]


# Single questions about a case; whoever has several takes one Sight.


def places(connection: Connection, case: CaseView) -> list[Place]:
    """Every place of the family's tree but the unit's own, in the order of the pack."""
    return Sight(connection, case).places


def active(connection: Connection, case: CaseView) -> dict[str, Row]:
    """The component that belongs in each place now: neither replaced nor scrapped."""
    return Sight(connection, case).active


def depth(connection: Connection, case: CaseView) -> Depth:
    """How deep the unit was taken apart: none, affected, modules or parts."""
    return Sight(connection, case).depth


def as_built(connection: Connection, case: CaseView) -> list[Built]:
    """The unit as it is put together now, in the order of the pack."""
    return Sight(connection, case).as_built


def open_places(connection: Connection, case: CaseView) -> list[Place]:
    """Places that nothing fills (I20)."""
    return Sight(connection, case).open_places


def mismatched(connection: Connection, case: CaseView) -> list[str]:
    """Places whose part has not the size that its mate was worked to (I17)."""
    return Sight(connection, case).mismatched


def wanted_sizes(connection: Connection, case: CaseView) -> dict[str, set[Decimal]]:
    """The sizes that components which stay in the unit ask of their mates, by component."""
    return Sight(connection, case).wanted_sizes


def still_planned(connection: Connection, case: CaseView) -> list[Row]:
    """Planned operations that nobody has done."""
    return Sight(connection, case).still_planned


def serviceable(connection: Connection, case: CaseView, route: Row) -> bool:
    """Whether a component, a row of `active`, may go into the unit."""
    return Sight(connection, case).serviceable(route)


def to_measure(
    connection: Connection, case: CaseView, *, item_id: str, component: str
) -> tuple[Characteristic, ...]:
    """What is to be measured on a component now, in the order of the pack.

    That is what inspection asks for at this stage, and what an operation restored that nobody has measured since,
    even where it was within its limits before: the work may have moved it (I18).
    """
    stage = STAGES.get(case.state)
    if stage is None:
        return ()
    found = inspection.results(connection, case.org_id, case.id, item_id)
    due = {one.code for one in inspection.due(family_of(case), component, stage=stage, found=found)}
    if stage != "as_found":
        due.update(Sight(connection, case).unrestored(item_id))
    return tuple(one for one in family_of(case).characteristics_of(component) if one.code in due)


def waits_for_reading(connection: Connection, case: CaseView, route: Row) -> bool:
    """Whether a reading is what a component waits for now.

    One that is to be replaced or worked on first waits for that, and one that may go in as it is for nothing: what was
    accepted outside new limits is not measured until it is within them.
    """
    seen = Sight(connection, case)
    if route.item_id not in {row.item_id for row in seen.active.values()} or seen.serviceable(route):
        return False
    planned_on = {row.item_id for row in seen.still_planned}
    if route.item_id in planned_on or (route.disposition or "").startswith("REPLACE"):
        return False
    return bool(to_measure(connection, case, item_id=route.item_id, component=route.component))


def resources(connection: Connection, case: CaseView) -> dict[str, tuple[str, str]]:
    """What cleaning and operations used up: amount and unit by energy, water, material and waste."""
    return Sight(connection, case).resources


def mass_balance(connection: Connection, case: CaseView) -> MassBalance:
    """Where the mass went, and whether it is known to one per cent (I25)."""
    return Sight(connection, case).mass_balance
