"""A part found in its place gets a record of its own."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.parts import actions
from remanu.parts import queries as parts
from remanu.parts.models import Installation, InstalledNow, Item
from remanu.parts.queries import trees, usage
from remanu.restoration import queries
from tests.builders import make_item
from tests.restoration import promises

CRANK = {"position": "crankshaft", "part_number": "NW-CRANK", "serial": "CR-7"}


@pytest.fixture
def shop(yard):
    """The work order is open."""
    return yard.until("IN_WORK")


def test_a_part_is_recorded(shop):
    """It is registered in the same act, has its place in the case, and is not released."""
    done = shop.act("technician", "record_component", **CRANK, mass_kg="48.5")
    item = shop.row(done.subject.id)
    assert (item.component, item.name, item.maker, item.serial) == (
        "crankshaft",
        "Crankshaft",
        "Nordwerk",
        "CR-7",
    )
    assert (item.condition, item.origin, item.mass_kg) == ("unreleased", "core", "48.5")
    rows = shop.ask(parts.history, shop.org_id, item.id)
    assert [row.kind for row in rows] == ["restoration.record_component", "parts.register"]
    assert len({row.act_id for row in rows}) == 1
    assert shop.item("crankshaft") == item.id


@pytest.mark.parametrize("what", ["missing", "not_disturbed"])
def test_a_place_without_a_part(shop, what):
    """It stands in the unit's own chain, and a part found after all takes its place."""
    done = shop.act("technician", "record_component", position="crankshaft", what=what)
    assert done.subject.id == shop.unit
    said = {one.code: one.said for one in shop.of_case(queries.places)}
    assert said["crankshaft"] == what
    shop.act("technician", "record_component", **CRANK)
    assert shop.of_case(queries.reports) == {}


def test_roles_and_organisations(shop, outsider):
    """The technician of the same organisation alone."""
    promises.only_its_roles(shop, "record_component", shop.case, **CRANK)
    promises.only_its_organisation(shop, outsider, "record_component", shop.case, **CRANK)


def test_only_while_the_unit_is_in_work(yard):
    """Once it is apart, nothing more is found."""
    yard.until("DISASSEMBLED")
    promises.only_from(yard, "technician", "record_component", position="seal-set", part_number="X")


def test_not_on_hold(shop):
    """A hold stops this as well."""
    shop.do(actions.hold, shop.who["quality"], shop.case, why="hazard")
    promises.misses(shop, "technician", "record_component", "not_on_hold", **CRANK)


def test_a_place_holds_one_part(shop):
    """The second part in a place is refused."""
    shop.act("technician", "record_component", **CRANK)
    promises.contradicts(shop, "technician", "record_component", "position-filled", **CRANK)


def test_the_same_part_is_not_in_two_places(shop):
    """A serial that is recorded in this unit already is refused in another place."""
    shop.act("technician", "record_component", **CRANK)
    again = {**CRANK, "position": "camshaft"}
    promises.contradicts(shop, "technician", "record_component", "already-recorded", **again)


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"position": "wing"}, "position", "no-such-position"),
        ({"position": "engine"}, "position", "no-such-position"),
        ({"what": "broken"}, "what", "not-a-choice"),
        ({"part_number": None}, "part_number", "required"),
        ({"part_number": "A\nB"}, "part_number", "control-character"),
        ({"serial": "--"}, "serial", "empty"),
        ({"mass_kg": "-1"}, "mass_kg", "negative"),
        ({"mass_kg": "NaN"}, "mass_kg", "not-a-number"),
    ],
)
def test_odd_entries(shop, given, field, why):
    """Each is named with its reason, and nothing is stored."""
    promises.odd(shop, "technician", "record_component", field, why, **{**CRANK, **given})


def _remember(yard, item_id, **values):
    mine = sa.update(Item).where(Item.org_id == yard.org_id, Item.id == item_id)
    yard.do(lambda tx: tx.execute(mine.values(**values)))


def _seat(yard, item_id, position):
    key = {"org_id": yard.org_id, "item_id": item_id, "host_id": yard.unit, "position": position}

    def seat(tx):
        tx.execute(sa.insert(Installation).values(id=tx.new_id(), from_at=tx.now, **key))
        tx.execute(sa.insert(InstalledNow).values(**key))

    yard.do(seat)


