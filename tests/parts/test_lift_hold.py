"""Lifting a hold."""

from __future__ import annotations

import re

import pytest

from remanu.errors import Forbidden, NotFound
from remanu.parts import actions, queries


@pytest.fixture
def case(hall):
    """A case on hold."""
    found = hall.case()
    hall.do("quality", actions.hold, found.id, why="paper")
    return found


def the_hold(hall, case):
    """The hold that stands."""
    return hall.ask(queries.open_holds, case.id)[0].id


def test_the_case_goes_on(hall, case):
    """And the hold stays in the record as lifted."""
    hall.do("quality", actions.lift_hold, case.id, hold_id=the_hold(hall, case))
    assert hall.ask(queries.find_case, case.id).holds == 0


def test_one_of_two_leaves_the_other(hall, case):
    """Each is lifted for itself."""
    hall.do("quality", actions.hold, case.id, why="hazard")
    hall.do("core_manager", actions.lift_hold, case.id, hold_id=the_hold(hall, case))
    assert hall.ask(queries.find_case, case.id).holds == 1


def test_not_twice(hall, case):
    """A lifted hold is none any more."""
    one = the_hold(hall, case)
    hall.do("quality", actions.lift_hold, case.id, hold_id=one)
    with pytest.raises(NotFound):
        hall.do("quality", actions.lift_hold, case.id, hold_id=one)


def test_not_the_hold_of_another_case(hall, case):
    """A hold belongs to its case."""
    with pytest.raises(NotFound):
        hall.do("quality", actions.lift_hold, hall.case().id, hold_id=the_hold(hall, case))


def test_not_by_the_planner_nor_elsewhere(hall, case, other):
    """He may place one and not lift it."""
    with pytest.raises(Forbidden):
        hall.do("planner", actions.lift_hold, case.id, hold_id=the_hold(hall, case))
    with pytest.raises(NotFound):
        other.do("quality", actions.lift_hold, case.id, hold_id=the_hold(hall, case))


def test_by_the_page(hall, case, quality):
    """The part's page asks for it, the form offers the holds by their reasons."""
    assert f'class="button" href="/cases/{case.id}/lift_hold"' in quality.get(f"/parts/{case.item.id}").text
    form = quality.get(f"/cases/{case.id}/lift_hold").text
    assert "A document is missing" in form
    chosen = re.search(r'name="hold_id" value="([^"]+)" checked', form)[1]
    answer = quality.post(f"/cases/{case.id}/lift_hold", data={"hold_id": chosen, "key": "k"})
    assert answer.status_code == 303
    assert "On hold" not in quality.get(answer.location).text
