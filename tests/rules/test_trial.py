"""Points of a test: pass, fail, not tested; what a run proves."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules import trial

NUMBERS = st.decimals(-1000, 1000, places=3)


@pytest.mark.parametrize(
    ("value", "low", "high", "said"),
    [
        (None, "97", "105", "not_tested"),
        (None, None, None, "not_tested"),
        ("97", "97", "105", "pass"),
        ("105.000", "97", "105", "pass"),
        ("96.999", "97", "105", "fail"),
        ("105.001", "97", "105", "fail"),
        ("-5", None, "0", "pass"),
        ("0.1", None, "0", "fail"),
        ("50", "50", None, "pass"),
        ("49", "50", None, "fail"),
    ],
)
def test_verdicts(value, low, high, said):
    """Limits belong to the better side."""
    assert trial.verdict(value, low, high) == said


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_value_passes_exactly_within_its_limits(value, one, other):
    """Whatever the numbers."""
    low, high = sorted((one, other))
    inside = trial.verdict(str(value), str(low), str(high)) == "pass"
    assert inside == (Decimal(low) <= value <= Decimal(high))


@pytest.mark.parametrize(
    ("target", "limits"),
    [
        ("REMANUFACTURED", ("50", "90")),
        ("REBUILT", ("50", "90")),
        ("OVERHAULED", ("0", "140")),
        ("REPAIRED", ("0", "140")),
        ("", ("0", "140")),
    ],
)
def test_classes_that_promise_a_new_product_are_tested_to_new_limits(target, limits):
    """The others have the service tier."""
    assert trial.span(target, new=("50", "90"), service=("0", "140")) == limits


def test_a_missing_service_limit_is_the_new_one():
    """On each side alone."""
    assert trial.span("REPAIRED", new=("50", "90"), service=(None, "140")) == ("50", "140")
    assert trial.span("REPAIRED", new=("50", "90"), service=("0", None)) == ("0", "90")


@pytest.mark.parametrize(
    ("points", "passes"),
    [
        ([], False),
        ([(True, "pass")], True),
        ([(True, "pass"), (True, "not_tested")], False),
        ([(True, "pass"), (True, "fail")], False),
        ([(True, "pass"), (False, "fail"), (False, "not_tested")], True),
    ],
)
def test_only_mandatory_points_decide(points, passes):
    """And a run without points proves nothing."""
    assert trial.may_pass(points) is passes


@pytest.mark.parametrize(
    ("passed", "said"),
    [([], "none"), ([("x", "y")], "none"), ([("a", "1")], "partial"), ([("a", "1"), ("b", "2")], "full")],
)
def test_coverage(passed, said):
    """Full is every point that the family asks."""
    assert trial.coverage([("a", "1"), ("b", "2")], passed) == said


@pytest.mark.parametrize(
    ("count", "of", "said"),
    [("1", "2000", "5.0000"), ("3", "10000", "3.0000"), ("2", "8500", "2.3529"), ("0", "1999", None)],
)
def test_a_proportion_is_reckoned_for_its_base(count, of, said):
    """So many jams in 10,000 sheets; of too few sheets nothing is said."""
    found = trial.proportion(Decimal(count), Decimal(of), base="10000", least="2000")
    assert found == (None if said is None else Decimal(said))
