"""Counters: they never fall, splits sum to totals, since-counters begin at a life's opening; I6, I7, I9."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules import counters
from remanu.rules.counters import Count, Reading

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def read(n, value, *, counter="cycles", rating="", day=None, corrects=None):
    """The n-th reading."""
    at = DAY + timedelta(days=n if day is None else day)
    return Reading(str(n), counter, rating, Fraction(value), at, corrects)


def total(value, **ratings):
    """A count of this total with these splits."""
    return Count(Fraction(value), {code: Fraction(one) for code, one in ratings.items()})


def test_a_correction_takes_a_readings_place():
    """I6: the old one is handed in with the others and counts no more; what stands is in the order of time."""
    wrong, right, later = read(1, 81235), read(5, 8124, corrects="1"), read(3, 9000)
    assert counters.standing([later, wrong, right]) == [read(5, 8124, day=1, corrects="1"), later]


def test_a_reading_fits_between_those_around_it():
    """I6: neither below an earlier one nor, entered late, above a later one."""
    known = [read(1, 100), read(5, 200)]
    assert counters.clash(Fraction(150), DAY + timedelta(days=3), known) is None
    fell = counters.clash(Fraction(99), DAY + timedelta(days=3), known)
    assert (fell.why, fell.other.id) == ("counter-falls", "1")
    ahead = counters.clash(Fraction(201), DAY + timedelta(days=3), known)
    assert (ahead.why, ahead.other.id) == ("counter-ahead", "5")
    assert counters.clash(Fraction(0), DAY, []) is None


def test_splits_sum_to_the_total():
    """I9: the total is the sum; a total that was read apart and is more leaves a rest at no rating."""
    assert counters.counts([read(1, 5000, rating="C"), read(2, 4000, rating="B")], DAY + timedelta(days=9)) == {
        "cycles": total(9000, B=4000, C=5000)
    }
    whole = [read(1, 5000, rating="C"), read(2, 9000)]
    assert counters.counts(whole, DAY + timedelta(days=9))["cycles"].unsplit == 4000
    older = [read(1, 4000), read(2, 5000, rating="C")]
    assert counters.counts(older, DAY + timedelta(days=9))["cycles"] == total(5000, C=5000)
    assert counters.splits_agree(Fraction(9000), [Fraction(5000), Fraction(4000)])
    assert not counters.splits_agree(Fraction(9001), [Fraction(5000), Fraction(4000)])


def test_as_it_was_on_a_day():
    """A later reading says nothing of an earlier day; what nobody had read by then is absent."""
    known = [read(1, 100), read(5, 200), read(3, 7, counter="hours")]
    assert counters.counts(known, DAY + timedelta(days=2)) == {"cycles": total(100)}
    assert counters.counts(known, DAY) == {}


def test_since_counters_begin_at_a_lifes_opening():
    """I7: what was counted since then, by rating; a counter that nobody read when the life opened is unknown."""
    opened = {"cycles": total(9000, B=4000, C=5000)}
    now = {"cycles": total(9500, B=4000, C=5500), "hours": total(20)}
    assert counters.since(now, opened) == {"cycles": total(500, B=0, C=500)}


def test_a_fitted_part_grows_with_its_host():
    """Only the host's growth is added, at the ratings at which it ran; a host that nobody read adds nothing."""
    part = {"cycles": total(9000, B=4000, C=5000), "hours": total(30)}
    fitted, host = {"cycles": total(100, B=100)}, {"cycles": total(400, B=150, C=250)}
    assert counters.carried(part, host, fitted) == {
        "cycles": total(9300, B=4050, C=5250),
        "hours": total(30),
    }


@pytest.mark.parametrize(
    ("words", "count", "inside"),
    [("within", 100, True), ("within", 101, False), ("before-exceeding", 100, False), ("before-exceeding", 99, True)],
)
def test_counting_words(words, count, inside):
    """Within X has X in it, before exceeding X has not."""
    assert counters.permits(words, Fraction(count), Fraction(100)) is inside


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 1), 0, date(2026, 1, 31)),
        (date(2026, 11, 5), 14, date(2028, 1, 31)),
    ],
)
def test_calendar_months_run_to_the_months_end(start, months, end):
    """Whatever the day they began."""
    assert counters.months_on(start, months) == end


@pytest.mark.parametrize(("value", "text"), [("5000", "5000"), ("8123.50", "8123.5"), ("0", "0"), ("1/8", "0.125")])
def test_a_count_as_text(value, text):
    """Without digits that say nothing, never with an exponent."""
    assert counters.plain(Fraction(value)) == text


@pytest.mark.parametrize(("share", "text"), [("0", "0.0"), ("0.40940", "41.0"), ("0.9999", "100.0"), ("2", "200.0")])
def test_a_share_is_rounded_up(share, text):
    """What is nearly used up never looks as if more were left."""
    assert counters.percent(Fraction(share)) == text


VALUES = st.integers(0, 10**6).map(Fraction)
STEPS = st.lists(st.tuples(st.sampled_from(["A", "B", "C"]), st.integers(0, 500)), max_size=8)


@given(STEPS)
def test_what_fits_never_falls(steps):
    """I6, I9: readings that each fit leave totals that never fall from day to day, and splits that sum to them."""
    known, shown = [], dict.fromkeys("ABC", 0)
    for n, (rating, more) in enumerate(steps):
        shown[rating] += more
        mine = [one for one in known if one.rating == rating]
        assert counters.clash(Fraction(shown[rating]), DAY + timedelta(days=n), mine) is None
        known.append(read(n, shown[rating], rating=rating))
    days = [counters.counts(known, DAY + timedelta(days=n)).get("cycles", total(0)) for n in range(len(steps))]
    assert [one.total for one in days] == sorted(one.total for one in days)
    assert all(one.unsplit == 0 for one in days)


@given(VALUES, VALUES, VALUES)
def test_since_is_what_was_added(before, more, later):
    """I7: a reading before the opening changes nothing of what was counted since."""
    opened, now = {"h": Count(before, {})}, {"h": Count(before + more + later, {})}
    assert counters.since(now, opened)["h"].total == more + later
