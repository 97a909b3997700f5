"""A failed unit goes back to the bench (SM-1 no. 21)."""

from __future__ import annotations

import pytest

from remanu.restoration import queries
from tests.restoration import promises


@pytest.fixture
def shop(yard):
    """The test has failed."""
    yard.until("IN_TEST")
    yard.tell("fail_test")
    return yard


def test_work_goes_on(shop):
    """With its cause, and counted."""
    shop.act("planner", "resume", cause="machining", note="The third pin.")
    (row,) = shop.of_case(queries.reworks)
    assert (shop.view().state, shop.view().loops) == ("IN_RESTORATION", 1)
    assert (row.loop, row.cause, row.back_to) == (1, "machining", "IN_RESTORATION")


def test_roles_and_organisations(shop, outsider):
    """The planner of the same organisation alone."""
    promises.only_its_roles(shop, "resume", shop.case, cause="rig")
    promises.only_its_organisation(shop, outsider, "resume", shop.case, cause="rig")


def test_not_twice(shop):
    """It goes on once for each failure."""
    shop.act("planner", "resume", cause="rig")
    promises.only_from(shop, "planner", "resume", cause="rig")


@pytest.mark.parametrize("cause", ["", "fate"])
def test_the_cause_comes_from_the_list(shop, cause):
    """Without one nobody learns from the failure."""
    promises.misses(shop, "planner", "resume", "cause_recorded", cause=cause)


def test_three_rounds_are_enough(shop):
    """I24: after the third failure the unit is scrapped or gives its parts."""
    for _ in range(3):
        shop.act("planner", "resume_to_assembly", cause="rig")
        shop.tell("start_test", "fail_test")
    promises.misses(shop, "planner", "resume", "loops_left", cause="rig")
