"""What may sit in what, and what a part is worth once it was taken out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.rules import genealogy

few = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize(
    ("condition", "ended"), [("scrapped", True), ("donor", True), ("core", False), ("released", False)]
)
def test_what_is_no_more_joins_nothing(condition, ended):
    """I11."""
    assert genealogy.is_ended(condition) is ended


@pytest.mark.parametrize(
    ("host", "item", "allowed"),
    [
        ("released", "serviceable", True),
        ("serviceable", "released", True),
        ("released", "core", False),
        ("serviceable", "unreleased", False),
        ("core", "core", True),
        ("core", "released", True),
    ],
)
def test_what_is_in_use_takes_usable_parts_alone(host, item, allowed):
    """Anything may lie in a core, nothing unproven in what runs."""
    assert genealogy.may_hold(host, item) is allowed


@pytest.mark.parametrize(("state", "built"), [("REASSEMBLED", True), ("RELEASED", True), ("DISASSEMBLED", False)])
def test_what_was_built_and_tested_stays_as_it_is(state, built):
    """Until its case is taken back a step."""
    assert genealogy.is_built(state) is built


@pytest.mark.parametrize(
    ("condition", "why", "after"),
    [
        ("serviceable", "access", "serviceable"),
        ("released", "mistake", "released"),
        ("serviceable", "fault", "unreleased"),
        ("released", "scheduled", "unreleased"),
        ("core", "fault", "core"),
    ],
)
def test_a_part_that_was_taken_out_proves_itself_again(condition, why, after):
    """Unless it only made way (I12)."""
    assert genealogy.after_removal(condition, why) == after


def test_eight_bolts_on_four_rods():
    """The first two belong in the first rod; a ninth goes to the last ones that have room."""
    assert [genealogy.seat(at, 8, seats=4) for at in range(1, 9)] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert [genealogy.seat(at, 5, seats=4) for at in range(1, 6)] == [1, 1, 2, 2, 3]


@few
@given(st.integers(1, 60), st.integers(1, 12))
def test_every_piece_has_a_seat_and_none_sits_before_the_one_before(pieces, seats):
    """Seats are counted from 1, and none holds more than its even share."""
    found = [genealogy.seat(at, pieces, seats=seats) for at in range(1, pieces + 1)]
    assert found == sorted(found)
    assert set(found) <= set(range(1, seats + 1))
    assert max(found.count(one) for one in found) <= -(-pieces // seats)
