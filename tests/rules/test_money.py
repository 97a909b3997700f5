"""Money: whole minor units of a known currency."""

from __future__ import annotations

from decimal import Decimal

import pytest

from remanu.errors import BadInput
from remanu.rules import money


@pytest.mark.parametrize(
    ("said", "code", "value"),
    [("1250", "XTS", "1250.00"), (" 0.5 ", "EUR", "0.50"), ("1250", "JPY", "1250"), ("1.125", "KWD", "1.125")],
)
def test_amounts(said, code, value):
    """Digits as the currency has them."""
    assert str(money.amount("deposit", said, code)) == value


@pytest.mark.parametrize(
    ("said", "code", "why"),
    [
        ("-1", "XTS", "not-a-number"),
        ("1,250", "XTS", "not-a-number"),
        ("\u0661", "XTS", "not-a-number"),
        ("1e3", "XTS", "not-a-number"),
        ("1.005", "EUR", "too-precise"),
        ("1.5", "JPY", "too-precise"),
        ("1" * 16, "EUR", "too-large"),
    ],
)
def test_odd_amounts(said, code, why):
    """Wrong decimal, wrong sign, more digits than there are coins."""
    with pytest.raises(BadInput) as refused:
        money.amount("deposit", said, code)
    assert refused.value.details == {"field": "deposit", "why": why}


def test_currencies():
    """ISO 4217 alone, in capitals."""
    assert money.currency("currency", " cny ") == "CNY"
    with pytest.raises(BadInput) as refused:
        money.currency("currency", "GOLD")
    assert refused.value.details["why"] == "not-a-currency"


def test_parts_are_rounded_half_to_even():
    """And in whole minor units."""
    assert money.part(Decimal("0.25"), Decimal(50), "EUR") == Decimal("0.12")
    assert money.part(Decimal(101), Decimal(50), "JPY") == Decimal(50)


@pytest.mark.parametrize("said", ["101", "9" * 20])
def test_percentages_end(said):
    """More than the whole is refused."""
    assert money.percent("share", "40") == Decimal(40)
    with pytest.raises(BadInput):
        money.percent("share", said)
    with pytest.raises(BadInput):
        money.percent("share", "x")
