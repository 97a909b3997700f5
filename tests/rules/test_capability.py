"""Charts and indices give the figures of the handbook that they follow."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules.capability import ENOUGH, RUN, Capability, capability, chart

# The worked example of the NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2.
FLOW = [Decimal(one) for one in ("49.6", "47.6", "49.9", "51.3", "47.8", "51.2", "52.6", "52.4", "53.6", "52.1")]
READINGS = st.lists(st.decimals(-1000, 1000, places=3, allow_nan=False), min_size=ENOUGH, max_size=60)


def rounded(value, places="0.0001"):
    """To four places, as the handbook prints it."""
    return value.quantize(Decimal(places))


def test_the_handbooks_chart():
    """Centre, control limits and mean moving range of the published example; no signal in it."""
    made = chart(FLOW)
    assert rounded(made.centre, "0.01") == Decimal("50.81")
    assert rounded(made.range_centre) == Decimal("1.8778")
    assert (rounded(made.lower), rounded(made.upper)) == (Decimal("45.8159"), Decimal("55.8041"))
    assert rounded(made.range_upper, "0.01") == Decimal("6.13")
    assert made.signals == ()


def test_the_handbooks_index():
    """Limits 8 and 20, mean 16, deviation 2: Cp is 1 and Cpk two thirds."""
    spread = [Decimal(16) + (2 if n % 2 else -2) for n in range(40)]
    made = capability(spread, lower=Decimal(8), upper=Decimal(20))
    assert isinstance(made, Capability)
    assert rounded(made.mean) == 16
    assert rounded(made.cp, "0.01") == Decimal("0.99")
    assert rounded(made.cpk, "0.01") == Decimal("0.66")
    assert made.cpk_low < made.cpk < made.cpk_high


def test_bissells_limits():
    """Cpk of 1.33 from 50 readings lies between 1.05 and 1.61."""
    deviation = Decimal(1)
    half = [Decimal(n) for n in range(-25, 26) if n]
    scale = (sum((one * one for one in half), Decimal(0)) / 49).sqrt()
    values = [one / scale for one in half]
    made = capability(values, lower=None, upper=deviation * 3 * Decimal("1.33"))
    assert rounded(made.cpk, "0.01") == Decimal("1.33")
    assert (rounded(made.cpk_low, "0.01"), rounded(made.cpk_high, "0.01")) == (Decimal("1.05"), Decimal("1.61"))
    assert made.cp is None


@pytest.mark.parametrize(
    ("values", "lower", "upper", "said"),
    [
        ([Decimal(1)] * ENOUGH, None, None, "no-limits"),
        ([Decimal(1)] * (ENOUGH - 1), Decimal(0), None, "too-few"),
        ([Decimal(1)] * ENOUGH, Decimal(0), Decimal(2), "no-spread"),
    ],
)
def test_what_is_missing_is_said(values, lower, upper, said):
    """No index is made of nothing."""
    assert capability(values, lower=lower, upper=upper) == said


def test_few_readings_make_no_chart():
    """Four readings are no process."""
    assert chart(FLOW[:4]) is None


def test_a_point_beyond_its_limits_is_a_signal():
    """One wild reading among quiet ones is named by its place."""
    values = [*FLOW, *FLOW, Decimal(80), *FLOW]
    assert (20, "beyond-limits") in chart(values).signals


def test_a_run_on_one_side_is_a_signal():
    """From the eighth reading above the centre on; a reading on the centre begins anew."""
    values = [Decimal(one) for one in (*[4] * RUN, *[6] * (RUN + 1))]
    runs = [n for n, why in chart(values).signals if why == "run-on-one-side"]
    assert runs == [RUN - 1, RUN * 2 - 1, RUN * 2]
    still = [Decimal(5)] * 20
    assert chart(still).signals == ()


@given(READINGS)
def test_shifting_and_stretching_change_no_index(values):
    """An index has no unit: readings and limits in another unit give the same."""
    low, high = Decimal(-2000), Decimal(2000)
    plain = capability(values, lower=low, upper=high)
    other = capability([one * 25 + 7 for one in values], lower=low * 25 + 7, upper=high * 25 + 7)
    if isinstance(plain, Capability):
        assert isinstance(other, Capability)
        assert abs(plain.cpk - other.cpk) < Decimal("1e-9") * max(1, abs(plain.cpk))
        assert plain.cpk <= plain.cp + Decimal("1e-9")
    else:
        assert plain == other
