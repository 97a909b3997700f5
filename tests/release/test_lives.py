"""A life-limited part that ended or lost its trace keeps its unit from release; I5, I10."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from remanu.errors import GuardFailed
from remanu.parts import actions as items
from remanu.parts import queries as parts
from remanu.parts.models import Case, Item
from remanu.release import queries
from remanu.release.models import ReleaseCertificate
from tests.builders import make_item
from tests.parts.disk import NUMBER


def limited(desk):
    """One component becomes a fan disk without papers; returns its item."""
    routes = desk.place.ask(parts.routes, desk.yard.org_id, desk.case)
    disk = next(row for row in routes if row.component == "crankshaft")

    def change(tx):
        mine = Item.org_id == desk.yard.org_id
        tx.execute(sa.update(Item).where(mine).values(family="aero-engine", pack=None))
        tx.execute(sa.update(Item).where(mine, Item.id == disk.item_id).values(component="fan-disk"))
        tx.execute(sa.update(Case).where(Case.org_id == desk.yard.org_id).values(pack=None))

    desk.place.database.transact(change)
    return disk


def test_the_release_is_refused_with_the_part_named(desk):
    """I10: which part, and why; the certificate stays a draft."""
    desk.until("SUBMITTED")
    disk = limited(desk)
    with pytest.raises(GuardFailed) as refusal:
        desk.release(digest="0" * 64)
    told = refusal.value.details
    assert told["missing"] == ["lives_hold"]
    assert [(one["code"], one["why"]) for one in told["parts"]] == [(disk.code, "no-limit")]
    assert desk.paper("DRAFT") is not None


def test_the_dossier_is_not_submitted_either(desk):
    """The line of limited lives is open, and the part named."""
    desk.until("TEST_PASSED")
    disk = limited(desk)
    with pytest.raises(GuardFailed) as refusal:
        desk.submit()
    told = refusal.value.details
    assert "lives_hold" in told["missing"]
    assert [one["item"] for one in told["parts"]] == [disk.item_id]


def test_the_certifier_sees_a_line_for_each_part(desk, certifier):
    """What is left, why it may not be released, and the way to its papers."""
    desk.until("TEST_PASSED")
    disk = limited(desk)
    page = certifier.get(f"/cases/{desk.case}/dossier?line=lives_hold").text
    assert "It may not be released" in page
    assert f"/parts/{disk.item_id}/back-to-birth" in page
    assert "the dossier says nothing of its life" in page


def test_what_sits_deep_in_the_unit_counts_as_well(desk):
    """I10: a disk four levels down, in an assembly that no case knows of, of another family than the unit's."""
    yard = desk.yard.until("RESTORED")
    technician = yard.who["technician"]
    carrier = desk.place.do(
        make_item, technician, family="aero-engine", component="hpt", part_number="NW-HPT", serial="H-1"
    )
    code = yard.row(carrier.subject.id).code
    desk.place.do(items.fit, technician, yard.item("camshaft"), position="carrier", code=code)
    found = items.Unrecorded(part_number=NUMBER, serial="FD-1")
    disk = desk.place.do(items.fit, technician, carrier.subject.id, position="fan-disk", new=found).subject
    with pytest.raises(GuardFailed) as refusal:
        yard.tell("reassemble")
    assert refusal.value.details["missing"] == ["lives_hold"]
    _becomes(desk, disk.id, "spacer")
    yard.tell("reassemble", "start_test", "pass_test")
    desk.submit()
    digest = desk.digest()
    _becomes(desk, disk.id, "fan-disk")
    with pytest.raises(GuardFailed) as refusal:
        desk.release(digest=digest)
    told = refusal.value.details
    assert told["missing"] == ["lives_hold"]
    assert [(one["item"], one["why"]) for one in told["parts"]] == [(disk.id, "trace-broken")]


def _becomes(desk, item, component):
    mine = sa.update(Item).where(Item.org_id == desk.yard.org_id, Item.id == item)
    desk.place.database.transact(lambda tx: tx.execute(mine.values(component=component)))


def test_a_family_without_limited_lives_has_no_such_line(desk):
    """Nor anything of it in the record that is signed."""
    desk.until("RELEASED")
    sealed = desk.ask(queries.sealed_dossier)
    assert "lives" not in {line["gate"] for line in json.loads(sealed.lines)}
    assert sealed.lives is None
    assert "lives" not in json.loads(desk.paper().record)


def test_the_certificates_page_says_how_much_is_used_in_words(desk, certifier):
    """A share beside 'Life left' is the share that is gone, and no part or counter is called by its code."""
    desk.until("RELEASED")
    counted = {"counter": "cycles", "rating": "C", "unit": "{cycle}", "limit": "20100", "remaining": 5890, "tag": "V"}
    disk = {"position": "fan-disk", "part_number": "335-014-511-0", "serial": "FD-1", "state": "ACTIVE"}
    held = {**disk, "policy": "fraction-sum", "mark": "M", "share": "70.7", "left": [counted]}
    record = json.dumps({**json.loads(desk.paper().record), "lives": [held]})

    def change(tx):
        mine = ReleaseCertificate.org_id == desk.yard.org_id
        tx.execute(sa.update(ReleaseCertificate).where(mine).values(record=record))
        tx.execute(sa.update(Item).where(Item.org_id == desk.yard.org_id).values(family="aero-engine", pack=None))

    desk.place.database.transact(change)
    page = certifier.get(f"/certificates/{desk.paper().id}").text
    assert "70.7 % used" in page
    assert "Fan disk · 335-014-511-0" in page
    assert "Cycles since new (CSN) · Thrust rating C: 5890 left of 20100 cycles" in page
    assert "the shares at all ratings are added up [M]" in page
