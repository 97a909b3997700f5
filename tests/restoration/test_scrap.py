"""A unit is scrapped."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from remanu.errors import FactorNeeded
from remanu.parts import actions as items
from remanu.parts.actions import Unrecorded
from remanu.parts.models import PublicState
from tests.restoration import promises, story

GIVEN = {"why": "beyond_repair", "mass_kg": "598"}
SHOWN = {"control_method": "mutilation", "evidence": (story.PHOTO,)}


@pytest.fixture
def limited(yard):
    """An accepted aero engine, which holds life-limited disks."""
    yard.until("ACCEPTED")
    yard.becomes("aero-engine")
    return yard


def test_it_ends_with_everything_in_it(yard):
    """The unit and each part recorded in it never come back, and the public is told."""
    yard.until("REASSEMBLED")
    head = yard.item("cylinder-head")
    done = yard.act("quality", "scrap", **GIVEN)
    assert yard.view().state == "SCRAPPED"
    assert len(done.body.parts) == 17
    for item_id in (yard.unit, head):
        item = yard.row(item_id)
        told = sa.select(PublicState.state).where(PublicState.uri == item.uri)
        assert (item.condition, yard.ask(lambda c, q=told: c.execute(q).scalar())) == ("scrapped", "scrapped")


def test_roles_and_organisations(yard, outsider):
    """Quality of the same organisation alone."""
    yard.until("ACCEPTED")
    promises.only_its_roles(yard, "scrap", yard.case, **GIVEN)
    promises.only_its_organisation(yard, outsider, "scrap", yard.case, **GIVEN)


def test_not_twice(yard):
    """What is scrapped stays scrapped."""
    yard.until("ACCEPTED")
    yard.act("quality", "scrap", **GIVEN)
    promises.only_from(yard, "quality", "scrap", **GIVEN)


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"why": "boredom"}, "why", "not-a-choice"),
        ({"mass_kg": "-1"}, "mass_kg", "negative"),
        ({"mass_kg": ""}, "mass_kg", "not-a-number"),
    ],
)
def test_odd_entries(yard, given, field, why):
    """Each is named with its reason."""
    yard.until("ACCEPTED")
    promises.odd(yard, "quality", "scrap", field, why, **{**GIVEN, **given})


def fresh(yard, role):
    """This person, who proved a moment ago who he is."""
    now = yard.place.database.clock.now()
    return replace(yard.who[role], fresh_until=now + timedelta(minutes=5))


def test_life_limited_parts_take_two_persons_and_proof(limited):
    """Each of the two is named when it is missing (SM-1 no. 31)."""
    both = ("second_person_confirmed", "mutilation_shown")
    promises.misses(limited, "quality", "scrap", *both, **GIVEN)
    promises.misses(limited, "quality", "scrap", both[0], **GIVEN, **SHOWN)
    beside = fresh(limited, "inspector")
    promises.misses(limited, "quality", "scrap", both[1], **GIVEN, second=beside)
    done = limited.act("quality", "scrap", **GIVEN, second=beside, **SHOWN)
    assert (done.body.control_method, done.body.control_record) == ("mutilation", None)
    assert (done.body.life_limited, done.body.second) == (True, beside.ref)


def test_a_paper_shows_no_mutilation(limited):
    """I11: a photo, or the record that controls the parts; what is said without need is left out of the body."""
    beside = fresh(limited, "inspector")
    papers = (replace(story.PHOTO, media_type="application/pdf"),)
    for given, field, why in (
        ({"evidence": papers}, "control_method", "method-needed"),
        ({"control_method": "mutilation", "evidence": papers}, "evidence", "control-photo-needed"),
        ({"control_method": "segregation", "control_record": "Cage 3"}, "evidence", "control-photo-needed"),
        ({"control_method": "record"}, "control_record", "record-needed"),
    ):
        promises.odd(limited, "quality", "scrap", field, why, **GIVEN, second=beside, **given)
    done = limited.act("quality", "scrap", **GIVEN, second=beside, control_method="record", control_record="QC-9")
    assert (done.body.control_method, done.body.control_record) == ("record", "QC-9")


def test_nobody_is_his_own_second_person(limited):
    """By person: another role or account of the same human does not help."""
    self_again = fresh(limited, "quality")
    given = {**GIVEN, **SHOWN}
    promises.misses(limited, "quality", "scrap", "second_person_confirmed", **given, second=self_again)


def test_the_second_person_is_of_the_same_organisation(limited, outsider):
    """Somebody from elsewhere confirms nothing here."""
    beside = replace(outsider, fresh_until=fresh(limited, "quality").fresh_until)
    given = {**GIVEN, **SHOWN}
    promises.misses(limited, "quality", "scrap", "second_person_confirmed", **given, second=beside)


def test_the_second_person_proved_who_he_is(limited):
    """A name alone confirms nothing."""
    beside = replace(limited.who["inspector"], fresh_until=None)
    with promises.nothing_written(limited), pytest.raises(FactorNeeded):
        limited.act("quality", "scrap", **GIVEN, second=beside, **SHOWN)


@pytest.mark.parametrize("worth", ["10001", None])
def test_a_dear_unit_takes_two_persons(yard, worth):
    """SM-1 no. 31: worth more than the limit, or of a worth that nobody knows; no mutilation is asked."""
    yard.worth = worth
    yard.until("ACCEPTED")
    promises.misses(yard, "quality", "scrap", "second_person_confirmed", **GIVEN)
    done = yard.act("quality", "scrap", **GIVEN, second=fresh(yard, "inspector"))
    assert not done.body.life_limited


def test_what_sits_deeper_ends_as_well(yard):
    """Parts in an assembly of the unit that no case knows of end with it, and what was counted is kept (I5)."""
    yard.until("ACCEPTED")
    new = Unrecorded(part_number="NW-ECU", serial="ECU-1")
    deep = yard.do(items.fit, yard.who["technician"], yard.unit, position="control-box", new=new).subject.id
    read = {"counter": "hours", "origin": "instrument", "value": "12400"}
    yard.do(items.read_counter, yard.who["technician"], yard.unit, **read)
    done = yard.act("quality", "scrap", **GIVEN)
    assert done.body.parts == (deep,)
    assert promises.hours_at_the_end(yard, deep) == [("host", "12400")]
    assert yard.row(deep).condition == "scrapped"
