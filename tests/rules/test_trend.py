"""A trend is read as the arithmetic says, and the estimate of a core never knows that core's own life."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules.trend import Past, errors, estimate, left_out, level, slope

FIGURE = st.floats(-100, 100, allow_nan=False).map(lambda one: round(one, 3))
LIFE = st.floats(0, 200).map(lambda one: round(one, 1))
PAST = st.lists(st.builds(Past, st.tuples(FIGURE, FIGURE), LIFE), min_size=4, max_size=12)


def test_a_line_has_its_slope_and_its_end():
    """A sensor that rises by half a unit each time has that slope, and the mean of its last five as its level."""
    series = [10 + 0.5 * n for n in range(60)]
    assert slope(series) == pytest.approx(0.5)
    assert level(series) == pytest.approx(10 + 0.5 * 57)


def test_only_the_end_counts():
    """What happened before the last thirty snapshots moves no slope, before the last five no level."""
    series = [999.0] * 10 + [5.0] * 30
    assert (slope(series), level(series)) == (0.0, 5.0)


def test_a_single_snapshot_has_no_slope():
    """One reading went nowhere."""
    assert slope([3.0]) == 0.0


def test_more_wear_is_less_life():
    """Cores whose only figure falls with their life are told apart in their order."""
    past = [Past((float(n), 1.0), 200.0 - n) for n in range(100)]
    told = [estimate(past, (float(n), 1.0)) for n in (10, 50, 90)]
    assert told == sorted(told, reverse=True)
    assert told[1] == pytest.approx(150, abs=5)


def test_no_life_is_less_than_nothing():
    """Far beyond what was ever seen an estimate stops at nought."""
    past = [Past((float(n),), 50.0 - n) for n in range(50)]
    assert estimate(past, (10_000.0,)) == 0.0


@given(PAST, st.floats(0, 500))
def test_a_core_never_tells_of_itself(past, other):
    """Changing one core's own truth changes nothing in what the others say of it."""
    lied = [Past(past[0].figures, other), *past[1:]]
    assert left_out(past)[0] == pytest.approx(left_out(lied)[0], abs=1e-6)


def test_errors_are_the_textbook_ones():
    """Mean absolute, root mean square, bias and worst of three misses."""
    found = errors([3.0, 0.0, 4.0], [0.0, 0.0, 8.0])
    assert (found.mean_absolute, found.bias, found.worst) == (pytest.approx(7 / 3), pytest.approx(-1 / 3), 4.0)
    assert found.root_mean_square == pytest.approx((25 / 3) ** 0.5)
