"""Everything is restored and measured again (SM-1 no. 16)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.errors import OwnWork
from tests.restoration import promises


@pytest.fixture
def shop(yard):
    """The restoration has started."""
    return yard.until("IN_RESTORATION")


def test_it_is_finished(shop):
    """Planned operations are done, what they restore is within new limits."""
    shop.tell("operate", "remeasure")
    shop.act("inspector", "finish_restoration")
    assert shop.view().state == "RESTORED"


def test_roles_and_organisations(shop, outsider):
    """Technician or inspector of the same organisation."""
    promises.only_its_roles(shop, "finish_restoration", shop.case)
    promises.only_its_organisation(shop, outsider, "finish_restoration", shop.case)


@pytest.mark.parametrize("state", ["DISPOSITIONED", "RESTORED"])
def test_only_in_restoration(yard, state):
    """Neither before, nor twice."""
    yard.until(state)
    promises.only_from(yard, "inspector", "finish_restoration")


def test_planned_operations_are_missing(shop):
    """Nothing done, nothing measured."""
    promises.misses(shop, "inspector", "finish_restoration", "operations_done", "restored_remeasured")


def test_measurements_are_missing(shop):
    """I18: what was worked on is measured after its last operation."""
    shop.tell("operate")
    promises.misses(shop, "inspector", "finish_restoration", "restored_remeasured")
    shop.tell("remeasure")
    crank = shop.item("crankshaft")
    shop.act("technician", "operate", crank, operation="crank-grinding", edition="P-7/3")
    promises.misses(shop, "inspector", "finish_restoration", "restored_remeasured")


def test_whoever_did_an_operation_does_not_check_it(shop):
    """By person, not by role: the technician who is an inspector as well is refused."""
    shop.tell("operate", "remeasure")
    both = replace(shop.who["technician"], roles=frozenset({"technician", "inspector"}))
    for one in (shop.who["technician"], both):
        shop.who["both"] = one
        with promises.nothing_written(shop), pytest.raises(OwnWork) as refused:
            shop.act("both", "finish_restoration")
        assert refused.value.details["acts"] == ["restoration.operate"]
