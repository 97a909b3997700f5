"""A resistance that halves with the heat is brought to one temperature (IEEE 43, from memory)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules import entry

CEL = st.decimals(-20, 60, places=1)


@pytest.mark.parametrize(
    ("value", "cel", "there"),
    [("100", "40", "100.0"), ("100", "50", "200.0"), ("400", "20", "100.0"), ("82.0", "30", "41.00")],
)
def test_ten_kelvin_halve(value, cel, there):
    """Warmer than the limits' temperature reads less than it would be there, colder more."""
    assert entry.at_halving(Decimal(value), Decimal(cel), at_cel=Decimal(40), per_k=Decimal(10)) == Decimal(
        there
    )


@given(cel=CEL, warmer=CEL)
def test_the_same_reading_is_worth_more_the_warmer_it_was(cel, warmer):
    """A law: the correction grows with the temperature."""
    low, high = (
        entry.at_halving(Decimal("500.00"), one, at_cel=Decimal(40), per_k=Decimal(10))
        for one in sorted((cel, warmer))
    )
    assert low <= high
