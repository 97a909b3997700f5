"""Deposits: nothing is lost between what a core is worth and what is paid, nor between units bought and returned."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.rules import deposits
from remanu.rules.cores import OUTCOMES
from remanu.rules.deposits import Bought, Terms, Tier

few = settings(max_examples=80, deadline=None)
DAY = date(2026, 3, 1)
# As a published programme has it: 110 % of purchases at full value, the next 10 % at half, beyond that a base value.
TIERS = (Tier(Decimal(110), Decimal(100)), Tier(Decimal(120), Decimal(50)))
CHARGES = {"turbocharger": Decimal("350.00"), "alternator": Decimal("80.00")}


def terms(**changed):
    """Terms of a programme in the test currency."""
    given = {
        "currency": "XTS",
        "deposit": Decimal("1000.00"),
        "base": Decimal("50.00"),
        "damaged": Decimal(40),
        "days": 548,
        "tiers": TIERS,
        "charges": CHARGES,
    }
    return Terms(**{**given, **changed})


@pytest.mark.parametrize(
    ("position", "worth"),
    [(1, "1000.00"), (11, "1000.00"), (12, "500.00"), (13, "50.00")],
)
def test_the_published_tiers(position, worth):
    """Ten bought: eleven at full value, the twelfth at half, the thirteenth at the base value."""
    assert deposits.credit(terms(), "full", position=position, bought=10).paid == Decimal(worth)


def test_without_purchases_a_core_has_its_base_value():
    """Who bought nothing has no deposit to get back."""
    assert deposits.credit(terms(), "full", position=1, bought=0).paid == Decimal("50.00")


@pytest.mark.parametrize(
    ("outcome", "charges", "expected"),
    [
        ("full", (), ("0.00", "0", "1000.00")),
        ("full", ("alternator", "alternator"), ("0.00", "160.00", "840.00")),
        ("damaged", ("turbocharger",), ("600.00", "350.00", "50.00")),
        ("damaged", ("turbocharger", "turbocharger"), ("600.00", "400.00", "0.00")),
        ("none", (), ("1000.00", "0.00", "0.00")),
    ],
)
def test_outcome_and_charges(outcome, charges, expected):
    """What is withheld, what is charged, what is paid; charges end at nothing."""
    found = deposits.credit(terms(), outcome, position=1, bought=1, charges=charges)
    assert (found.by_outcome, found.charged, found.paid) == tuple(map(Decimal, expected))


def test_a_charge_without_an_amount_is_a_mistake_of_ours():
    """Criteria and terms come in one edition."""
    with pytest.raises(KeyError):
        deposits.credit(terms(), "full", position=1, bought=1, charges=("unheard",))


@few
@given(
    st.integers(0, 30),
    st.integers(1, 40),
    st.sampled_from(OUTCOMES),
    st.lists(st.sampled_from(sorted(CHARGES)), max_size=5),
    st.decimals(0, 100, places=1),
)
def test_nothing_of_a_core_s_worth_is_lost(bought, position, outcome, charges, damaged):
    """Worth = withheld + charged + paid, none of them below nothing; one more charge pays no more."""
    one = terms(damaged=damaged)
    found = deposits.credit(one, outcome, position=position, bought=bought, charges=charges)
    assert found.worth == found.by_outcome + found.charged + found.paid
    assert min(found.by_outcome, found.charged, found.paid) >= 0
    more = deposits.credit(one, outcome, position=position, bought=bought, charges=[*charges, "alternator"])
    assert more.paid <= found.paid
    later = deposits.credit(one, outcome, position=position + 1, bought=bought, charges=charges)
    assert later.worth <= found.worth


def test_units_lapse_with_their_window():
    """Two bought, one returned in time, one too late."""
    bought = [Bought(2, DAY, DAY + timedelta(days=30))]
    late = DAY + timedelta(days=40)
    found = deposits.balance(bought, [DAY + timedelta(days=10), late], today=late)
    assert (found.bought, found.answered, found.open, found.lapsed, found.surplus) == (2, 1, 0, 1, 1)


days = st.integers(0, 60).map(lambda n: DAY + timedelta(days=n))
units = st.integers(1, 5)
terms_of = st.builds(lambda n, on, term: Bought(n, on, on + timedelta(days=term)), units, days, st.integers(0, 40))
purchases = st.lists(terms_of, max_size=6)


@few
@given(purchases, st.lists(days, max_size=12))
def test_no_unit_and_no_core_is_lost(bought, returned):
    """Bought = answered + open + lapsed, returned = answered + surplus, whatever comes in which order."""
    today = DAY + timedelta(days=60)
    found = deposits.balance(bought, returned, today=today)
    assert found.bought == found.answered + found.open + found.lapsed == sum(one.units for one in bought)
    assert len(returned) == found.answered + found.surplus
    assert found == deposits.balance(bought[::-1], returned[::-1], today=today)


def test_what_lies_in_the_window():
    """Both ends count, tomorrow does not."""
    seen = [DAY - timedelta(days=31), DAY - timedelta(days=30), DAY, DAY + timedelta(days=1)]
    assert deposits.in_window(seen, days=30, today=DAY) == 2
    bought = [Bought(3, one, one + timedelta(days=30)) for one in seen]
    assert deposits.units_in_term(bought, DAY) == 6
