"""Labels for thermal printers: whole bitmaps that read back, small, and in their place to the dot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from remanu.drawing.media import read_media
from remanu.drawing.png import drawn
from remanu.drawing.template import read_template
from remanu.drawing.zpl import draw_zpl
from remanu.errors import CannotDraw
from tests.drawing import readback, zebra
from tests.drawing.specimens import LABELS, PAIRS, PAYLOAD, SIMPLIFIED

ROLLS = [("label-70x40", "roll-70x40"), ("label-50x30", "roll-50x30"), ("tag-70x40", "roll-70x40")]


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize(("template", "stock"), ROLLS)
def test_what_is_burnt_reads_and_is_what_png_shows(template, stock, dpi):
    """At every resolution, in every language: the symbol says the address, and no dot differs from the drawing."""
    media = replace(read_media(stock), dpi=dpi)
    for label in LABELS:
        sent = draw_zpl(label, read_template(template), media)
        (paper,) = zebra.burnt(sent)
        assert readback.symbols(paper) == [PAYLOAD]
        whole = drawn(label, read_template(template), media).point(lambda gray: 255 if gray > 127 else 0)
        left, top = ((paper.width - whole.width) // 2, (paper.height - whole.height) // 2)
        inner = paper.crop((left, top, left + whole.width, top + whole.height))
        assert inner.tobytes() == whole.tobytes()


@pytest.mark.parametrize(("template", "stock", "most"), [("label-50x30", "roll-50x30", 4096), (*ROLLS[0], 5632)])
def test_a_label_stays_small(template, stock, most):
    """4 KB on the 50 × 30 mm roll with Chinese (labels.md §11); a larger label has more ink to tell of."""
    for label in LABELS:
        assert len(draw_zpl(label, read_template(template), read_media(stock))) <= most


@pytest.mark.parametrize(("template", "stock"), PAIRS)
def test_another_renderer_sees_the_same_dots(template, stock):
    """Not only our own reader: zplkit burns the very dots that it does, without a warning."""
    zplkit = pytest.importorskip("zplkit")
    limits = pytest.importorskip("zplkit.rendering").Limits(graphic_bytes=10**6)
    media = replace(read_media(stock), dpi=203)
    sent = draw_zpl(SIMPLIFIED, read_template(template), media)
    told = zplkit.render(sent, zplkit.Options(dpi=203), limits=limits)
    assert not told.warnings
    (paper,) = (one.rasterize() for one in told.labels)
    (ours,) = zebra.burnt(sent)
    assert (paper.width, paper.height, bytes(paper.pixels)) == (*ours.size, ours.tobytes())
    assert readback.symbols(Image.frombytes("L", ours.size, bytes(paper.pixels))) == [PAYLOAD] * media.symbols


def test_darkness_is_said_only_where_it_is_changed():
    """What is set at the printer stays where nobody asks for more."""
    plain, dark = (
        draw_zpl(SIMPLIFIED, read_template("label-50x30"), read_media("roll-50x30"), darkness=one) for one in (0, 7)
    )
    assert b"^MD" not in plain
    assert b"^MD7" in dark
    assert zebra.burnt(plain)[0].tobytes() == zebra.burnt(dark)[0].tobytes()


def test_a_shift_moves_by_dots():
    """What calibration asks is done to the dot, right and down."""
    media, template = read_media("roll-70x40"), read_template("label-70x40")
    straight, moved = (
        zebra.burnt(draw_zpl(SIMPLIFIED, template, media, shift=shift))[0] for shift in ((0.0, 0.0), (0.5, 0.25))
    )
    boxes = [_ink(one) for one in (straight, moved)]
    dots = media.dpi / 25.4
    assert boxes[1][0] - boxes[0][0] == round(0.5 * dots)
    assert boxes[1][1] - boxes[0][1] == round(0.25 * dots)


def _ink(paper):
    return paper.point(lambda gray: 255 - gray).getbbox()


def test_a_shift_over_the_edge_is_refused():
    """Half a symbol is never printed."""
    with pytest.raises(CannotDraw) as caught:
        draw_zpl(SIMPLIFIED, read_template("label-70x40"), read_media("roll-70x40"), shift=(-5.0, 0.0))
    assert caught.value.details["why"] == "outside-label"


def test_control_a_spoiled_byte_is_seen():
    """Control: the reader of these tests refuses what a printer would misread."""
    sent = draw_zpl(SIMPLIFIED, read_template("label-70x40"), read_media("roll-70x40"))
    at = sent.index(b":Z64:") + 100
    spoiled = sent[:at] + (b"A" if sent[at : at + 1] != b"A" else b"B") + sent[at + 1 :]
    with pytest.raises(AssertionError, match="check sum"):
        zebra.burnt(spoiled)
