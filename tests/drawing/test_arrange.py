"""Labels drawn up from a wish: on every stock that has room, in every language, on either side."""

from dataclasses import replace
from itertools import product

import pytest

from remanu.drawing.arrange import SHARES, SIDES, Wish, arranged, roomy
from remanu.drawing.layout import layout
from remanu.drawing.media import media_names, read_media
from remanu.drawing.png import draw_png
from remanu.drawing.template import template_of
from remanu.errors import CannotDraw
from remanu.labelling.queries import faults_of, of_tag
from tests.drawing import readback
from tests.drawing.specimens import LABELS

ROWS = {
    "label": ("organisation", "part_number", "serial", "life", "date", "standard", "certificate"),
    "tag": ("part_number", "serial", "date", "organisation"),
}
ROOMY = [one for one in map(read_media, media_names()) if roomy(one)]


def drawn(kind, media, *, side="left", share="even", rows=None):
    """The template of a wish."""
    wish = Wish(kind=kind, side=side, share=share, rows=ROWS[kind] if rows is None else rows)
    return template_of("wished", arranged(wish, media))


def worst(label, kind):
    """The words of a specimen with the widest codes that there are."""
    wide = replace(label, host="ID.EXAMPLE-X.TEST WWWWWW", code="WWWW-WWWWW-WWWW")
    return of_tag(wide) if kind == "tag" else wide


@pytest.mark.parametrize("kind", ROWS)
def test_every_roomy_stock_holds_the_usual_rows(kind):
    """On either side, in three languages; the drawing lacks nothing and says nothing of its own."""
    assert len(ROOMY) > 15
    for media, side in product(ROOMY, SIDES):
        template = drawn(kind, media, side=side)
        assert not faults_of(template), media.name
        for label in LABELS:
            display = layout(worst(label, kind), template, media)
            assert len(display.marks) == media.symbols


@pytest.mark.parametrize(("kind", "side"), list(product(ROWS, SIDES)))
def test_it_is_read_back(kind, side):
    """What is drawn up decodes to the printed address, and the symbol stands where it was wished."""
    media = read_media("roll-70x40")
    template = drawn(kind, media, side=side)
    image = readback.png(draw_png(worst(LABELS[1], kind), template, media, dpi=203))
    assert readback.symbols(image) == [LABELS[1].payload]
    assert (template.codes[0].box.x == 0) is (side == "left")


def test_the_share_is_the_size_of_the_symbol():
    """Where height allows it, each share takes so much of the width."""
    media = read_media("a4-l7164")
    sizes = {share: drawn("label", media, share=share).codes[0].box.w for share in SHARES}
    assert sizes == {share: round(part * media.width, 2) for share, part in SHARES.items()}


def test_rows_stand_in_their_order():
    """What is wished first stands first, and what is not wished does not stand there."""
    template = drawn("tag", read_media("roll-70x40"), rows=("serial", "part_number"))
    assert [row.field for row in template.tables[0].rows] == ["serial", "part_number"]
    assert drawn("tag", read_media("roll-70x40"), rows=()).tables == ()


@pytest.mark.parametrize("stock", ["a4-l4730", "roll-70x12", "roll-70x24"])
def test_a_stock_without_room_is_refused(stock):
    """A symbol that could not be read is never drawn."""
    with pytest.raises(CannotDraw, match="module-too-small"):
        drawn("label", read_media(stock))
