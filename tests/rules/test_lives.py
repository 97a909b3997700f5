"""Life policies: linear damage over ratings, whichever first, summed; weighted hours and starts; I10."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.families.loader import load_all
from remanu.rules import lives
from remanu.rules.counters import Count
from remanu.rules.lives import POLICIES, Limit, Ruling, Term

DISK = (Limit("cycles", "C", Fraction(20100)), Limit("cycles", "B", Fraction(24900)))
LINEAR = POLICIES["fraction-sum"]


def count(total=None, **ratings):
    """A count with these splits, and a total of its own where more was counted."""
    split = {code: Fraction(value) for code, value in ratings.items()}
    return Count(Fraction(sum(split.values()) if total is None else total), split)


def left(policy, limits, counts):
    """What is left by rating."""
    return {one.limit.rating or one.limit.counter: one.remaining for one in lives.remaining(policy, limits, counts)}


def test_the_fan_disk_of_the_directive():
    """5,000 cycles at C and 4,000 at B leave 14,705 at B or 11,871 at C (domain.md §4.1)."""
    flown = {"cycles": count(C=5000, B=4000)}
    fraction = lives.consumed(LINEAR, DISK, flown)
    assert fraction == Fraction(5000, 20100) + Fraction(4000, 24900)
    assert f"{float(fraction):.5f}" == "0.40940"
    assert left(LINEAR, DISK, flown) == {"C": 11871, "B": 14705}


def test_the_directives_limits_are_the_packs():
    """The same figures from the pack that names the policy and holds the limits."""
    pack = load_all()["aero-engine"]
    limits = [
        Limit(one.counter, one.rating, Fraction(one.limit))
        for one in pack.limits_of("fan-disk", "335-014-509-0")
    ]
    flown = {"cycles": count(C=5000, B=4000)}
    assert left(POLICIES[pack.life_policy], limits, flown) == {"C": 11871, "B": 14705}


def packed(code):
    """An interval of the gas turbine's pack: its terms, its injection and the plain interval."""
    one = next(row for row in load_all()["gas-turbine"].intervals if row.code == code)
    terms = [Term(row.counter, row.rating, Fraction(row.weight), row.counts) for row in one.weights]
    wet = one.injection
    injected = lives.DRY if wet is None else lives.Injection(*map(Fraction, (wet.constant, wet.slope, wet.percent)))
    return terms, injected, Fraction(one.interval)


def test_factored_hours_of_the_published_example():
    """7,000 h on gas, 500 on distillate, 100 at peak load: 8,350 of 7,600 h, every 21,844 h (domain.md §4.2)."""
    terms, injected, plain = packed("hot-gas-path-hours")
    found = lives.equivalent(terms, {"fired-hours": count(gas=7000, distillate=500, peak=100)}, injected)
    assert (found.factored, found.actual) == (8350, 7600)
    assert f"{float(found.factor):.4f}" == "1.0987"
    assert found.interval(plain) == 21844


def test_factored_starts_of_the_published_example():
    """300 normal starts and 10 trips from full load: 380 factored, every 710 starts (domain.md §4.2)."""
    terms, injected, plain = packed("hot-gas-path-starts")
    counts = {"starts": count(normal=300), "trips": Count(Fraction(10), {"full-load": Fraction(10)})}
    found = lives.equivalent(terms, counts, injected)
    assert (found.factored, found.actual) == (380, 300)
    assert f"{float(found.factor):.4f}" == "1.2667"
    assert found.interval(plain) == 710


def test_where_nothing_ran_there_is_no_factor():
    """Nor an interval at this duty; a trip without a start is no duty either."""
    terms, injected, plain = packed("hot-gas-path-starts")
    assert lives.equivalent(terms, {}, injected).factor is None
    tripped = lives.equivalent(terms, {"trips": Count(Fraction(1), {"full-load": Fraction(1)})}, injected)
    assert (tripped.factored, tripped.interval(plain)) == (8, None)


def test_injection_multiplies():
    """K + M·I."""
    assert lives.Injection(Fraction("1.4"), Fraction("0.15"), Fraction(2)).factor == Fraction("1.7")
    assert lives.DRY.factor == 1


