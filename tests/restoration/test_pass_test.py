"""A test is passed (SM-1 no. 19)."""

from __future__ import annotations

import pytest

from remanu.errors import GuardFailed
from remanu.inspection import queries as findings
from remanu.restoration import queries
from remanu.restoration.actions import Shown
from tests.inspection import board
from tests.restoration import promises, story


@pytest.fixture
def shop(yard):
    """The unit is on the rig."""
    return yard.until("IN_TEST")


def test_all_points_within_limits(shop):
    """Each with its value and verdict; the test is a full one."""
    shop.act("test_operator", "pass_test", points=story.GOOD, evidence=(story.PHOTO,))
    (run,) = shop.of_case(queries.tests)
    assert (shop.view().state, run.run.state) == ("TEST_PASSED", "passed")
    assert [(point.value, point.verdict) for point in run.points] == [
        ("0", "pass"),
        ("0", "pass"),
        ("100.2", "pass"),
        ("61", "pass"),
        ("0", "pass"),
    ]
    assert shop.of_case(queries.test_result) == "full"
    assert shop.of_case(queries.running) is None


def test_roles_and_organisations(shop, outsider):
    """The test operator of the same organisation alone."""
    promises.only_its_roles(shop, "pass_test", shop.case, points=story.GOOD)
    promises.only_its_organisation(shop, outsider, "pass_test", shop.case, points=story.GOOD)


@pytest.mark.parametrize("state", ["REASSEMBLED", "TEST_PASSED"])
def test_only_on_the_rig(yard, state):
    """Neither before, nor twice."""
    yard.until(state)
    promises.only_from(yard, "test_operator", "pass_test", points=())


@pytest.mark.parametrize(
    ("points", "lacking"),
    [
        (story.WEAK, ["rated-power"]),
        (story.GOOD[:4], ["leaks-hot"]),
        ((*story.GOOD[:4], Shown(code="leaks-hot")), ["leaks-hot"]),
        ((), [one.code for one in story.GOOD]),
    ],
)
def test_a_point_outside_or_not_tested_stops_it(shop, points, lacking):
    """The refusal names the points; no value is not tested, never passed."""
    with promises.nothing_written(shop), pytest.raises(GuardFailed) as refused:
        shop.act("test_operator", "pass_test", points=points)
    assert refused.value.details["missing"] == ["points_within"]
    assert refused.value.details["points"] == lacking


@pytest.mark.parametrize(
    ("shown", "field", "why"),
    [
        (Shown(code="rated-power", value="hundred"), "points.0.value", "not-a-number"),
        (Shown(code="rated-power", value="100", unit="kW"), "points.0.value", "wrong-unit"),
        (Shown(code="taste", value="1"), "points.0.code", "not-a-choice"),
        (
            Shown(code="rated-power", value="1", procedure="diesel-cold-test"),
            "points.0.code",
            "not-a-choice",
        ),
    ],
)
def test_odd_points(shop, shown, field, why):
    """Each is named with its reason."""
    promises.odd(shop, "test_operator", "pass_test", field, why, points=(shown,))


def test_a_point_has_one_value(shop):
    """Two values for one point are refused, in the right unit or without one."""
    twice = (Shown(code="blow-by", value="61", unit="L/min"), Shown(code="blow-by", value="62"))
    promises.odd(shop, "test_operator", "pass_test", "points.1.code", "given-twice", points=twice)


def test_after_a_failure_the_nonconformity_is_closed_first(shop):
    """I21: a new run, and what was raised is settled by somebody else."""
    shop.tell("fail_test")
    shop.act("planner", "resume_to_assembly", cause="rig")
    shop.tell("start_test")
    promises.contradicts(shop, "test_operator", "pass_test", "nonconformity-open", points=story.GOOD)
    (raised,) = shop.ask(findings.open_nonconformities, shop.org_id, shop.case)
    shop.do(board.settled, shop.who["quality"], shop.who["inspector"], raised.id)
    shop.tell("pass_test")
    assert shop.view().state == "TEST_PASSED"
