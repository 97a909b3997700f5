import ast
from dataclasses import replace
from pathlib import Path

import pytest

from remanu.drawing import pdf, png, svg
from remanu.drawing.media import read_media
from remanu.drawing.template import read_template
from tests.drawing import readback
from tests.drawing.specimens import BLANK, LABELS, PAIRS, PAYLOAD

DRIVERS = (pdf, png, svg)


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_all_drivers_of_one_label_say_the_same(pair, dpi):
    """PNG, SVG and PDF of every template decode to the payload, in every language and blank."""
    template, media = read_template(pair[0]), replace(read_media(pair[1]), grid=None)
    told = [PAYLOAD] * media.symbols
    for label in (*LABELS, BLANK):
        assert readback.symbols(readback.png(png.draw_png(label, template, media, dpi=dpi))) == told
        assert readback.symbols(readback.svg(svg.draw_svg(label, template, media), dpi)) == told
    drawn = pdf.draw_pdf([*LABELS, BLANK], template, media)
    assert [readback.symbols(page) for page in readback.pages(drawn, dpi)] == [told] * 4


@pytest.mark.parametrize("driver", DRIVERS, ids=lambda driver: driver.__name__)
def test_drivers_do_not_know_each_other(driver):
    """Each format can be changed or dropped alone."""
    others = {one.__name__ for one in DRIVERS} - {driver.__name__}
    tree = ast.parse(Path(driver.__file__).read_text("utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not imported & others
    assert "remanu.drawing.layout" in imported


def test_a_spoiled_symbol_does_not_read():
    """Control of the read-back: with a finder pattern covered nothing is decoded."""
    image = readback.png(
        png.draw_png(LABELS[0], read_template(PAIRS[0][0]), read_media(PAIRS[0][1]), dpi=203)
    )
    image.paste(255, (20, 20, 80, 80))
    assert readback.symbols(image) == []
