"""Keeping a removed part apart; SM-9 no. 7 and 8, 14 CFR 43.10."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.errors import BadInput, Conflict, Forbidden, NotFound
from remanu.parts import actions
from remanu.parts.events import Cited
from tests.parts.disk import disk, split, stand, whole
from tests.parts.hall import act

PHOTO = Cited(digest="ab" * 32, media_type="image/jpeg", size=4321, shows="tag.jpg")


def control(hall, item, role="technician", **changes):
    """A tag on it."""
    given = {"method": "tag", "reference": "T-17", "evidence": (PHOTO,), **changes}
    return hall.do(role, actions.control_part, item.id, **given)


def test_a_controlled_part_keeps_its_life(hall):
    """SM-9 no. 7: REMOVED_CONTROLLED says where it is, not how its life stands; it may be fitted again (no. 8)."""
    item = whole(hall)
    control(hall, item)
    found = stand(hall, item)
    assert (found.state, found.life, found.serviceable) == ("REMOVED_CONTROLLED", "ACTIVE", True)
    assert (found.control.method, found.control.reference) == ("tag", "T-17")


def test_a_part_at_its_limit_is_controlled_and_never_serviceable(hall):
    """I10: control does not give life back."""
    item = disk(hall)
    split(hall, item, A=0, B=0, C=20100)
    assert stand(hall, item).state == "LIMIT_REACHED"
    control(hall, item)
    found = stand(hall, item)
    assert (found.state, found.serviceable, found.why) == ("REMOVED_CONTROLLED", False, "limit-reached")


def test_not_twice(hall):
    """It is under control already."""
    item = whole(hall)
    control(hall, item)
    with pytest.raises(Conflict) as refusal:
        control(hall, item)
    assert refusal.value.details["why"] == "not-to-be-controlled"


def test_not_what_sits_in_a_unit_nor_what_has_no_limited_life(hall):
    """A part in its place is controlled by its unit."""
    item, case = whole(hall), hall.case(family="aero-engine", component="engine")
    hall.fit(case, item, at="fan-disk")
    with pytest.raises(Conflict) as refusal:
        control(hall, item)
    assert refusal.value.details["why"] == "installed-already"
    with pytest.raises(Conflict) as refusal:
        control(hall, hall.item())
    assert refusal.value.details["why"] == "not-life-limited"


def test_fitting_it_ends_the_control(hall):
    """SM-9 no. 8: what sits in a unit is not kept apart."""
    item, case = whole(hall), hall.case(family="aero-engine", component="engine")
    control(hall, item)
    hall.database.clock.advance(minutes=5)
    hall.fit(case, item, at="fan-disk")
    hall.database.clock.advance(minutes=5)
    assert stand(hall, item).state == "ACTIVE"


@pytest.mark.parametrize(
    ("odd", "field"),
    [
        ({"method": "hope"}, "method"),
        ({"reference": ""}, "reference"),
        ({"evidence": ()}, "evidence"),
        ({"evidence": (replace(PHOTO, media_type="application/pdf"),)}, "evidence"),
    ],
)
def test_odd_input_is_refused(hall, odd, field):
    """Beside its field; what hangs on a part is shown by a photo, and by no paper (I11)."""
    with pytest.raises(BadInput) as refusal:
        control(hall, disk(hall), **odd)
    assert refusal.value.details["field"] == field


def test_not_by_everybody_nor_elsewhere(hall, other):
    """Those who handle parts; in one's own organisation."""
    with pytest.raises(Forbidden):
        control(hall, disk(hall), "certifying_staff")
    with pytest.raises(NotFound):
        control(hall, disk(other))


def test_by_the_page_and_by_json(hall, technician):
    """What keeps it apart stands on its page."""
    item = whole(hall)
    assert "A tag on it" in technician.get(f"/parts/{item.id}/control_part").text
    given = {"method": "record", "reference": "Cage book 3"}
    assert act(technician, f"/parts/{item.id}/control_part", **given).status_code == 200
    assert "Cage book 3" in technician.get(f"/parts/{item.id}/back-to-birth").text
