from dataclasses import replace

import pytest

from remanu.drawing.display import Area, Box
from remanu.drawing.faces import Span
from remanu.drawing.layout import layout
from remanu.drawing.media import read_media
from remanu.drawing.preflight import check
from remanu.drawing.template import read_template
from remanu.errors import CannotDraw
from tests.drawing.specimens import ENGLISH

TEMPLATE, MEDIA = read_template("label-70x40"), read_media("roll-70x40")


@pytest.fixture(scope="module")
def display():
    """A label in order, into which each test plants one fault."""
    return layout(ENGLISH, TEMPLATE, MEDIA)


def refused(display, media=MEDIA):
    """The reason why the display list is refused."""
    with pytest.raises(CannotDraw) as caught:
        check(display, TEMPLATE, media)
    return caught.value.details["why"]


def test_a_label_in_order_passes(display):
    """Control of the controls: without a fault nothing is refused."""
    check(display, TEMPLATE, MEDIA)


@pytest.mark.parametrize(("column", "row"), [(-1, 3), (-4, -4), (3, -1), (32, 30), (10, 10)])
def test_one_module_flipped_in_the_quiet_zone_is_refused(display, column, row):
    """A single dark module beside or in the symbol is found."""
    mark = display.marks[0]
    module = Box(mark.x + column * mark.module, mark.y + row * mark.module, mark.module, mark.module)
    assert refused(replace(display, areas=(*display.areas, Area(module, "black")))) == "quiet-zone"


def test_text_moved_into_the_quiet_zone_is_refused(display):
    """A text that touches the white around the symbol is found."""
    zone = display.marks[0].box
    moved = replace(display.runs[0], x=zone.x + zone.w - 1, y=zone.y + 5)
    assert refused(replace(display, runs=(moved,))) == "quiet-zone"


def test_a_second_symbol_over_the_first_is_refused(display):
    """Symbols keep off each other as well."""
    mark = display.marks[0]
    twin = replace(mark, x=mark.x + mark.module * mark.symbol.whole / 2)
    assert refused(replace(display, marks=(mark, twin))) == "quiet-zone"


def test_modules_below_the_stock_s_minimum_are_refused(display):
    """Stock that smears needs larger modules."""
    assert refused(display, replace(MEDIA, min_module=0.8)) == "module-too-small"


def test_modules_between_dots_are_refused(display):
    """A module of five and a half dots is printed as five here and six there."""
    mark = replace(display.marks[0], module=5.5 * MEDIA.dot)
    assert refused(replace(display, marks=(mark,))) == "module-off-dots"


def test_text_over_the_edge_is_refused(display):
    """Nothing hangs over the cut."""
    assert refused(replace(display, runs=(replace(display.runs[0], x=60.0, y=30.0),))) == "outside-label"


def test_a_glyph_that_the_face_lacks_is_refused(display):
    """The pre-flight looks into the font itself, not at who asked for it."""
    run = replace(display.runs[0], span=Span("NotoSansTC-Regular", "专", 1.0))
    assert refused(replace(display, runs=(run,))) == "missing-glyph"


def test_text_over_text_is_refused(display):
    """Two texts in one place cannot be read."""
    first = display.runs[0]
    assert refused(replace(display, runs=(first, replace(first, x=first.x + 2)))) == "texts-overlap"


def test_white_on_white_is_refused(display):
    """Text in the colour of its ground is not there."""
    assert refused(replace(display, runs=(replace(display.runs[0], ink="white"),))) == "no-contrast"


def test_a_drawing_larger_than_its_stock_is_refused(display):
    """A label for 70 mm is not printed on 50 mm."""
    assert refused(display, read_media("roll-50x30")) == "larger-than-media"
