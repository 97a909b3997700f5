"""A component goes into its position."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.inspection import actions as inspection
from remanu.parts import queries as parts
from remanu.restoration import queries
from tests.restoration import promises


@pytest.fixture
def shop(yard):
    """Everything is restored."""
    return yard.until("RESTORED")


def test_it_sits_there(shop):
    """With torque and the tool that set it, and the day until which that was in calibration."""
    head = shop.item("cylinder-head")
    shop.act("technician", "install", head, torque_nm="120.5", tool="torque-wrench-1")
    (row,) = shop.ask(parts.installed, shop.org_id, shop.unit)
    assert (row.position, row.id, row.condition) == ("cylinder-head", head, "serviceable")
    fitted = shop.of_case(queries.fittings)[head]
    assert (fitted.torque_nm, fitted.tool, fitted.tool_due) == ("120.5", "torque-wrench-1", "2027-01-31")


def test_without_a_torque(shop):
    """Not every part has one."""
    done = shop.act("technician", "install", shop.item("flywheel"))
    assert (done.body.torque_nm, done.body.tool) == (None, None)


def test_roles_and_organisations(shop, outsider):
    """The technician of the same organisation alone."""
    head = shop.item("cylinder-head")
    promises.only_its_roles(shop, "install", head)
    promises.only_its_organisation(shop, outsider, "install", head)


@pytest.mark.parametrize("state", ["IN_RESTORATION", "REASSEMBLED"])
def test_only_after_restoration(yard, state):
    """Neither while parts are worked on, nor into a finished unit."""
    yard.until(state)
    promises.only_from(yard, "technician", "install", yard.item("flywheel"))


def test_not_twice(shop):
    """An item is in one position (I4)."""
    head = shop.item("cylinder-head")
    shop.act("technician", "install", head)
    promises.contradicts(shop, "technician", "install", "installed-already", head)


def test_the_unit_does_not_go_into_itself(shop):
    """Components are installed."""
    promises.contradicts(shop, "technician", "install", "not-of-unit", shop.unit)


def test_what_is_to_be_replaced_is_not_serviceable(shop):
    """The turbocharger goes out; the one that comes in may be installed."""
    old = shop.item("turbocharger")
    promises.contradicts(shop, "technician", "install", "not-serviceable", old)
    shop.tell("renew")
    shop.act("technician", "install", shop.item("turbocharger"))
    promises.contradicts(shop, "technician", "install", "out-of-case", old)


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"torque_nm": "-1"}, "torque_nm", "negative"),
        ({"torque_nm": "tight"}, "torque_nm", "not-a-number"),
        ({"torque_nm": "120"}, "tool", "required"),
        ({"torque_nm": "120", "tool": "spanner"}, "tool", "no-such-instrument"),
        ({"torque_nm": "120", "tool": "bore-gauge-1"}, "tool", "wrong-instrument"),
    ],
)
def test_odd_entries(shop, given, field, why):
    """A torque names a torque wrench by the number on it."""
    head = shop.item("cylinder-head")
    promises.odd(shop, "technician", "install", field, why, head, **given)


def test_the_tool_is_in_calibration(shop, clock):
    """Past its last day, or after a failed calibration, it sets no torque."""
    head, given = shop.item("cylinder-head"), {"torque_nm": "120", "tool": "torque-wrench-1"}
    inspection_failed = {"calibrated_on": date(2026, 2, 20), "result": "failed", "certificate": "CAL-2"}
    shop.do(inspection.calibrate, shop.who["inspector"], shop.tools["torque-wrench"], **inspection_failed)
    promises.odd(shop, "technician", "install", "tool", "calibration-failed", head, **given)
    clock.advance(days=400)
    promises.odd(shop, "technician", "install", "tool", "calibration-failed", head, **given)
