"""The parts are cleaned (SM-1 no. 12)."""

from __future__ import annotations

import pytest

from remanu.restoration import queries
from tests.restoration import promises

GIVEN = {"method": "hot_wash", "minutes": "45", "water_l": "180.5", "waste_kg": "6.20", "energy_kwh": "22"}


def test_it_books_what_it_used_up(yard):
    """Digits stay as they were typed, and count among the resources of the case."""
    yard.until("DISASSEMBLED")
    yard.act("technician", "clean", bath="alkaline 60", **GIVEN)
    (row,) = yard.of_case(queries.cleanings)
    assert yard.view().state == "CLEANED"
    assert (row.method, row.bath, row.waste_kg) == ("hot_wash", "alkaline 60", "6.20")
    assert yard.of_case(queries.resources)["water"] == ("180.5", "L")


def test_roles_and_organisations(yard, outsider):
    """The technician of the same organisation alone."""
    yard.until("DISASSEMBLED")
    promises.only_its_roles(yard, "clean", yard.case, **GIVEN)
    promises.only_its_organisation(yard, outsider, "clean", yard.case, **GIVEN)


@pytest.mark.parametrize("state", ["IN_WORK", "CLEANED"])
def test_only_what_is_apart(yard, state):
    """Neither before, nor twice."""
    yard.until(state)
    promises.only_from(yard, "technician", "clean", **GIVEN)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"method": "sandpaper"}, ("method_allowed",)),
        ({"water_l": None}, ("effluent_booked",)),
        ({"waste_kg": None, "method": ""}, ("effluent_booked", "method_allowed")),
    ],
)
def test_what_is_missing_is_named(yard, given, missing):
    """The method comes from the list; water and waste are booked."""
    yard.until("DISASSEMBLED")
    promises.misses(yard, "technician", "clean", *missing, **{**GIVEN, **given})


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"minutes": "-1"}, "minutes", "negative"),
        ({"water_l": "1,5"}, "water_l", "not-a-number"),
        ({"energy_kwh": "Infinity"}, "energy_kwh", "not-a-number"),
        ({"waste_kg": "0." + "1" * 12}, "waste_kg", "too-precise"),
    ],
)
def test_odd_amounts(yard, given, field, why):
    """Each is named with its reason."""
    yard.until("DISASSEMBLED")
    promises.odd(yard, "technician", "clean", field, why, **{**GIVEN, **given})
