"""Whether a part in doubt concerns an assembly: spans of time that have a moment in common (I40)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from remanu.rules import cascade
from remanu.rules.cascade import Place, Span

ZERO = datetime(2026, 1, 1, tzinfo=UTC)


def at(day):
    """A day of January."""
    return None if day is None else ZERO + timedelta(days=day)


def span(since, until=None):
    """From one day to another."""
    return Span(at(since), at(until))


def place(since, until=None, *, path=("a",), part="p", assembly="x"):
    """Where a part sat."""
    return Place(part=part, assembly=assembly, path=path, held=span(since, until))


days = st.tuples(st.integers(0, 9), st.none() | st.integers(1, 10)).filter(lambda s: s[1] is None or s[0] < s[1])


@given(st.lists(days, min_size=1, max_size=4))
def test_common_is_what_every_span_holds(given_spans):
    """Counted day by day."""
    spans = [span(*one) for one in given_spans]
    days_of = [set(range(one[0], 12 if one[1] is None else one[1])) for one in given_spans]
    shared = set.intersection(*days_of)
    found = cascade.common(spans)
    assert (found is None) == (not shared)
    if found is not None:
        assert found.since == at(min(shared))
        assert found.until == (None if 11 in shared else at(max(shared) + 1))


def test_now_then_and_neither():
    """A part that is in concerns it, one that left while it was relied on too, one that left before does not."""
    relied = span(4)
    assert cascade.concerns(place(0), relied_on=relied, in_doubt=span(2))
    assert cascade.concerns(place(0, 5), relied_on=relied, in_doubt=span(2))
    assert not cascade.concerns(place(0, 4), relied_on=relied, in_doubt=span(2))
    assert not cascade.concerns(place(0, 6), relied_on=relied, in_doubt=span(6))
    assert not cascade.concerns(place(5), relied_on=span(0, 5), in_doubt=span(0))


def test_one_place_is_shown_whatever_the_order():
    """Where it is now goes before where it was, the later before the earlier."""
    was, later, now = place(0, 1), place(2, 3, path=("b",)), place(4, path=("c",))
    other = place(0, 1, assembly="y")
    for rows in permutations((was, later, now, other)):
        assert cascade.shown(rows) == (now, other)
    assert cascade.shown([later, was]) == (later,)
    assert cascade.shown([]) == ()
