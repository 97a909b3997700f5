"""Declared shares against dated limits, on the day a unit is placed on the market again (R19, I62, I48)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.rules.substances import Above, Limit, Regime, Share, in_force, judge

few = settings(max_examples=60, deadline=None)
HOMOGENEOUS, ARTICLE = "homogeneous-material", "first-article"
SIX = Regime(
    id="six",
    jurisdiction="XA",
    applies_from=date(2011, 8, 1),
    applies_to=date(2027, 7, 31),
    limits=(Limit("Pb", Decimal(1000), HOMOGENEOUS), Limit("Cd", Decimal(100), HOMOGENEOUS)),
    categories=frozenset({"copier"}),
)
TEN = Regime(
    id="ten",
    jurisdiction="XA",
    applies_from=date(2027, 8, 1),
    applies_to=None,
    limits=(*SIX.limits, Limit("DEHP", Decimal(1000), HOMOGENEOUS)),
    categories=frozenset({"copier"}),
)
BY_ARTICLE = Regime(
    id="article",
    jurisdiction="XB",
    applies_from=date(2021, 1, 5),
    applies_to=None,
    limits=(Limit("SVHC", Decimal(1000), ARTICLE),),
)
NOTHING = Regime(id="nothing", jurisdiction="XD", applies_from=date(2020, 1, 1), applies_to=None, limits=())
ALL = (SIX, TEN, BY_ARTICLE, NOTHING)
COPIER = (
    Share("Pb", Decimal(200), HOMOGENEOUS),
    Share("Cd", Decimal(100), HOMOGENEOUS),
    Share("DEHP", Decimal(1500), HOMOGENEOUS),
)


def asked(shares=COPIER, *, jurisdiction="XA", category="copier", on=date(2027, 8, 1)):
    """What the rules of the place say of a copier on the day."""
    return judge(shares, ALL, jurisdiction=jurisdiction, category=category, on=on)


def test_a_copier_with_dehp_on_both_dates():
    """R19: 0.15 % of DEHP is in order on 31 July 2027 and above its limit on 1 August."""
    before, after = asked(on=date(2027, 7, 31)), asked(on=date(2027, 8, 1))

    assert (before.state, before.above, before.regimes[0].regime) == ("met", (), SIX)
    assert (after.state, after.regimes[0].regime) == ("unmet", TEN)
    assert after.above == (Above("DEHP", Decimal(1500), Decimal(1000)),)


def test_what_nobody_declared_is_unknown():
    """I48: a missing share is named, and a share that is too large counts all the same."""
    silent = asked(COPIER[:1])
    both = asked((COPIER[0], COPIER[2]))

    assert (silent.state, silent.undeclared) == ("unknown", ("Cd", "DEHP"))
    assert (both.state, both.undeclared) == ("unmet", ("Cd",))


def test_the_largest_share_counts():
    """One material above the limit is enough."""
    more = (*COPIER[:2], Share("DEHP", Decimal(1), HOMOGENEOUS), COPIER[2])

    assert asked(more).above == (Above("DEHP", Decimal(1500), Decimal(1000)),)


def test_a_share_of_an_article_says_nothing_of_a_material():
    """I62: the share of a substance of concern is that in the first article, and of no other."""
    material, article = Share("SVHC", Decimal(2), HOMOGENEOUS), Share("SVHC", Decimal(1001), ARTICLE)

    assert asked((material,), jurisdiction="XB").state == "unknown"
    assert asked((material, article), jurisdiction="XB").state == "unmet"


@pytest.mark.parametrize(
    ("category", "state", "concerned"),
    [("copier", "unmet", True), ("diesel-engine", "met", False), (None, "unknown", True)],
)
def test_limits_hold_for_their_categories(category, state, concerned):
    """Another product is not concerned; one whose category nobody knows is unknown."""
    found = asked(category=category)

    assert (found.state, found.regimes[0].concerned) == (state, concerned)


def test_a_place_that_asks_nothing_and_one_that_nobody_knows():
    """The first is met, the second unknown, and so is a day before any rule."""
    assert asked((), jurisdiction="XD").state == "met"
    assert asked(jurisdiction="XZ").state == "unknown"
    assert asked(on=date(2001, 1, 1)).state == "unknown"


SHARES = st.lists(
    st.builds(
        Share,
        st.sampled_from(["Pb", "Cd", "DEHP", "SVHC"]),
        st.sampled_from([Decimal(0), Decimal(100), Decimal(1000), Decimal(1001)]),
        st.sampled_from([HOMOGENEOUS, ARTICLE]),
    ),
    max_size=6,
)


@few
@given(SHARES, st.sampled_from(["XA", "XB", "XD", "XZ"]), st.integers(0, 5))
def test_saying_less_never_helps(shares, jurisdiction, at):
    """Without one of its shares a unit that was not met is not met, and the order of what is said is irrelevant."""
    whole = asked(shares, jurisdiction=jurisdiction)
    fewer = asked(shares[:at] + shares[at + 1 :], jurisdiction=jurisdiction)

    assert whole.state == asked(list(reversed(shares)), jurisdiction=jurisdiction).state
    if whole.state == "unknown":
        assert fewer.state == "unknown"
    if whole.state == "met" and fewer.state == "met":
        assert not fewer.undeclared


@few
@given(st.dates(date(2010, 1, 1), date(2030, 12, 31)))
def test_one_edition_a_day(on):
    """Both days of an edition are its own, and its successor begins on the next."""
    assert len(in_force(ALL, jurisdiction="XA", on=on)) == (on >= SIX.applies_from)
