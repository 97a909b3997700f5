import pytest

from remanu.drawing.media import read_media
from remanu.drawing.png import draw_png
from remanu.drawing.template import read_template
from tests.drawing import readback
from tests.drawing.specimens import ENGLISH, PAYLOAD

ROLL = read_template("label-70x40"), read_media("roll-70x40")


@pytest.mark.parametrize("dpi", [203, 300])
def test_the_image_has_the_label_s_size_and_reads(dpi):
    """Width and height are those of the label in dots, the resolution stands in the file."""
    image = readback.png(draw_png(ENGLISH, *ROLL, dpi=dpi))
    assert image.size == (round(70 / 25.4 * dpi), round(40 / 25.4 * dpi))
    assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.1)
    assert readback.symbols(image) == [PAYLOAD]


def test_modules_have_hard_edges():
    """The symbol's part of the image is black and white, without a dot of gray, and white around it."""
    image = readback.png(draw_png(ENGLISH, *ROLL, dpi=203))
    symbol = image.crop((3, 3, 243, 243))
    assert {gray for _, gray in symbol.getcolors(256)} == {0, 255}
    dots = 6
    assert symbol.point(lambda gray: 255 - gray).getbbox()[0] >= 4 * dots - 3


def test_text_is_as_wide_as_it_was_measured():
    """A long line ends where the layout said, to half a dot."""
    template, media = ROLL
    image = readback.png(draw_png(ENGLISH, template, media, dpi=203))
    right = image.crop((int(32.4 / 25.4 * 203), 0, image.width, 70)).point(lambda gray: 255 - gray).getbbox()
    assert (32.4 + right[2] / 203 * 25.4) == pytest.approx(68.2, abs=0.6)
