"""Where the mass went (I25)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules import masses

KILOGRAMS = st.decimals(0, 100000, places=3)


@pytest.mark.parametrize(
    ("out", "closed"),
    [("100", True), ("101", True), ("99", True), ("101.001", False), ("98.999", False)],
)
def test_one_per_cent_of_what_came_in(out, closed):
    """To either side, and exactly."""
    found = masses.balance({"core": "90", "new_parts": "10"}, {"unit": out})
    assert found.closed is closed
    assert Decimal(found.difference) == 100 - Decimal(out)


def test_what_nobody_weighed_is_named():
    """And then nothing is closed, and no difference is shown."""
    found = masses.balance({"core": "90", "new_parts": None}, {"unit": None, "waste": "1"})
    assert found.unknown == ("new_parts", "unit")
    assert (found.difference, found.share, found.closed) == (None, None, False)
    assert (found.came_in, found.went_out) == ({"core": "90"}, {"waste": "1"})


def test_nothing_in_closes_nothing():
    """A share of nothing is no number."""
    found = masses.balance({"core": "0"}, {"unit": "0"})
    assert (found.share, found.closed) == (None, False)


@given(st.lists(KILOGRAMS, min_size=1, max_size=4), st.lists(KILOGRAMS, min_size=1, max_size=4))
def test_no_gram_is_lost_in_the_arithmetic(came, went):
    """The difference is the exact one, whatever the numbers."""
    found = masses.balance(
        {str(n): str(mass) for n, mass in enumerate(came)}, {str(n): str(mass) for n, mass in enumerate(went)}
    )
    if sum(came):
        assert Decimal(found.difference) == sum(came) - sum(went)
        assert found.closed == (abs(sum(came) - sum(went)) <= sum(came) / 100)


def test_the_share_is_shown_to_a_hundredth_of_a_per_cent():
    """Rounded for reading; the verdict is not rounded."""
    assert masses.balance({"core": "300"}, {"unit": "299"}).share == "0.0033"
