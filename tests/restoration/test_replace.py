"""A part comes in from outside."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from remanu.parts import actions as items
from remanu.parts import queries as parts
from remanu.parts.actions import Unrecorded
from remanu.parts.models import ComponentRoute, InstalledNow, Item, PublicState
from remanu.restoration import actions, queries
from tests.builders import make_item
from tests.restoration import promises, story

TURBO = {
    "origin": "reman",
    "part_number": "NW-TURBOCHARGER",
    "serial": "TC-9",
    "release_reference": "XB-2026-0044",
    "mass_kg": "14.5",
    "old_mass_kg": "14.0",
}
SHELLS = {
    "position": "main-bearing-shell",
    "origin": "new",
    "part_number": "NW-SHELL",
    "release_reference": "DN-1",
}


@pytest.fixture
def shop(yard):
    """Every component has its disposition; the turbocharger goes out."""
    return yard.until("DISPOSITIONED")


def change(yard, table, item_id, **values):
    """Write what no act of these tests can bring about."""
    column = table.id if table is Item else table.item_id
    mine = sa.update(table).where(table.org_id == yard.org_id, column == item_id)
    yard.do(lambda tx: tx.execute(mine.values(**values)))


def test_one_comes_in_and_one_goes_out(shop):
    """The same body stands in both chains; the old part is scrapped, in public too, the new one serviceable."""
    old = shop.item("turbocharger")
    done = shop.act("technician", "replace", old, **TURBO)
    new = shop.row(done.subject.id)
    assert (new.component, new.serial, new.condition, new.origin) == (
        "turbocharger",
        "TC-9",
        "serviceable",
        "reman",
    )
    gone = shop.row(old)
    assert gone.condition == "scrapped"
    said = shop.ask(
        lambda c: c.execute(sa.select(PublicState.state).where(PublicState.uri == gone.uri)).scalar()
    )
    assert said == "scrapped"
    assert shop.item("turbocharger") == new.id
    assert shop.ask(parts.history, shop.org_id, old)[0].kind == "restoration.replace"
    (row,) = shop.of_case(queries.replaced)
    assert (row.old_item_id, row.release_reference, row.old_mass_kg) == (old, "XB-2026-0044", "14.0")


def test_an_empty_place_is_filled(shop):
    """What is renewed every time comes in on the unit itself; no old part had a record."""
    done = shop.act("technician", "replace", shop.unit, **SHELLS)
    assert done.body.old is None
    assert shop.row(done.subject.id).component == "main-bearing-shell"


def test_where_nothing_was_nothing_is_weighed(yard):
    """I25: a place that was found empty gave no mass, so that its new part does not keep the balance open."""
    shop = yard.until("IN_WORK")
    shop.act("technician", "record_component", position="main-bearing-shell", what="missing")
    shop.tell("disassemble", "clean", "inspect", "disposition")
    done = shop.act("technician", "replace", shop.unit, **SHELLS, mass_kg="1.2")
    assert done.body.old_mass_kg == "0"
    assert "replaced_parts" not in shop.of_case(queries.mass_balance).unknown


def test_roles_and_organisations(shop, outsider):
    """The technician of the same organisation alone."""
    turbo = shop.item("turbocharger")
    promises.only_its_roles(shop, "replace", turbo, **TURBO)
    promises.only_its_organisation(shop, outsider, "replace", turbo, **TURBO)


@pytest.mark.parametrize("state", ["INSPECTED", "IN_TEST"])
def test_only_between_disposition_and_assembly(yard, state):
    """Neither before it is decided, nor on the rig."""
    yard.until(state)
    promises.only_from(yard, "technician", "replace", yard.item("turbocharger"), **TURBO)


def test_not_twice(shop):
    """What went out is no longer in the case."""
    turbo = shop.item("turbocharger")
    shop.act("technician", "replace", turbo, **TURBO)
    promises.contradicts(shop, "technician", "replace", "out-of-case", turbo, **TURBO)


def test_a_place_that_is_filled(shop):
    """On the unit itself only empty places are filled."""
    given = {**SHELLS, "position": "camshaft"}
    promises.contradicts(shop, "technician", "replace", "position-filled", shop.unit, **given)


def test_the_identity_of_the_unit_stays(shop):
    """With another block it would be another unit (domain.md §3.1)."""
    block = shop.item("cylinder-block")
    promises.contradicts(shop, "technician", "replace", "identity-bearer", block, **TURBO)


@pytest.mark.parametrize(
    ("position", "origin"),
    [("main-bearing-shell", "used_serviceable"), ("seal-set", "reman")],
)
def test_what_is_renewed_every_time_is_new(shop, position, origin):
    """I16."""
    given = {**SHELLS, "position": position, "origin": origin}
    promises.odd(shop, "technician", "replace", "origin", "wrong-origin", shop.unit, **given)


def test_an_order_for_a_remanufactured_part_is_not_met_by_a_used_one(shop):
    """A new one meets it."""
    turbo = shop.item("turbocharger")
    used = {**TURBO, "origin": "used_serviceable"}
    promises.odd(shop, "technician", "replace", "origin", "wrong-origin", turbo, **used)
    shop.act("technician", "replace", turbo, **{**TURBO, "origin": "new"})


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"origin": "found"}, "origin", "not-a-choice"),
        ({"release_reference": " "}, "release_reference", "empty"),
        ({"part_number": ""}, "part_number", "empty"),
        ({"serial": "\u200b"}, "serial", "control-character"),
        ({"mass_kg": "-2"}, "mass_kg", "negative"),
        ({"old_mass_kg": "x"}, "old_mass_kg", "not-a-number"),
        ({"size_step": "-0.25"}, "size_step", "not-a-choice"),
    ],
)
def test_odd_entries(shop, given, field, why):
    """Each is named with its reason; a turbocharger has no sizes."""
    turbo = shop.item("turbocharger")
    promises.odd(shop, "technician", "replace", field, why, turbo, **{**TURBO, **given})


@pytest.mark.parametrize(("position", "why"), [(None, "required"), ("wing", "no-such-position")])
def test_the_unit_needs_a_place(shop, position, why):
    """Which place is filled has to be said."""
    given = {**SHELLS, "position": position}
    promises.odd(shop, "technician", "replace", "position", why, shop.unit, **given)


def test_sizes_are_those_of_the_mate(shop):
    """Shells come in the steps to which a crankshaft can be ground."""
    given = {**SHELLS, "size_step": "-0.33"}
    promises.odd(shop, "technician", "replace", "size_step", "not-a-choice", shop.unit, **given)
    done = shop.act("technician", "replace", shop.unit, **{**SHELLS, "size_step": "-0.50"})
    assert done.body.size_step == "-0.50"


def test_a_life_limited_part_goes_out_with_proof(shop):
    """I11: a photo shows what becomes of it, or a record controls it. The fan disk of the aero pack is life-limited."""
    turbo = shop.item("turbocharger")
    shop.becomes("aero-engine")
    change(shop, Item, turbo, component="fan-disk")
    change(shop, ComponentRoute, turbo, position="fan-disk")
    papers = (replace(story.PHOTO, media_type="application/pdf"), replace(story.PHOTO, media_type="text/plain"))
    for given, field, why in (
        ({}, "control_method", "method-needed"),
        ({"evidence": (story.PHOTO,)}, "control_method", "method-needed"),
        ({"control_record": "QC-77"}, "control_method", "method-needed"),
        ({"control_method": "burning", "evidence": (story.PHOTO,)}, "control_method", "not-a-choice"),
        ({"control_method": "mutilation"}, "evidence", "control-photo-needed"),
        ({"control_method": "mutilation", "evidence": papers}, "evidence", "control-photo-needed"),
        ({"control_method": "tag", "control_record": "T-1", "evidence": papers}, "evidence", "control-photo-needed"),
        ({"control_method": "record", "evidence": papers}, "control_record", "record-needed"),
    ):
        promises.odd(shop, "technician", "replace", field, why, turbo, **TURBO, **given)
    done = shop.act("technician", "replace", turbo, **TURBO, control_method="record", control_record="QC-77")
    assert (done.body.control_method, done.body.control_record) == ("record", "QC-77")
    again = {**TURBO, "serial": "TC-10", "control_method": "mutilation"}
    shop.act("technician", "replace", done.subject.id, **again, evidence=(*papers, story.PHOTO))


def _known(yard, **changes):
    made = {"component": "turbocharger", "part_number": "NW-TURBOCHARGER", "serial": "TC-9", **changes}
    return yard.do(make_item, yard.who["technician"], **made).subject.id


def test_a_part_with_a_record_comes_in_under_it(shop):
    """A serviceable part of the own stock keeps its chain."""
    stock = _known(shop, condition="serviceable")
    done = shop.act("technician", "replace", shop.item("turbocharger"), **TURBO)
    assert done.subject.id == stock


@pytest.mark.parametrize("condition", ["unreleased", "scrapped", "donor", "as_received"])
def test_a_part_that_may_not_be_used_does_not_come_in(shop, condition):
    """I11, I12: neither scrapped nor harvested and not yet released."""
    _known(shop, condition=condition)
    turbo = shop.item("turbocharger")
    promises.contradicts(shop, "technician", "replace", "not-serviceable", turbo, **TURBO)


def test_a_part_that_sits_elsewhere_does_not_come_in(shop):
    """I4."""
    stock = _known(shop, condition="serviceable")
    host = shop.do(make_item, shop.who["technician"], serial="OTHER").subject.id
    key = {"org_id": shop.org_id, "item_id": stock, "host_id": host, "position": "turbocharger"}
    shop.do(lambda tx: tx.execute(sa.insert(InstalledNow).values(**key)))
    turbo = shop.item("turbocharger")
    promises.contradicts(shop, "technician", "replace", "installed-elsewhere", turbo, **TURBO)


def test_a_part_of_the_same_unit_does_not_come_in_again(shop):
    """What has a place in this case already is no part from outside."""
    shop.act("technician", "replace", shop.item("turbocharger"), **TURBO)
    new = shop.item("turbocharger")
    promises.contradicts(shop, "technician", "replace", "already-recorded", new, **TURBO)


def test_another_part_number_needs_an_approved_change(shop):
    """What engineering proposed counts once somebody else approved it, and the record names it."""
    turbo = shop.item("turbocharger")
    other = {**TURBO, "part_number": "NW-TURBO-2"}
    promises.odd(shop, "technician", "replace", "part_number", "substitution-needed", turbo, **other)
    change = shop.allow(
        "EC-7", "substitute", "turbocharger", part_number="NW-TURBO-2", instead_of="NW-TURBOCHARGER"
    )
    shop.do(actions.withdraw_change, shop.who["approver"], change)
    promises.odd(shop, "technician", "replace", "part_number", "substitution-needed", turbo, **other)
    shop.allow("EC-8", "substitute", "turbocharger", part_number="NW-TURBO-2", instead_of="NW-TURBOCHARGER")
    done = shop.act("technician", "replace", turbo, **other)
    assert done.body.substitution == "EC-8"
    assert shop.of_case(queries.replaced)[0].substitution == "EC-8"


def test_what_holds_parts_is_emptied_first(shop):
    """A scrapped assembly takes nothing with it unseen."""
    turbo = shop.item("turbocharger")
    new = Unrecorded(part_number="NW-WHEEL", serial="W-1")
    shop.do(items.fit, shop.who["technician"], turbo, position="wheel", new=new)
    promises.contradicts(shop, "technician", "replace", "holds-parts", turbo, **TURBO)
