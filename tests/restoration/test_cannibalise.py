"""A unit is given up for its parts (SM-1 no. 30)."""

from __future__ import annotations

import pytest

from remanu.parts import actions, queries
from remanu.restoration.actions import Wanted
from tests.restoration import promises

BLOCK = Wanted(position="cylinder-block", part_number="NW-BLOCK", serial="CB-1", mass_kg="210")
GIVEN = {"harvest": (BLOCK,), "owner_agrees": True}


@pytest.fixture
def shop(yard):
    """An accepted core whose counter was read."""
    yard.until("ACCEPTED")
    read = {"counter": "hours", "origin": "instrument"}
    for value in ("11800", "12400"):
        yard.do(actions.read_counter, yard.who["technician"], yard.unit, value=value, **read)
    return yard


def test_each_part_begins_unreleased_with_the_counters_of_the_unit(shop):
    """I12."""
    done = shop.act("planner", "cannibalise", **GIVEN)
    (taken,) = done.body.harvest
    item = shop.row(taken.item)
    assert (shop.view().state, shop.row(shop.unit).condition) == ("DONOR", "donor")
    assert (item.component, item.serial, item.condition, item.origin) == (
        "cylinder-block",
        "CB-1",
        "unreleased",
        "donor",
    )
    (reading,) = shop.ask(queries.counters, shop.org_id, item.id)
    assert (reading.counter, reading.value, reading.origin) == ("hours", "12400", "host")
    kinds = [row.kind for row in shop.ask(queries.history, shop.org_id, item.id)]
    assert kinds == ["restoration.cannibalise", "parts.read_counter", "parts.register"]


def test_a_part_with_a_record_keeps_it(yard):
    """What was recorded or installed already is taken out and goes on under its own code."""
    yard.until("REASSEMBLED")
    head = yard.item("cylinder-head")
    yard.act("planner", "cannibalise", harvest=(Wanted(position="cylinder-head"),), owner_agrees=True)
    assert yard.row(head).condition == "unreleased"
    assert head not in {row.id for row in yard.ask(queries.installed, yard.org_id, yard.unit)}


def test_roles_and_organisations(shop, outsider):
    """The planner of the same organisation alone."""
    promises.only_its_roles(shop, "cannibalise", shop.case, **GIVEN)
    promises.only_its_organisation(shop, outsider, "cannibalise", shop.case, **GIVEN)


def test_not_twice(shop):
    """A donor is a donor."""
    shop.act("planner", "cannibalise", **GIVEN)
    promises.only_from(shop, "planner", "cannibalise", **GIVEN)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"owner_agrees": False}, "owner_agrees"),
        ({"harvest": ()}, "harvest_recorded"),
    ],
)
def test_what_is_missing_is_named(shop, given, missing):
    """The owner agrees, and something is taken."""
    promises.misses(shop, "planner", "cannibalise", missing, **{**GIVEN, **given})


@pytest.mark.parametrize(
    ("wanted", "field", "why"),
    [
        (Wanted(position="wing", part_number="X"), "harvest.wing.position", "no-such-position"),
        (Wanted(position="camshaft"), "harvest.camshaft.part_number", "required"),
        (
            Wanted(position="camshaft", part_number="X", mass_kg="-1"),
            "harvest.camshaft.mass_kg",
            "negative",
        ),
    ],
)
def test_odd_entries(shop, wanted, field, why):
    """Each is named by its place, and no part before it is stored."""
    promises.odd(shop, "planner", "cannibalise", field, why, harvest=(BLOCK, wanted), owner_agrees=True)


def test_a_place_is_named_once(shop):
    """One place gives one part."""
    promises.odd(
        shop,
        "planner",
        "cannibalise",
        "harvest.cylinder-block.position",
        "given-twice",
        harvest=(BLOCK, BLOCK),
        owner_agrees=True,
    )
