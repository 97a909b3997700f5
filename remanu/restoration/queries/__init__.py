"""Reading restoration; here all questions stand under one name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.engine import Connection

from remanu.parts.queries import CaseView
from remanu.restoration.queries.assembly import (
    Built,
    as_built,
    fittings,
    is_closed,
    mismatched,
    open_places,
    untrue_torques,
    wanted_sizes,
)
from remanu.restoration.queries.places import (
    Place,
    Row,
    active,
    case_of,
    cleanings,
    demanded,
    depth,
    family_of,
    host_of,
    in_case,
    is_recorded,
    places,
    reports,
    sitting,
    work_order,
)
from remanu.restoration.queries.trial import TestRun, reworks, running, test_result, tests
from remanu.restoration.queries.work import (
    SALVAGE,
    is_restored,
    mass_balance,
    operations,
    parameters,
    planned,
    replaced,
    resources,
    serviceable,
    still_planned,
    times_done,
    unrestored,
)
from remanu.rules.masses import MassBalance
from remanu.rules.workshop import LOOP_LIMIT

__all__ = [
    "ASKED",
    "SALVAGE",
    "Built",
    "MassBalance",
    "Place",
    "Row",
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
    "is_closed",
    "is_recorded",
    "is_restored",
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
    "sitting",
    "still_planned",
    "test_result",
    "tests",
    "times_done",
    "unrestored",
    "untrue_torques",
    "wanted_sizes",
    "work_order",
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


def facts(connection: Connection, case: CaseView, _now: datetime) -> dict[str, bool]:
    """The guards that the tables of restoration answer; before the work order is open, none but the loops."""
    loops = {"loops_left": case.loops < LOOP_LIMIT}
    order = work_order(connection, case)
    if order is None:
        return loops
    done, here = operations(connection, case), active(connection, case)
    return {
        **loops,
        "as_found_recorded": is_recorded(places(connection, case), order.depth),
        "operations_done": not still_planned(connection, case),
        "processes_qualified": all(row.authorisation for row in done if row.special),
        "restored_remeasured": all(is_restored(connection, case, route, done) for route in here.values()),
        "positions_filled": not open_places(connection, case),
        "parts_serviceable": all(
            serviceable(connection, case, route, done)
            for route in here.values()
            if route.host_id == case.item.id
        ),
        "mating_rules_hold": not mismatched(connection, case),
        "torque_calibrated": not untrue_torques(connection, case),
        "mass_balanced": mass_balance(connection, case).closed,
    }
