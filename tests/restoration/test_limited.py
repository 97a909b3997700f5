"""Life-limited parts on the bench: none that ended is fitted, and what goes out is shown to be gone; I10–I12, SM-9."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.catalogue.queries import pack_of
from remanu.errors import BadInput, Conflict
from remanu.inspection import actions as inspection
from remanu.parts import actions as parts
from remanu.parts import queries
from remanu.parts.models import ComponentRoute, Item
from remanu.parts.queries import limited
from remanu.restoration.actions import Wanted
from tests.parts import disk as papers
from tests.restoration import story

NEW = {
    "origin": "new",
    "part_number": "335-014-509-0",
    "serial": "FD-9",
    "release_reference": "Certificate of conformity 1",
}


@pytest.fixture
def bench(yard):
    """An engine under restoration whose camshaft stands for a fan disk."""
    yard.until("RESTORED")
    return limit(yard)


def limit(yard):
    """The camshaft becomes a fan disk of the published part number; returns yard and item."""
    item = yard.item("camshaft")
    yard.becomes("aero-engine")

    def change(tx):
        values = {"family": "aero-engine", "pack": None, "component": "fan-disk", "part_number": papers.NUMBER}
        tx.execute(sa.update(Item).where(Item.org_id == yard.org_id, Item.id == item).values(**values))
        mine = (ComponentRoute.org_id == yard.org_id, ComponentRoute.item_id == item)
        tx.execute(sa.update(ComponentRoute).where(*mine).values(position="fan-disk"))

    yard.do(change)
    return yard, item


def stand(yard, item):
    """How it stands now."""
    with yard.place.database.reading() as connection:
        row = queries.find_item(connection, yard.org_id, item)
        now = yard.place.database.clock.now()
        return limited.limited_parts(connection, yard.org_id, [row], pack_of(connection, row), now)[0]


def enter(yard, item):
    """Its papers: 5,000 cycles at C, from its first installation on."""
    given = {**papers.FIRST, "evidence": (papers.PAPER,)}
    yard.do(parts.trace_installation, yard.who["technician"], item, **given)


def test_a_part_without_its_trace_is_not_fitted(bench):
    """I10: refused with the part named until its papers are entered."""
    yard, item = bench
    with pytest.raises(Conflict) as refusal:
        yard.act("technician", "install", item)
    assert (refusal.value.details["why"], refusal.value.details["code"]) == ("trace-broken", yard.row(item).code)
    enter(yard, item)
    yard.act("technician", "install", item)


def test_what_was_made_useless_is_mutilated(bench):
    """SM-9 no. 9, I11: a photo of the mutilation ends it for good."""
    yard, item = bench
    enter(yard, item)
    yard.act("technician", "replace", item, **NEW, control_method="mutilation", evidence=(story.PHOTO,))
    found = stand(yard, item)
    assert (found.state, found.serviceable, found.why) == ("MUTILATED", False, "mutilated")


def test_what_a_record_controls_is_kept_apart(bench):
    """SM-9 no. 7, I11: a lawful control record instead; the new part begins at nothing and may be fitted."""
    yard, item = bench
    enter(yard, item)
    done = yard.act("technician", "replace", item, **NEW, control_method="record", control_record="QC-77")
    old = stand(yard, item)
    assert (old.state, old.control.method, old.control.reference) == ("REMOVED_CONTROLLED", "record", "QC-77")
    assert stand(yard, done.subject.id).state == "ACTIVE"
    yard.act("technician", "install", done.subject.id)


def test_a_harvested_disk_goes_on_from_its_own_trace(bench):
    """I12: the donor's hours are not the disk's; what its papers say is what it counted."""
    yard, item = bench
    enter(yard, item)
    harvest = (Wanted(position="fan-disk", part_number="335-014-509-0"),)
    yard.act("planner", "cannibalise", harvest=harvest, owner_agrees=True)
    shown = queries.standing(yard.ask(queries.counters, yard.org_id, item))
    assert [(row.counter, row.rating, row.value) for row in shown] == [("cycles", "C", "5000")]
    assert stand(yard, item).state == "ACTIVE"


def test_a_part_at_its_limit_goes_out_whatever_was_measured(yard):
    """SM-2, I10: neither re-used nor worked on; a new one is ordered."""
    yard.until("INSPECTED")
    _, item = limit(yard)
    told = {**papers.FIRST, "counted": papers.ends(C=(0, 20100)), "evidence": (papers.PAPER,)}
    yard.do(parts.trace_installation, yard.who["technician"], item, **told)
    inspector = yard.who["inspector"]
    with pytest.raises(BadInput) as refusal:
        yard.do(inspection.dispose, inspector, item, disposition="REUSE_AS_IS")
    assert refusal.value.details["why"] == "not-permitted"
    yard.do(inspection.dispose, inspector, item, disposition="REPLACE_NEW")
