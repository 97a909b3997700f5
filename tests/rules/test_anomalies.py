"""Odd readings: which days speak for a copy, a lost part or a curious workshop, and which speak for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules.anomalies import ENDED, HELD, Custody, Reading, held_twice, odd
from remanu.rules.states import STATES

DAY = date(2026, 3, 10)
GOOD = Reading(DAY, "active", ended=None, scrapped=None, delivered=DAY - timedelta(5))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, None),
        ({"state": None}, "never-issued"),
        ({"scrapped": DAY - timedelta(1)}, "part-scrapped"),
        ({"scrapped": DAY}, None),
        ({"scrapped": DAY + timedelta(1)}, None),
        ({"state": "lost", "ended": DAY - timedelta(1)}, "label-ended"),
        ({"state": "superseded", "ended": DAY}, None),
        ({"delivered": None}, "before-delivery"),
        ({"delivered": DAY + timedelta(1)}, "before-delivery"),
        ({"delivered": DAY}, None),
        ({"state": "printed", "delivered": None}, None),
    ],
)
def test_what_is_odd(changes, found):
    """One reason for each, the gravest first."""
    assert odd(replace(GOOD, **changes)) == found


@given(st.sampled_from(sorted(ENDED)), st.integers(-30, 30))
def test_an_ended_label_is_odd_from_the_next_day_on(state, days):
    """The day on which it ended is told apart from every later one."""
    reading = replace(GOOD, state=state, ended=DAY - timedelta(days))
    assert (odd(reading) == "label-ended") is (days > 0)


@given(st.integers(0, 400))
def test_readings_after_delivery_are_what_labels_are_for(days):
    """No number of days makes an active label of a delivered part odd."""
    assert odd(replace(GOOD, day=GOOD.delivered + timedelta(days))) is None


PUBLIC = ("in-process", "released", "under-review", "revoked", "superseded", "scrapped", "returned")


@given(st.sampled_from(sorted(STATES)), st.booleans(), st.sampled_from(PUBLIC))
def test_two_custodians(state, on_site, there):
    """One holds the part now, another one works on it; not what has left, is announced, or stays at its owner's."""
    assert held_twice(Custody(state, on_site=on_site), there) is (
        state in HELD and not on_site and there == "in-process"
    )


@pytest.mark.parametrize(
    ("state", "there", "held"),
    [
        ("ANNOUNCED", "in-process", False),
        ("RECEIVED", "in-process", True),
        ("LABELLED", "in-process", True),
        ("IN_SERVICE", "in-process", False),
        ("RECEIVED", "released", False),
    ],
)
def test_what_holding_is(state, there, held):
    """From its arrival to its delivery; a part that was released elsewhere came from there."""
    assert held_twice(Custody(state, on_site=False), there) is held
