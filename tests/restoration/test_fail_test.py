"""A test is failed (SM-1 no. 20)."""

from __future__ import annotations

import pytest

from remanu.inspection import queries as findings
from remanu.ledger import seal
from remanu.parts import queries as parts
from remanu.restoration import queries
from tests.restoration import promises, story


@pytest.fixture
def shop(yard):
    """The unit is on the rig."""
    return yard.until("IN_TEST")


def test_it_goes_to_rework(shop, keyring):
    """A nonconformity is raised in the same act; its words are sealed."""
    done = shop.act("test_operator", "fail_test", points=story.WEAK, note="It smokes under load.")
    (raised,) = shop.ask(findings.open_nonconformities, shop.org_id, shop.case)
    (run,) = shop.of_case(queries.tests)
    assert (shop.view().state, run.run.state, run.run.nonconformity) == ("REWORK", "failed", raised.id)
    assert raised.cause == "test-failed"
    assert [point.verdict for point in run.points] == ["pass", "pass", "fail", "pass", "pass"]
    newest = shop.ask(parts.history, shop.org_id, shop.unit)[:2]
    assert {row.kind for row in newest} == {"restoration.fail_test", "inspection.raise_nonconformity"}
    assert {row.act_id for row in newest} == {done.act_id}
    words = shop.ask(seal.open_sealed, keyring, org_id=shop.org_id, event_id=raised.raised_in)
    assert words == {"note": "It smokes under load."}
    assert shop.of_case(queries.test_result) == "none"


def test_roles_and_organisations(shop, outsider):
    """The test operator of the same organisation alone."""
    promises.only_its_roles(shop, "fail_test", shop.case, points=story.WEAK)
    promises.only_its_organisation(shop, outsider, "fail_test", shop.case, points=story.WEAK)


@pytest.mark.parametrize("state", ["REASSEMBLED", "TEST_PASSED"])
def test_only_on_the_rig(yard, state):
    """Neither before, nor after it passed."""
    yard.until(state)
    promises.only_from(yard, "test_operator", "fail_test", note="No.")


@pytest.mark.parametrize("points", [(), story.GOOD])
def test_without_a_failed_point_somebody_says_what_is_wrong(shop, points):
    """A noise is no point of the procedure, and yet a failure."""
    promises.odd(shop, "test_operator", "fail_test", "note", "say-what-failed", points=points)
    shop.act("test_operator", "fail_test", points=points, note="It knocks.")
    assert shop.view().state == "REWORK"


def test_odd_points(shop):
    """A value that is none is refused, and nothing is raised."""
    odd = (story.Shown(code="blow-by", value="NaN"),)
    promises.odd(shop, "test_operator", "fail_test", "points.0.value", "not-a-number", points=odd)
    assert shop.ask(findings.nonconformities, shop.org_id, shop.case) == []
