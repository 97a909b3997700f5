"""An operation is done on a component."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.accounts import actions as accounts
from remanu.accounts import queries as people
from remanu.errors import NotAuthorised
from remanu.parts import actions as items
from remanu.parts.models import Item
from remanu.parts.queries import trees
from remanu.restoration import queries
from remanu.restoration.events.repair import Parameter
from tests.restoration import promises

GIVEN = {"operation": "crank-grinding", "edition": "P-7/3", "energy_kwh": "14.2", "waste_kg": "0.8"}


@pytest.fixture
def shop(yard):
    """The restoration has started."""
    return yard.until("IN_RESTORATION")


def test_it_is_recorded(shop):
    """What has to be measured again, how often it was done, and what it used up."""
    crank = shop.item("crankshaft")
    shop.act(
        "technician",
        "operate",
        crank,
        parameters=(Parameter(name="feed", value="0.02", unit="mm"),),
        material="wheel",
        batch="B-1",
        material_kg="0.1",
        **GIVEN,
    )
    (row,) = shop.of_case(queries.operations)
    assert (row.operation, row.edition, row.nth, row.special) == ("crank-grinding", "P-7/3", 1, False)
    assert row.restores.split()[0] == "main-journal-diameter"
    settings = shop.of_case(queries.parameters)[row.id]
    assert [(one.name, one.value, one.unit) for one in settings] == [("feed", "0.02", "mm")]
    assert shop.of_case(queries.resources)["material"] == ("0.1", "kg")
    assert {one.item_id for one in shop.of_case(queries.still_planned)} == {shop.item("cylinder-block")}


def test_roles_and_organisations(shop, outsider):
    """The technician of the same organisation alone."""
    crank = shop.item("crankshaft")
    promises.only_its_roles(shop, "operate", crank, **GIVEN)
    promises.only_its_organisation(shop, outsider, "operate", crank, **GIVEN)


@pytest.mark.parametrize("state", ["DISPOSITIONED", "RESTORED"])
def test_only_in_restoration(yard, state):
    """Neither before it starts, nor after it ended."""
    yard.until(state)
    promises.only_from(yard, "technician", "operate", yard.item("crankshaft"), **GIVEN)


def test_a_special_process_names_its_authorisation(shop):
    """The number under which it was done stands in the record."""
    done = shop.act(
        "technician", "operate", shop.item("crankshaft"), **{**GIVEN, "operation": "re-hardening"}
    )
    assert (done.body.special, done.body.authorisation) == (True, "XA-special_process")


def test_a_special_process_needs_one_of_that_day(shop, clock):
    """Withdrawn, or past its last day, it covers nothing any more (I36)."""
    given = {**GIVEN, "operation": "re-hardening"}
    clock.advance(days=400)
    with promises.nothing_written(shop), pytest.raises(NotAuthorised) as refused:
        shop.act("technician", "operate", shop.item("crankshaft"), **given)
    assert refused.value.details == {
        "activity": "special_process",
        "family": "diesel-engine",
        "scope": "re-hardening",
        "givers": ["admin", "quality"],
    }
    clock.advance(days=-400)
    held = shop.ask(people.authorisations, shop.org_id, shop.who["technician"].ref)
    shop.do(accounts.withdraw_authorisation, shop.place.actor(shop.who["admin"].ref), held[0].id)
    clock.advance(minutes=1)
    with pytest.raises(NotAuthorised):
        shop.act("technician", "operate", shop.item("crankshaft"), **given)


def test_the_unit_itself_is_not_worked_on(shop):
    """Operations are done on components."""
    promises.contradicts(shop, "technician", "operate", "not-of-unit", shop.unit, **GIVEN)


def test_a_part_in_no_case(shop):
    """A part that is not in work is left alone."""
    from tests.builders import make_item  # noqa: PLC0415 -- a part beside the case

    alone = shop.do(make_item, shop.who["technician"], serial="ALONE").subject.id
    promises.contradicts(shop, "technician", "operate", "no-case", alone, **GIVEN)


def test_what_is_to_be_replaced_is_not_worked_on(shop):
    """The disposition has to be changed first."""
    turbo = shop.item("turbocharger")
    promises.contradicts(shop, "technician", "operate", "to-be-replaced", turbo, **GIVEN)


def test_what_was_replaced_is_no_longer_in_the_case(shop):
    """A scrapped part is not worked on."""
    turbo = shop.item("turbocharger")
    shop.tell("renew")
    promises.contradicts(shop, "technician", "operate", "out-of-case", turbo, **GIVEN)


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"operation": "deck-milling"}, "operation", "not-a-choice"),
        ({"edition": " "}, "edition", "empty"),
        ({"energy_kwh": "-3"}, "energy_kwh", "negative"),
        ({"water_l": "much"}, "water_l", "not-a-number"),
        ({"material_kg": "0.2"}, "material", "required"),
        ({"material_kg": "0.2", "material": "powder"}, "batch", "required"),
        (
            {"parameters": (Parameter(name="a", value="1", unit="parsec"),)},
            "parameters.0.unit",
            "unknown-unit",
        ),
        (
            {"parameters": (Parameter(name="a", value="1", unit="mm"),) * 2},
            "parameters.1.name",
            "given-twice",
        ),
    ],
)
def test_odd_entries(shop, given, field, why):
    """Each is named with its reason; material that stays in a part can be traced."""
    crank = shop.item("crankshaft")
    promises.odd(shop, "technician", "operate", field, why, crank, **{**GIVEN, **given})


def change(yard, item_id, **values):
    """Write what no act of these tests can bring about."""
    mine = sa.update(Item).where(Item.org_id == yard.org_id, Item.id == item_id)
    yard.do(lambda tx: tx.execute(mine.values(**values)))


def test_a_repair_has_its_limit(shop):
    """I19: the pack of the aero engine allows two tip welds in all lives of a blade set."""
    blades = shop.item("crankshaft")
    shop.becomes("aero-engine")
    change(shop, blades, component="hpt-blade-set")
    weld = {**GIVEN, "operation": "tip-weld"}
    assert [shop.act("technician", "operate", blades, **weld).body.nth for _ in range(2)] == [1, 2]
    promises.contradicts(shop, "technician", "operate", "repair-count-reached", blades, **weld)


def test_an_installed_part_is_taken_out_for_it(yard):
    """In rework it leaves its place with what sits on it; the counters are kept (I5), and it is installed again."""
    yard.until("IN_TEST")
    yard.tell("fail_test")
    yard.act("planner", "resume", cause="machining")
    crank = yard.item("crankshaft")
    read = {"counter": "hours", "origin": "instrument", "value": "12400"}
    yard.do(items.read_counter, yard.who["technician"], yard.unit, **read)
    done = yard.act("technician", "operate", crank, **GIVEN)
    assert promises.hours_at_the_end(yard, crank) == [("host", "12400")]
    assert yard.act("technician", "operate", crank, **GIVEN).body.edges is None
    assert done.body.edges is not None
    inside = {row.position for row in yard.ask(trees.inside, yard.org_id, yard.unit)}
    assert "cylinder-block" in inside
    assert not inside & {"crankshaft", "flywheel", "conrod"}
    assert not yard.facts()["restored_remeasured"]
