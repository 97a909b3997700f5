"""One label in two places: far and soon is odd; near, or late enough, is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules.travel import (
    COLUMNS,
    ROWS,
    Limits,
    Place,
    Sighting,
    impossible,
    kilometres,
    limits_on,
    too_far,
)

AT = datetime(2026, 3, 10, 8, tzinfo=UTC)
LIMITS = Limits(applies_from=date(2026, 1, 1), keep_days=90, fastest_km_h=1000, slack_km=80, source="test")
HERE, FAR = Place(104, 26), Place(62, 242)
PLACES = st.builds(Place, st.sampled_from(ROWS), st.sampled_from(COLUMNS))
SIGHTINGS = st.builds(Sighting, st.datetimes(timezones=st.just(UTC)), PLACES)


@pytest.mark.parametrize(
    ("place", "hours", "odd"),
    [
        (FAR, 1, True),
        (FAR, 24, False),
        (HERE, 0, False),
        (Place(105, 27), 0, False),
        (Place(108, 26), 0, True),
    ],
)
def test_far_and_soon(place, hours, odd):
    """Across the world within the hour is odd; a day later, in the same square or the next one it is not."""
    assert too_far(Sighting(AT, HERE), Sighting(AT + timedelta(hours=hours), place), LIMITS) is odd


@given(SIGHTINGS, SIGHTINGS)
def test_neither_order_nor_more_time_makes_it_odd(one, other):
    """It is the same from both ends; two days suffice for any way on earth; no way is longer than half of it."""
    assert too_far(one, other, LIMITS) == too_far(other, one, LIMITS)
    late = Sighting(min(one.at, other.at, AT) + timedelta(days=2), other.place)
    assert not too_far(Sighting(min(one.at, other.at, AT), one.place), late, LIMITS)
    assert 0 <= kilometres(one.place, other.place) <= 20016


@given(st.lists(SIGHTINGS, max_size=6))
def test_neighbours_in_time(sightings):
    """Whatever order they come in, the same pairs are found, each a pair that is too far apart."""
    found = impossible(sightings, LIMITS)
    assert found == impossible(reversed(sightings), LIMITS)
    assert all(too_far(one, other, LIMITS) and one.at <= other.at for one, other in found)


def test_the_newest_row_applies():
    """As of its day; before the first day the first row applies, so that nothing is kept for ever."""
    later = Limits(applies_from=date(2027, 1, 1), keep_days=30, fastest_km_h=900, slack_km=80, source="test")
    rows = (later, LIMITS)
    assert [limits_on(rows, date(year, 6, 1)) for year in (2025, 2026, 2027)] == [LIMITS, LIMITS, later]
