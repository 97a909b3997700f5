"""Back to birth: installations are contiguous and part and host count alike; I5, SM-9."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules import trace
from remanu.rules.trace import Break, Span

LIMITED = ("cycles",)


def shown(total=None, **ratings):
    """Counter values: a whole, or splits."""
    found = {("cycles", code): Fraction(value) for code, value in ratings.items()}
    return found if total is None else {**found, ("cycles", ""): Fraction(total)}


FIRST = Span(
    id="1",
    host="E-1",
    since=date(2001, 3, 1),
    until=date(2009, 6, 1),
    part_start=shown(0),
    part_end=shown(5000),
    host_start=shown(0),
    host_end=shown(5000),
)
SECOND = Span(
    id="2",
    host="E-2",
    since=date(2009, 9, 1),
    until=date(2016, 2, 1),
    part_start=shown(5000),
    part_end=shown(9000),
    host_start=shown(11000),
    host_end=shown(15000),
)


def whys(*spans, born=False, now=None, tolerance=None):
    """Why a trace does not hold, and where."""
    found = trace.breaks(spans, counters=LIMITED, tolerance=tolerance or {}, born=born, now=now)
    return [(one.why, one.span) for one in found]


def test_a_whole_trace():
    """From nothing to what it shows now, in two engines, whatever the order in which it is handed in."""
    assert whys(SECOND, FIRST, now=shown(9000)) == []


def test_an_installation_that_goes_on_is_no_break():
    """The last one has no end as long as the part is in its host."""
    assert whys(FIRST, replace(SECOND, until=None, part_end=None, host_end=None), now=shown(9400)) == []


def test_without_installations():
    """A part that came new and shows nothing needs none; a used one has no trace."""
    assert whys(born=True) == []
    assert whys(born=True, now=shown(0)) == []
    assert whys(born=True, now=shown(7)) == [("no-trace", "")]
    assert whys() == [("no-trace", "")]


@pytest.mark.parametrize(
    ("spans", "broken"),
    [
        ([replace(FIRST, part_start=shown(12))], [("no-birth", "1"), ("delta", "1")]),
        ([FIRST, replace(SECOND, part_start=shown(5100), part_end=shown(9100))], [("gap", "2")]),
        ([FIRST, replace(SECOND, host_end=shown(14990))], [("delta", "2")]),
        ([FIRST, replace(SECOND, since=date(2009, 5, 1))], [("overlap", "2")]),
        ([replace(FIRST, until=date(2000, 1, 1))], [("backwards", "1")]),
        ([replace(FIRST, until=None), SECOND], [("open", "1")]),
        ([replace(FIRST, part_start={})], [("unread", "1")]),
        ([replace(FIRST, part_end={}), SECOND], [("unread", "1")]),
        ([FIRST, replace(SECOND, part_end=shown(4000), host_end=shown(10000))], [("falls", "2"), ("falls", "2")]),
    ],
)
def test_every_break_has_a_name(spans, broken):
    """I5: the place and the kind of the break, and nothing else is found."""
    assert whys(*spans) == broken


def test_a_part_that_shows_more_than_its_trace():
    """Counted outside any installation that is on record."""
    found = trace.breaks([FIRST], counters=LIMITED, tolerance={}, now=shown(5020))
    assert found == (Break("unaccounted", "1", "cycles", amount=Fraction(20)),)


def test_a_host_that_nobody_read_says_nothing():
    """Old papers often give the part's counters alone: contiguity still holds them."""
    assert whys(replace(FIRST, host_start={}, host_end=None), replace(SECOND, host_end=None)) == []


def test_ratings_do_not_change_on_the_shelf():
    """The total goes on, but a thousand cycles moved from one rating to another."""
    first = replace(FIRST, part_end=shown(B=2000, C=3000))
    second = replace(SECOND, part_start=shown(B=3000, C=2000), part_end=shown(B=3000, C=6000))
    found = trace.breaks([first, second], counters=LIMITED, tolerance={})
    assert [(one.why, one.rating, one.amount) for one in found] == [("gap", "B", 1000), ("gap", "C", -1000)]


def test_within_the_families_tolerance_nothing_is_broken():
    """Logs of part and host may differ by a little."""
    off = [replace(FIRST, host_end=shown(5001)), replace(SECOND, part_start=shown(5001), part_end=shown(9001))]
    assert whys(*off) == [("delta", "1"), ("gap", "2")]
    assert whys(*off, tolerance={"cycles": Fraction(1)}) == []


def test_a_total_is_the_sum_of_its_splits_or_what_was_read():
    """I9; nothing where neither is known."""
    assert trace.total(shown(B=2, C=3), "cycles") == 5
    assert trace.total(shown(9, B=2), "cycles") == 9
    assert trace.total({}, "cycles") is None


RUNS = st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 9000), st.integers(0, 30)), min_size=1, max_size=6)


def told(runs):
    """A true history: in each host for so many cycles, then on the shelf for some days."""
    day, part, spans = date(2000, 1, 1).toordinal(), 0, []
    for n, (cycles, host, shelf) in enumerate(runs):
        spans.append(
            Span(
                id=str(n),
                host=f"E-{n}",
                since=date.fromordinal(day),
                until=date.fromordinal(day + 300),
                part_start=shown(part),
                part_end=shown(part + cycles),
                host_start=shown(host),
                host_end=shown(host + cycles),
            )
        )
        day, part = day + 300 + shelf, part + cycles
    return spans, part


@given(RUNS, st.data())
def test_true_histories_hold_and_any_missing_piece_that_counted_breaks_them(runs, data):
    """I5: leave out one installation over which the part counted, and the trace is broken."""
    spans, part = told(runs)
    assert whys(*spans, now=shown(part)) == []
    counted = [n for n, (cycles, _, _) in enumerate(runs) if cycles]
    if counted:
        gone = data.draw(st.sampled_from(counted))
        assert whys(*spans[:gone], *spans[gone + 1 :], now=shown(part)) != []
