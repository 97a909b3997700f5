"""The planner says what is done to which component (SM-1 no. 15)."""

from __future__ import annotations

import pytest

from remanu.restoration import queries
from remanu.restoration.events.repair import Planned
from tests.restoration import promises


@pytest.fixture
def shop(yard):
    """Every component has its disposition: crankshaft and block are to be restored."""
    return yard.until("DISPOSITIONED")


def plan(yard, **changed):
    """Grinding and milling, unless something else is said."""
    asked = {"crankshaft": "crank-grinding", "cylinder-block": "deck-milling", **changed}
    return tuple(Planned(item=yard.item(position), operation=code) for position, code in asked.items())


def test_the_plan_stands(shop):
    """Each planned operation waits for its technician; the same one twice is planned once."""
    given = plan(shop)
    shop.act("planner", "start_restoration", plan=(*given, given[0]))
    assert shop.view().state == "IN_RESTORATION"
    assert {(row.item_id, row.operation) for row in shop.of_case(queries.still_planned)} == {
        (one.item, one.operation) for one in given
    }


def test_roles_and_organisations(shop, outsider):
    """The planner of the same organisation alone."""
    promises.only_its_roles(shop, "start_restoration", shop.case, plan=())
    promises.only_its_organisation(shop, outsider, "start_restoration", shop.case, plan=())


@pytest.mark.parametrize("state", ["INSPECTED", "IN_RESTORATION"])
def test_only_after_the_dispositions(yard, state):
    """Neither before, nor twice."""
    yard.until(state)
    promises.only_from(yard, "planner", "start_restoration", plan=())


def test_every_component_to_be_restored_needs_an_operation(shop):
    """Without a plan for the block it does not start."""
    promises.misses(shop, "planner", "start_restoration", "operations_planned", plan=plan(shop)[:1])


def test_what_is_sound_needs_none(shop):
    """Nothing is planned on a part that is used again as it is."""
    odd = Planned(item=shop.item("camshaft"), operation="laser-cladding")
    promises.odd(
        shop,
        "planner",
        "start_restoration",
        "plan.2.item_id",
        "nothing-to-salvage",
        plan=(*plan(shop), odd),
    )


def test_operations_come_from_the_family(shop):
    """What the pack does not allow on a component cannot be planned on it."""
    promises.odd(
        shop,
        "planner",
        "start_restoration",
        "plan.0.operation",
        "not-a-choice",
        plan=plan(shop, crankshaft="deck-milling"),
    )
