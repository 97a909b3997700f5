"""The page that a printer is calibrated by, seen as a ruler sees it."""

from __future__ import annotations

import pytest

from remanu.drawing.calibration import A4, LETTER, draw_calibration
from remanu.rules.calibration import ACROSS, DOWN, LEFT, TOP
from tests.drawing import readback

DPI = 254  # ten dots a millimetre


@pytest.mark.parametrize("page", [A4, LETTER])
def test_crosses_stand_where_the_rule_says(page):
    """Within a tenth of a millimetre, from the upper left corner of the paper."""
    (paper,) = readback.pages(draw_calibration([], locale="en", page=page), DPI)
    assert paper.size == pytest.approx((page[0] * 10, page[1] * 10), abs=1)
    for x in (LEFT, LEFT + ACROSS):
        for y in (TOP, TOP + DOWN):
            assert _dark(paper, x, y - 2), "the upper arm"
            assert _dark(paper, x - 2, y), "the left arm"
            assert not _dark(paper, x - 2, y - 2), "nothing between the arms"


def _dark(paper, x, y):
    at = round(10 * float(x)), round(10 * float(y))
    return min(paper.crop((at[0] - 2, at[1] - 2, at[0] + 3, at[1] + 3)).tobytes()) < 160


@pytest.mark.parametrize(("locale", "line"), [("en", "Measure from edge"), ("zh-Hans", "从纸边量到十字")])
def test_it_says_what_to_do(locale, line):
    """In the language of whoever measures, copied as text, and the same bytes each time."""
    drawn = draw_calibration([line], locale=locale)
    assert line in readback.text(drawn)
    assert drawn == draw_calibration([line], locale=locale)
