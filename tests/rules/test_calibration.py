"""What a printer does to a page is found from four lengths and taken back (labels.md §6.1)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.errors import BadInput
from remanu.rules.calibration import ACROSS, DOWN, LEFT, PLAIN, TOP, Calibration, measured

SHIFT = st.decimals(-5, 5, places=2)
SCALE = st.decimals(Decimal("0.98"), Decimal("1.02"), places=4)
HUNDREDTH = Decimal("0.01")


@given(SHIFT, SHIFT, SCALE, SCALE, st.floats(0, 210), st.floats(0, 297))
def test_what_is_drawn_by_it_lands_where_it_belongs(right, below, wide, high, x, y):
    """For any printer: measure its page with a ruler of hundredths, draw by the answer, and the place is met."""
    found = measured(
        left=(right + wide * LEFT).quantize(HUNDREDTH),
        top=(below + high * TOP).quantize(HUNDREDTH),
        across=(wide * ACROSS).quantize(HUNDREDTH),
        down=(high * DOWN).quantize(HUNDREDTH),
    )
    at = found.drawn_at(x, y)
    assert float(right) + float(wide) * at[0] == pytest.approx(x, abs=0.04)
    assert float(below) + float(high) * at[1] == pytest.approx(y, abs=0.04)


def test_a_true_printer_needs_nothing():
    """What lands where it was drawn is drawn where it lands."""
    assert measured(left=LEFT, top=TOP, across=ACROSS, down=DOWN) == PLAIN
    assert PLAIN.drawn_at(12.5, 33.0) == (12.5, 33.0)


def test_a_shift_and_a_scale_are_told_apart():
    """A printer that prints two millimetres too far right and a hundredth too wide."""
    found = measured(left=Decimal("22.2"), top=TOP, across=Decimal("161.6"), down=DOWN)
    assert found == Calibration("2.00", "0.00", "1.0100", "1.0000")


@pytest.mark.parametrize(
    ("name", "value"), [("left", "31"), ("top", "9"), ("across", "152"), ("down", "207"), ("across", "16")]
)
def test_another_page_is_refused(name, value):
    """A page that was fitted, or inches, are no calibration: the field is named."""
    lengths = {"left": LEFT, "top": TOP, "across": ACROSS, "down": DOWN} | {name: Decimal(value)}
    with pytest.raises(BadInput) as refusal:
        measured(**lengths)
    assert refusal.value.details == {"field": name, "why": "not-this-page"}
