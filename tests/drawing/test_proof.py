"""A proof shows the cells of the sheet and the labels in them."""

from __future__ import annotations

import pytest

from remanu.drawing.media import media_names, read_media
from remanu.drawing.pdf import draw_pdf
from remanu.drawing.proof import draw_proof
from remanu.drawing.template import read_template
from remanu.rules.calibration import Calibration
from tests.drawing import readback
from tests.drawing.specimens import ENGLISH, PAIRS, PAYLOAD

DPI = 254  # ten dots a millimetre
SHEETS = [(template, stock) for template, stock in PAIRS if read_media(stock).grid]


def _gray(paper, x, y):
    """Whether a thin line passes within two tenths of a millimetre of here."""
    at = round(10 * x), round(10 * y)
    return min(paper.crop((at[0] - 2, at[1] - 2, at[0] + 3, at[1] + 3)).tobytes()) < 200


@pytest.mark.parametrize(("template", "stock"), SHEETS)
def test_every_cell_is_outlined(template, stock):
    """The used and the free ones, each at its four edges; the label still reads."""
    media = read_media(stock)
    (paper,) = readback.pages(draw_proof([ENGLISH], read_template(template), media, start=2), DPI)
    for place in range(media.grid.places):
        left, top = media.grid.origin(place)
        for share in (0.25, 0.75):
            across, down = left + share * media.width, top + share * media.height
            assert _gray(paper, across, top)
            assert _gray(paper, across, top + media.height)
            assert _gray(paper, left, down)
            assert _gray(paper, left + media.width, down)
    assert readback.symbols(paper) == [PAYLOAD] * media.symbols


def test_a_free_cell_is_empty():
    """Outlines alone: no label stands where none will be printed."""
    template, media = read_template("label-63x38"), read_media("a4-l7160")
    (paper,) = readback.pages(draw_proof([ENGLISH], template, media, start=2), DPI)
    left, top = media.grid.origin(0)
    inside = (left + 1, top + 1, left + media.width - 1, top + media.height - 1)
    assert min(paper.crop(tuple(round(10 * one) for one in inside)).tobytes()) == 255


def test_every_page_and_every_roll_has_its_outline():
    """The second sheet as well as the first, and the label of a roll at its edge."""
    template, media = read_template("label-63x38"), read_media("a4-l7160")
    pages = readback.pages(draw_proof([ENGLISH] * 2, template, media, start=21), DPI)
    last = media.grid.origin(20)
    assert [_gray(page, last[0] + 30, last[1] + media.height) for page in pages] == [True, True]
    roll = readback.pages(
        draw_proof([ENGLISH], read_template("label-70x40"), read_media("roll-70x40"), start=1), DPI
    )
    assert _gray(roll[0], 35, 0.1)


def test_outlines_are_bent_as_the_labels_are():
    """A printer that prints two millimetres too far right gets its cells as much too far left."""
    template, media = read_template("label-63x38"), read_media("a4-l7160")
    bent = Calibration("2.00", "0.00", "1.0000", "1.0000")
    (paper,) = readback.pages(draw_proof([ENGLISH], template, media, calibration=bent), DPI)
    left, top = media.grid.origin(0)
    assert _gray(paper, left - 2, top + 20)


def test_control_a_sheet_that_is_printed_has_no_outlines():
    """Hairlines belong on proofs."""
    for name in media_names():
        media = read_media(name)
        if media.grid is None or media.height < 38 or media.width < 63.5:
            continue
        (paper,) = readback.pages(draw_pdf([ENGLISH], read_template("label-63x38"), media), DPI)
        x, y = media.grid.origin(media.grid.places - 1)
        assert not _gray(paper, x + media.width / 2, y + media.height)