def test_whichever_first_and_summed_are_two_policies():
    """Half the hours and half the starts: half a life where each stands alone, a whole one where they add up."""
    limits = (Limit("hours", "", Fraction(1000)), Limit("starts", "", Fraction(100)))
    half = {"hours": count(500), "starts": count(50)}
    assert lives.consumed(POLICIES["first-reached"], limits, half) == Fraction(1, 2)
    assert lives.consumed(POLICIES["summed"], limits, half) == 1
    assert lives.consumed(POLICIES["none"], limits, half) == 0
    assert left(POLICIES["first-reached"], limits, half) == {"hours": 500, "starts": 50}
    assert left(POLICIES["summed"], limits, half) == {"hours": 0, "starts": 0}


def test_a_life_that_ended_by_one_limit_has_nothing_left_at_another():
    """I10."""
    limits = (Limit("hours", "", Fraction(1000)), Limit("starts", "", Fraction(100)))
    assert left(POLICIES["first-reached"], limits, {"hours": count(1000), "starts": count(1)}) == {
        "hours": 0,
        "starts": 0,
    }


@pytest.mark.parametrize(
    ("counts", "doubts"),
    [
        ({"cycles": count(C=1, B=1)}, ()),
        ({}, ("not-counted",)),
        ({"cycles": count(9, C=1, B=1)}, ("rating-unknown",)),
        ({"cycles": count(A=1, B=1)}, ("no-limit",)),
        ({"cycles": count(A=0, B=1)}, ()),
        ({"cycles": count(9, A=1)}, ("rating-unknown", "no-limit")),
    ],
)
def test_what_makes_a_life_uncertain(counts, doubts):
    """Not counted, counted at no rating, or at one for which no limit is known: nobody can say what is left."""
    found = lives.standing(LINEAR, DISK, counts)
    assert found.doubts == doubts
    assert found.known is (not doubts)


def test_a_part_without_any_limit_is_uncertain_too():
    """Its number is in no row of the pack."""
    assert lives.standing(LINEAR, (), {"cycles": count(C=1)}).doubts == ("no-limit",)


def test_a_limit_of_the_whole_asks_for_no_splits():
    """Hours of a truck's engine are not split."""
    found = lives.standing(LINEAR, (Limit("cycles", "", Fraction(10)),), {"cycles": count(4, B=1)})
    assert (found.doubts, found.fraction, found.left[0].remaining) == ((), Fraction(2, 5), 6)


CYCLES = st.integers(0, 30_000)
NAMES = st.sampled_from(sorted(POLICIES))


@given(NAMES, CYCLES, CYCLES, st.integers(0, 5000))
def test_more_cycles_never_leave_more(name, at_c, at_b, more):
    """What is left falls or stays as cycles grow, at every rating and by every policy; it is never below nothing."""
    policy = POLICIES[name]
    before = left(policy, DISK, {"cycles": count(C=at_c, B=at_b)})
    after = left(policy, DISK, {"cycles": count(C=at_c + more, B=at_b)})
    assert all(0 <= after[code] <= before[code] for code in before)


@given(CYCLES, CYCLES)
def test_what_is_left_can_be_flown_and_no_more(at_c, at_b):
    """Flying what is left at one rating reaches no more than the whole life; one cycle more would pass it."""
    start = {"cycles": count(C=at_c, B=at_b)}
    rest = left(LINEAR, DISK, start)["B"]
    assert lives.consumed(LINEAR, DISK, {"cycles": count(C=at_c, B=at_b + rest)}) <= max(
        Fraction(1), lives.consumed(LINEAR, DISK, start)
    )
    assert lives.consumed(LINEAR, DISK, {"cycles": count(C=at_c, B=at_b + rest + 1)}) > 1


@given(st.lists(st.fractions(0, 2), max_size=5))
def test_identities_of_the_policies(shares):
    """Whichever first is never more than summed, they agree on one share, and order changes neither."""
    first, added = lives.whichever_first(shares), lives.summed(shares)
    assert first <= added
    assert lives.whichever_first(shares[::-1]) == first
    assert lives.summed(shares[::-1]) == added
    assert all(lives.whichever_first([one]) == lives.summed([one]) == one for one in shares)
    assert lives.unlimited(shares) == 0


