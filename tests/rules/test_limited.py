"""SM-9: a state that follows from the record, every move with its number; I8, I10, I11."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules import limited
from remanu.rules.lifecycle import NEW
from remanu.rules.limited import METHODS, SM9, STATES, Facts, Rebuild, lacking

WHOLE = Facts(Fraction(1, 2), broken=False)
STATE_OF = {
    "ACTIVE": WHOLE,
    "NEAR_LIMIT": Facts(Fraction(9, 10), broken=False),
    "LIMIT_REACHED": Facts(Fraction(1), broken=False),
    "TRACE_BROKEN": Facts(Fraction(1, 2), broken=True),
    "REMOVED_CONTROLLED": Facts(Fraction(1, 2), broken=False, controlled=True),
    "MUTILATED": Facts(Fraction(1), broken=True, controlled=True, mutilated=True),
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_reached(state):
    """SM-9: six states, each by its facts."""
    assert limited.state(STATE_OF[state]) == state


@pytest.mark.parametrize(
    ("no", "event", "before", "after"),
    [
        (1, "enter", NEW, "ACTIVE"),
        (1, "enter", NEW, "TRACE_BROKEN"),
        (2, "count", "ACTIVE", "NEAR_LIMIT"),
        (3, "count", "ACTIVE", "LIMIT_REACHED"),
        (3, "count", "NEAR_LIMIT", "LIMIT_REACHED"),
        (4, "correct", "NEAR_LIMIT", "ACTIVE"),
        (4, "correct", "LIMIT_REACHED", "NEAR_LIMIT"),
        (5, "lose_trace", "ACTIVE", "TRACE_BROKEN"),
        (6, "mend_trace", "TRACE_BROKEN", "ACTIVE"),
        (7, "control", "LIMIT_REACHED", "REMOVED_CONTROLLED"),
        (8, "refit", "REMOVED_CONTROLLED", "ACTIVE"),
        (9, "mutilate", "REMOVED_CONTROLLED", "MUTILATED"),
        (9, "mutilate", "TRACE_BROKEN", "MUTILATED"),
    ],
)
def test_moves(no, event, before, after):
    """SM-9 no. 1–9."""
    found = limited.find(before, after)
    assert (found.no, found.event) == (no, event)


def test_a_mutilated_part_never_comes_back():
    """I11: no move leaves it; a controlled one at its limit is not refitted."""
    assert all("MUTILATED" not in one.sources for one in SM9)
    assert limited.find("REMOVED_CONTROLLED", "LIMIT_REACHED") is None
    assert [one.no for one in SM9] == list(range(1, 10))


@pytest.mark.parametrize("state", STATES)
def test_only_a_living_part_with_its_trace_is_serviceable(state):
    """I10: limit reached and trace broken are never serviceable; being controlled says nothing of its life."""
    good = state in limited.SERVICEABLE or state == "REMOVED_CONTROLLED"
    assert limited.is_serviceable(STATE_OF[state]) is good


def test_a_limit_that_is_reached_is_reached_whatever_is_in_question():
    """A broken trace can only hide more cycles."""
    assert limited.life(Facts(Fraction(2), broken=True)) == "LIMIT_REACHED"
    over = Facts(Fraction(1), broken=False, controlled=True)
    assert limited.state(over) == "REMOVED_CONTROLLED"
    assert not limited.is_serviceable(over)


FACTS = st.builds(
    Facts,
    st.fractions(0, 2),
    broken=st.booleans(),
    controlled=st.booleans(),
    mutilated=st.booleans(),
)


@given(FACTS, FACTS)
def test_every_lawful_change_of_facts_is_a_move(before, after):
    """SM-9: a move for each change, but none out of MUTILATED and none back from control with a life that ended."""
    one, other = limited.state(before), limited.state(after)
    barred = one == "MUTILATED" or (one, other) in {
        ("REMOVED_CONTROLLED", "LIMIT_REACHED"),
        ("REMOVED_CONTROLLED", "TRACE_BROKEN"),
    }
    if one != other:
        assert (limited.find(one, other) is None) == barred


@given(FACTS)
def test_serviceable_means_life_left(facts):
    """I10: fraction consumed ≥ 1, or a broken trace, is never serviceable."""
    if limited.is_serviceable(facts):
        assert facts.fraction < 1
        assert not facts.broken
        assert not facts.mutilated


@pytest.mark.parametrize(
    ("same", "part", "product", "free"),
    [(True, 0, 0, True), (False, 0, 0, False), (True, 1, 0, False), (True, 0, 1, False)],
)
def test_back_into_the_same_product_needs_no_disposition(same, part, product, free):
    """SM-9, 14 CFR 43.10(b): the same serial product, the life unchanged, and no time accrued meanwhile."""
    found = limited.needs_no_disposition(
        same_product=same, part_growth=Fraction(part), product_growth=Fraction(product)
    )
    assert found is free


@pytest.mark.parametrize(
    ("rebuild", "lacking"),
    [
        (Rebuild("rule", "REBUILT", by_maker=True), ()),
        (Rebuild(None, "REBUILT", by_maker=True), ("no-zero-time-scheme",)),
        (Rebuild("rule", "OVERHAULED", by_maker=True), ("not-rebuilt",)),
        (Rebuild("rule", "REBUILT", by_maker=False), ("not-the-maker",)),
        (Rebuild(None, None, by_maker=False), ("no-zero-time-scheme", "not-rebuilt", "not-the-maker")),
    ],
)
def test_zero_time(rebuild, lacking):
    """I8: a scheme that permits it, the class REBUILT, and the maker or the maker's agency."""
    assert limited.zero_time_lacks(rebuild) == lacking


@pytest.mark.parametrize("method", METHODS)
def test_what_is_to_be_seen_is_shown_by_a_photo(method):
    """I11: a record is named, everything else is photographed; without a method nothing is proved."""
    lacks = "record-needed" if method == "record" else "control-photo-needed"
    assert lacking(method, photos=0, reference=None) == lacks
    assert lacking(method, photos=1, reference="QC-1") is None
    assert lacking(None, photos=1, reference="QC-1") == "method-needed"
    assert lacking(method, photos=0, reference="QC-1") == (None if method == "record" else lacks)
