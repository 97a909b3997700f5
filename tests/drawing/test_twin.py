"""Two symbols on one label: what one of them loses, the other one still says (labels.md §5.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.drawing.layout import distance, drawings, layout
from remanu.drawing.media import media_names, parse_media, read_media
from remanu.drawing.png import drawn
from remanu.drawing.stock import read
from remanu.drawing.template import read_template, template_names
from remanu.errors import CannotDraw
from tests.drawing import readback
from tests.drawing.specimens import LABELS, PAYLOAD, SIMPLIFIED

TWINS = [name for name in media_names() if read_media(name).symbols == 2]


def _spoiled(name, stock, which):
    """The label with one corner pattern of this symbol oiled over."""
    media = replace(read_media(stock), dpi=300)
    image, mark = (
        drawn(SIMPLIFIED, read_template(name), media),
        layout(SIMPLIFIED, read_template(name), media).marks[which],
    )
    dots, oil = 300 / 25.4, 8 * mark.module
    image.paste(0, tuple(round(one * dots) for one in (mark.x, mark.y, mark.x + oil, mark.y + oil)))
    return image


@pytest.mark.parametrize("name", ["label-98x50-twin", "tag-98x50-twin"])
@pytest.mark.parametrize("which", [0, 1])
def test_a_lost_corner_is_cured_by_the_other_symbol(name, which):
    """Whichever of the two it was."""
    assert readback.symbols(_spoiled(name, "a4-l7165-twin", which)) == [PAYLOAD]


def test_control_without_a_twin_a_lost_corner_is_the_end():
    """Control: the same oil on the only symbol of the label."""
    assert readback.symbols(_spoiled("label-98x50", "a4-l7165", 0)) == []


@pytest.mark.parametrize("stock", media_names())
def test_a_stock_is_drawn_on_with_as_many_symbols_as_it_asks(stock):
    """Twins on twin stock alone, in every language without hitting each other."""
    media = read_media(stock)
    for kind in ("label", "tag"):
        given = {one.name for one in drawings(kind, media)}
        known = [read_template(name) for name in template_names() if name.startswith(kind)]
        assert given == {one.name for one in known if len(one.codes) == media.symbols} != {one.name for one in known}
    if media.symbols == 2:
        for label in LABELS:
            marks = layout(label, read_template("label-98x50-twin"), media).marks
            assert len(marks) == 2
            assert not marks[0].box.meets(marks[1].box)


@pytest.mark.parametrize("stock", TWINS)
def test_twin_stock_is_the_same_stock(stock):
    """Sizes and grid are those of the stock without its ending."""
    plain, twin = read_media(stock.removesuffix("-twin")), read_media(stock)
    assert twin == replace(plain, name=twin.name, title=twin.title, symbols=2)


def test_three_symbols_are_refused():
    """There is no drawing for it."""
    with pytest.raises(CannotDraw, match="media-refused"):
        parse_media("odd", read("media", TWINS[0]).replace("symbols = 2", "symbols = 3"))


def test_what_is_offered_instead_comes_from_the_same_shelf():
    """A roll for a roll, letter paper for letter paper, one symbol for one, whatever the sizes."""
    roll, letter, sheet, twin = map(read_media, ("roll-30x20", "letter-5267", "a4-l7651", "a4-l7165-twin"))
    nearest = [
        min((read_media(one) for one in media_names()), key=lambda one: distance(one, to))
        for to in (letter, roll)
    ]
    assert [one.name for one in nearest] == ["letter-5267", "roll-30x20"]
    assert distance(read_media("letter-5163"), letter) < distance(sheet, letter)
    assert distance(read_media("a4-l7165"), sheet) < distance(twin, sheet)