@given(CYCLES)
def test_one_rating_alone_is_a_plain_subtraction(at_c):
    """Linear damage at one rating is the limit less the cycles."""
    assert left(LINEAR, DISK, {"cycles": count(C=at_c)})["C"] == max(20100 - at_c, 0)


@given(st.integers(1, 10**5), st.integers(1, 10**5))
def test_weights_of_one_change_nothing(hours, plain):
    """Factored is actual, the factor 1 and the interval the plain one."""
    found = lives.equivalent([Term("hours", "", Fraction(1))], {"hours": count(hours)})
    assert (found.factored, found.factor, found.interval(Fraction(plain))) == (hours, 1, floor(plain))


@pytest.mark.parametrize(
    ("begun", "months", "last"),
    [
        (date(2024, 1, 15), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 3, 1), 120, date(2034, 3, 31)),
        (date(2024, 11, 30), 1, date(2024, 12, 31)),
        (date(2024, 12, 1), 12, date(2025, 12, 31)),
    ],
)
def test_calendar_months_run_to_month_end(begun, months, last):
    """Domain.md §4.1: the last day is within the limit, the day after it is not."""
    assert lives.last_day(begun, months) == last
    assert lives.calendar_share(begun, months, today=last) < 1
    assert lives.calendar_share(begun, months, today=last + timedelta(days=1)) == 1
    assert lives.calendar_share(begun, months, today=begun - timedelta(days=9)) == 0


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 400), st.integers(0, 9000))
def test_a_calendar_share_never_falls(begun, months, days):
    """Nor does a later day make more of the life."""
    today = begun + timedelta(days=days)
    now, later = (lives.calendar_share(begun, months, today=one) for one in (today, today + timedelta(days=1)))
    assert 0 <= now <= later <= 1
    assert (lives.last_day(begun, months) + timedelta(days=1)).day == 1


def test_whichever_comes_first():
    """Domain.md §4.1: the calendar ends a life that has cycles left, and cycles one that has months left."""
    flown = lives.standing(LINEAR, DISK, {"cycles": count(C=5000)})
    begun = date(2014, 5, 20)
    assert lives.with_calendar(flown, begun, [], today=date(2050, 1, 1)) == flown
    held = lives.with_calendar(flown, begun, [120, 240], today=date(2024, 5, 31))
    assert (held.fraction < 1, held.left) == (True, flown.left)
    ended = lives.with_calendar(flown, begun, [120, 240], today=date(2024, 6, 1))
    assert (ended.fraction, {one.remaining for one in ended.left}) == (1, {0})
    worn = lives.standing(LINEAR, DISK, {"cycles": count(C=20100)})
    assert lives.with_calendar(worn, begun, [240], today=date(2015, 1, 1)).fraction == 1
    assert lives.with_calendar(flown, None, [1], today=date(2050, 1, 1)) == flown
    alone = lives.with_calendar(lives.standing(LINEAR, (), {}), begun, [120], today=begun)
    assert (alone.fraction, alone.doubts) == (0, ())


def test_not_limited_and_not_authorised():
    """Domain.md §4.1: N/L uses nothing up; N/A leaves the life in question as soon as the part ran there."""
    free, barred = (Ruling("cycles", "A", word) for word in ("not-limited", "not-authorised"))
    flown = {"cycles": count(A=900, C=5000)}
    assert lives.standing(LINEAR, DISK, flown).doubts == ("no-limit",)
    found = lives.standing(LINEAR, DISK, flown, [free])
    assert (found.doubts, found.fraction) == ((), Fraction(5000, 20100))
    assert lives.standing(LINEAR, DISK, flown, [barred]).doubts == ("rating-not-authorised",)
    assert lives.standing(LINEAR, DISK, {"cycles": count(C=5000)}, [barred]).doubts == ()
    assert lives.standing(LINEAR, (), {"cycles": count(A=900)}, [free]).known
    assert lives.standing(LINEAR, (), {"cycles": count(A=900)}, [barred]).doubts == ("no-limit",)
