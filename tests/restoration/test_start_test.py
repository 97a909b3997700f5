"""A test run starts (SM-1 no. 18)."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.inspection import actions as inspection
from remanu.restoration import queries
from tests.restoration import promises


@pytest.fixture
def shop(yard):
    """The unit is whole again."""
    return yard.until("REASSEMBLED")


def test_limits_are_frozen(shop):
    """Every procedure of the family, with its edition and the limits of the targeted class."""
    shop.act("test_operator", "start_test", rig="test-rig-1")
    run = shop.of_case(queries.running)
    assert shop.view().state == "IN_TEST"
    assert (run.run.rig, run.run.rig_due) == ("test-rig-1", "2027-01-31")
    assert [point.code for point in run.points] == [
        "oil-leaks-cold",
        "coolant-leaks-cold",
        "rated-power",
        "blow-by",
        "leaks-hot",
    ]
    power = run.points[2]
    assert (power.procedure, power.edition, power.low, power.high, power.unit) == (
        "diesel-hot-test",
        "1",
        "97",
        "105",
        "%",
    )
    assert {point.verdict for point in run.points} == {"not_tested"}


def test_one_procedure_alone(shop):
    """A part of the test proves a part."""
    shop.act("test_operator", "start_test", rig="test-rig-1", procedures=("diesel-cold-test",))
    assert {point.procedure for point in shop.of_case(queries.running).points} == {"diesel-cold-test"}
    shop.act("test_operator", "pass_test", points=_cold())
    assert shop.of_case(queries.test_result) == "partial"


def _cold():
    from tests.restoration.story import GOOD  # noqa: PLC0415 -- the points of this test alone

    return GOOD[:2]


def test_roles_and_organisations(shop, outsider):
    """The test operator of the same organisation alone."""
    promises.only_its_roles(shop, "start_test", shop.case, rig="test-rig-1")
    promises.only_its_organisation(shop, outsider, "start_test", shop.case, rig="test-rig-1")


@pytest.mark.parametrize("state", ["RESTORED", "IN_TEST"])
def test_only_a_whole_unit(yard, state):
    """Neither before, nor twice."""
    yard.until(state)
    promises.only_from(yard, "test_operator", "start_test", rig="test-rig-1")


def test_the_procedure_is_one_of_the_family(shop):
    """What nobody wrote cannot be frozen."""
    given = {"rig": "test-rig-1", "procedures": ("diesel-hot-test", "my-own")}
    promises.misses(shop, "test_operator", "start_test", "procedure_frozen", **given)


def test_the_rig_is_in_calibration(shop):
    """A rig that failed its last calibration tests nothing."""
    failed = {"calibrated_on": date(2026, 2, 20), "result": "failed", "certificate": "CAL-2"}
    shop.do(inspection.calibrate, shop.who["inspector"], shop.tools["test-rig"], **failed)
    promises.misses(shop, "test_operator", "start_test", "rig_in_calibration", rig="test-rig-1")


@pytest.mark.parametrize(
    ("rig", "why"), [("shed", "no-such-instrument"), ("bore-gauge-1", "wrong-instrument")]
)
def test_odd_rigs(shop, rig, why):
    """A rig is named by the number on it."""
    promises.odd(shop, "test_operator", "start_test", "rig", why, rig=rig)
