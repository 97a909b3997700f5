"""The unit is apart (SM-1 no. 11)."""

from __future__ import annotations

import pytest

from remanu.restoration import queries
from tests.restoration import promises, story

SERIALISED = [position for position, serial in story.FOUND.items() if serial]


def test_every_part_is_recorded(yard):
    """The depth that was reached stands in the event."""
    yard.until("IN_WORK")
    yard.tell("record_all")
    done = yard.act("technician", "disassemble", evidence=(story.PHOTO,))
    assert (yard.view().state, done.body.depth) == ("DISASSEMBLED", "parts")


def test_roles_and_organisations(yard, outsider):
    """The technician of the same organisation alone."""
    yard.until("IN_WORK")
    promises.only_its_roles(yard, "disassemble", yard.case)
    promises.only_its_organisation(yard, outsider, "disassemble", yard.case)


def test_not_twice(yard):
    """What is apart is not taken apart again."""
    yard.until("DISASSEMBLED")
    promises.only_from(yard, "technician", "disassemble")


@pytest.mark.parametrize("absent", SERIALISED)
def test_one_serialised_part_that_is_not_recorded_stops_it(yard, absent):
    """The depth of the class demands every serialised part."""
    yard.until("IN_WORK")
    for position in set(SERIALISED) - {absent}:
        yard.act("technician", "record_component", position=position, part_number="X", serial=position)
    promises.misses(yard, "technician", "disassemble", "as_found_recorded")
    yard.act("technician", "record_component", position=absent, what="missing")
    yard.act("technician", "disassemble")


def test_what_stays_in_place_was_not_taken_apart(yard):
    """REMANUFACTURED means to the parts."""
    yard.until("IN_WORK")
    for position in SERIALISED[1:]:
        yard.act("technician", "record_component", position=position, part_number="X", serial=position)
    yard.act("technician", "record_component", position=SERIALISED[0], what="not_disturbed")
    promises.misses(yard, "technician", "disassemble", "as_found_recorded")


@pytest.mark.parametrize(
    ("target", "recorded", "depth"),
    [
        ("RECONDITIONED", ("cylinder-block", "cylinder-head", "turbocharger", "fuel-pump"), "modules"),
        ("REPAIRED", ("turbocharger",), "affected"),
    ],
)
def test_weaker_classes_demand_less(yard, target, recorded, depth):
    """Modules, or only what is affected; at least something was taken off."""
    yard.until("ACCEPTED")
    yard.act("planner", "open_work_order", target_class=target, standard="XA 28617", edition="2024")
    promises.misses(yard, "technician", "disassemble", "as_found_recorded")
    for position in recorded:
        yard.act("technician", "record_component", position=position, part_number="X", serial=position)
    assert yard.act("technician", "disassemble").body.depth == depth
    assert yard.of_case(queries.depth) == depth
