"""Whole sheets are read back as a printer of each resolution prints them."""

import sys

import pytest
from PIL import ImageDraw

from remanu.bench.labels import batch, reading
from remanu.drawing.media import read_media
from remanu.drawing.pdf import draw_pdf
from remanu.drawing.template import read_template
from remanu.errors import Misconfigured

TEMPLATE, MEDIA = read_template(batch.TEMPLATE), read_media(batch.MEDIA)
SHEET = batch.batch(21)


@pytest.fixture(scope="module")
def sheet():
    """One full sheet."""
    return draw_pdf(SHEET, TEMPLATE, MEDIA)


def addresses(labels):
    """What their symbols say."""
    return [one.payload for one in labels]


@pytest.mark.parametrize("dpi", reading.DPIS)
def test_every_label_of_a_sheet_is_read_once(sheet, dpi):
    """And nothing that no label says."""
    assert reading.read_back(sheet, addresses(SHEET), dpi=dpi) == reading.Readback(21, 21, 0)


@pytest.mark.drill
@pytest.mark.parametrize("dpi", reading.DPIS)
def test_a_thousand_of_a_thousand(dpi):
    """None wrong, none missing (labels.md §11)."""
    made = batch.batch(1000)
    assert reading.read_back(draw_pdf(made, TEMPLATE, MEDIA), addresses(made), dpi=dpi).rate == 1
    assert reading.read_back(draw_pdf(made, TEMPLATE, MEDIA), addresses(made), dpi=dpi).wrong == 0


def test_control_a_missing_a_foreign_and_a_double_label_are_told(sheet):
    """Where the sheet is not what it should be, the figures say so."""
    others = addresses(batch.batch(22))[1:]
    told = reading.read_back(sheet, others, dpi=203)
    assert (told.right, told.wrong) == (20, 1)
    assert told.rate < 1
    twice = draw_pdf([SHEET[0], *SHEET[:20]], TEMPLATE, MEDIA)
    assert reading.read_back(twice, addresses(SHEET[:20]), dpi=203).right == 20


def test_control_a_covered_label_is_not_read(sheet, monkeypatch):
    """A bar over the first row of symbols takes three labels away."""
    (page,) = reading.pages(sheet, 203)
    ImageDraw.Draw(page).rectangle((0, 0, page.width, int(30 / 25.4 * 203)), fill=0)
    monkeypatch.setattr(reading, "pages", lambda *_: iter([page]))
    assert reading.read_back(sheet, addresses(SHEET), dpi=203) == reading.Readback(21, 18, 0)


def test_without_a_renderer_it_says_what_is_missing(sheet, monkeypatch):
    """It comes with the tests, not with the program."""
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(Misconfigured, match="pypdfium2"):
        list(reading.pages(sheet, 203))