def test_a_part_with_a_record_goes_on_under_it(shop):
    """What an earlier life put into the unit is found again, and leaves its position."""
    kept = {"component": "crankshaft", "part_number": "NW-CRANK", "serial": "CR-7"}
    old = shop.do(make_item, shop.who["technician"], **kept).subject.id
    _seat(shop, old, "crankshaft")
    done = shop.act("technician", "record_component", **CRANK)
    assert done.subject.id == old
    assert shop.ask(parts.installed, shop.org_id, shop.unit) == []


def test_a_set_without_a_serial_goes_on_under_its_record(shop):
    """The same number in the same place is the same set; another number is another one."""
    made = {"component": "piston", "part_number": "NW-PISTON", "serial": None}
    old = shop.do(make_item, shop.who["technician"], **made).subject.id
    _seat(shop, old, "piston")
    done = shop.act("technician", "record_component", position="piston", part_number="nw-piston")
    assert done.subject.id == old
    other = shop.do(make_item, shop.who["technician"], **made).subject.id
    _seat(shop, other, "conrod")
    found = shop.act("technician", "record_component", position="conrod", part_number="NW-CONROD")
    assert found.subject.id not in {old, other}
    assert found.body.removes == (other,)


def test_what_was_scrapped_never_comes_back(shop):
    """I11."""
    kept = {"component": "crankshaft", "part_number": "NW-CRANK", "serial": "CR-7"}
    old = shop.do(make_item, shop.who["technician"], **kept).subject.id
    _remember(shop, old, condition="scrapped")
    promises.contradicts(shop, "technician", "record_component", "scrapped-part", **CRANK)


def test_what_sits_in_another_unit_is_not_here(shop):
    """I4."""
    kept = {"component": "crankshaft", "part_number": "NW-CRANK", "serial": "CR-7"}
    old = shop.do(make_item, shop.who["technician"], **kept).subject.id
    host = shop.do(make_item, shop.who["technician"], serial="OTHER").subject.id
    key = {"org_id": shop.org_id, "item_id": old, "host_id": host, "position": "crankshaft"}
    shop.do(lambda tx: tx.execute(sa.insert(InstalledNow).values(**key)))
    promises.contradicts(shop, "technician", "record_component", "installed-elsewhere", **CRANK)


def test_what_was_found_sat_there_since_the_unit_came(shop, clock):
    """A part that nobody had recorded is known to have been in it from receipt on, in the assembly around it."""
    clock.advance(hours=5)
    block = shop.act("technician", "record_component", position="cylinder-block", part_number="B", serial="B-1")
    crank = shop.act("technician", "record_component", **CRANK)
    ((since, host, left),) = [
        (row.from_at, row.host_id, row.to_at)
        for row in shop.ask(usage.installations, shop.org_id, crank.subject.id)
    ]
    assert (host, left) == (block.subject.id, clock.now())
    assert since == shop.view().opened_at
    before = shop.ask(trees.tree, shop.org_id, shop.unit, since)
    assert {row.position for row in before} == {"cylinder-block", "crankshaft"}


def test_a_part_that_is_missing_leaves_its_place(shop):
    """What the record said sat there is not there, and the place can be filled."""
    old = shop.do(make_item, shop.who["technician"], component="crankshaft", serial="CR-7").subject.id
    _seat(shop, old, "crankshaft")
    done = shop.act("technician", "record_component", position="crankshaft", what="missing")
    assert done.body.removes == (old,)
    assert shop.ask(trees.inside, shop.org_id, shop.unit) == []


def test_the_way_in_is_found_on_every_level(shop):
    """A part that an earlier life put into an assembly of the unit is found there, the assembly out or not."""
    who, old = shop.who["technician"], {}
    for name in ("cylinder-block", "crankshaft"):
        made = {"component": name, "part_number": f"NW-{name}", "serial": name}
        old[name] = shop.do(make_item, who, **made).subject.id
    _seat(shop, old["cylinder-block"], "cylinder-block")
    code = shop.row(old["crankshaft"]).code
    shop.do(actions.fit, who, old["cylinder-block"], position="crankshaft", code=code)
    for name in ("cylinder-block", "crankshaft"):
        given = {"position": name, "part_number": f"NW-{name}", "serial": name}
        done = shop.act("technician", "record_component", **given)
        assert (done.subject.id, done.body.removes, done.body.sat) == (old[name], (old[name],), None)
