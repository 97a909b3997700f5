"""Every stock at every resolution with every length of address: true size and readable, or refused."""

from dataclasses import replace
from itertools import cycle

import pytest
import zxingcpp

from remanu.bench.labels import batch, reading
from remanu.drawing import rescue
from remanu.drawing.layout import distance, drawings, layout
from remanu.drawing.media import media_names, read_media
from remanu.drawing.pdf import draw_pdf
from remanu.drawing.symbol import encode
from remanu.errors import CannotDraw

DPIS, LENGTHS = (203, 300, 600), range(40, 64)
STOCKS = media_names()
SIZE = {"larger-than-media", "module-too-small", "text-too-long"}
INCH = 25.4


def label(length):
    """A label whose printed address has so many characters: the host takes what is left of them."""
    made = batch.label(7)
    tail = made.payload.split("/", 3)[3]
    host = "ID.EXAMPLE.TEST-OF-A-LONG-HOST-NAME"[: length - len(f"https:///{tail}")]
    return replace(made, payload=f"https://{host}/{tail}", host="ID.EXAMPLE.TEST 3F9Q2K")


def fitting(media, kind="label"):
    """The largest template of this kind that the stock has room for, or the smallest there is, to be refused."""
    labels = sorted(drawings(kind, media), key=lambda one: one.width * one.height)
    room = [one for one in labels if one.width <= media.width + 0.05 and one.height <= media.height + 0.05]
    return room[-1] if room else labels[0]


def stock(name, dpi):
    """One label of this stock as a page of its own, on a printer of this resolution."""
    return replace(read_media(name), grid=None, dpi=dpi)


def printed_truly(name, *, dpi, length, kind):
    """True where the label was printed, in its size, and read; False where pre-flight refused it with good reason."""
    media, made = stock(name, dpi), label(length)
    template = fitting(media, kind)
    display = laid_out(made, template, media)
    if display is None:
        return False
    (page,) = reading.pages(draw_pdf([made], template, media), dpi)
    assert page.width == pytest.approx(media.width / INCH * dpi, abs=1)
    assert page.height == pytest.approx(media.height / INCH * dpi, abs=1)
    assert rescue.plain(page) == [made.payload]
    true = display.marks[0].module * encode(made.payload).size / INCH * dpi
    assert sides(page) == [pytest.approx(true, abs=2.5)] * media.symbols
    return True


def laid_out(made, template, media):
    """The display list, or None where there is no room and a larger stock is named that has it."""
    try:
        return layout(made, template, media)
    except CannotDraw as refusal:
        if refusal.details["why"] not in SIZE:
            raise
        other = read_media(refusal.details["smallest"])
    assert any(holds(made, one, other) for one in drawings(template.kind, other))
    smaller = [one for one in map(read_media, STOCKS) if distance(one, media) < distance(other, media)]
    assert not any(holds(made, one, less) for less in smaller for one in drawings(template.kind, less))
    return None


def holds(made, template, media):
    """Whether this drawing of the label goes on this stock."""
    try:
        layout(made, template, media)
    except CannotDraw:
        return False
    return True


def sides(page):
    """How wide each symbol on the page is, in dots."""
    found = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
    return [one.position.top_right.x - one.position.top_left.x for one in found]


def side(page):
    """How wide the only symbol on the page is, in dots."""
    (found,) = sides(page)
    return found


@pytest.mark.parametrize("kind", ["label", "tag"])
@pytest.mark.parametrize(
    ("name", "dpi", "length"), list(zip(STOCKS, cycle(DPIS), cycle((63, 40, 45, 52)), strict=False))
)
def test_a_label_of_each_stock(name, dpi, length, kind):
    """One resolution and one length each; the drill takes all of them."""
    printed_truly(name, dpi=dpi, length=length, kind=kind)


@pytest.mark.drill
@pytest.mark.parametrize("kind", ["label", "tag"])
@pytest.mark.parametrize("dpi", DPIS)
@pytest.mark.parametrize("name", STOCKS)
def test_every_length_of_address(name, dpi, kind):
    """A stock that holds an address holds every shorter one of it as well."""
    held = [printed_truly(name, dpi=dpi, length=length, kind=kind) for length in LENGTHS]
    assert held == sorted(held, reverse=True)


@pytest.mark.drill
@pytest.mark.parametrize("kind", ["label", "tag"])
@pytest.mark.parametrize("name", STOCKS)
def test_every_place_of_a_sheet(name, kind):
    """At the middle of its cell, within a dot and what rounding takes."""
    media = read_media(name)
    template = fitting(media, kind)
    count = media.grid.places if media.grid else 2
    made = batch.batch(count)
    if laid_out(made[0], template, media) is None:
        return
    drawn = draw_pdf(made, template, media)
    assert reading.read_back(drawn, [one.payload for one in made], dpi=300) == reading.Readback(
        count, count, 0
    )


def test_each_stock_is_printed_on_or_refused_as_the_catalogue_says():
    """Released labels on what is 25 mm high, tags from 21 mm, nothing on smaller stock: so that no loss goes unseen."""
    lost = {
        kind: {name for name in STOCKS if not printed_truly(name, dpi=600, length=43, kind=kind)}
        for kind in ("label", "tag")
    }
    smaller = {"a4-l4730", "a4-l4731", "letter-5267", "roll-30x20", "roll-70x12", "roll-70x18"}
    assert lost == {"label": smaller | {"a4-4221", "a4-l7651", "roll-70x24"}, "tag": smaller}


def test_lengths_are_what_they_say():
    """Control: an address of 63 characters has 63, and needs a symbol of 33 modules at the least."""
    assert [len(label(length).payload) for length in LENGTHS] == list(LENGTHS)
    assert encode(label(63).payload).size == 33


def test_control_a_page_scaled_to_fit_is_told():
    """What a print dialog makes of a label, at 97 %, is not the true size, though it reads."""
    media, made = stock("roll-70x40", 300), label(43)
    display = layout(made, fitting(media), media)
    (page,) = reading.pages(draw_pdf([made], fitting(media), media), 300)
    shrunk = page.resize((round(page.width * 0.97), round(page.height * 0.97)))
    assert rescue.plain(shrunk) == [made.payload]
    true = display.marks[0].module * encode(made.payload).size / INCH * 300
    assert side(page) == pytest.approx(true, abs=2.5)
    assert abs(side(shrunk) - true) > 2.5


def test_control_a_stock_that_is_too_small_is_refused():
    """No template is cut at its edges, and no symbol drawn with modules that a printer smears."""
    tiny = replace(stock("roll-50x30", 203), width=20, height=10)
    with pytest.raises(CannotDraw, match="larger-than-media") as refusal:
        layout(label(43), fitting(tiny), tiny)
    assert refusal.value.details["smallest"] in STOCKS
    coarse = replace(stock("roll-50x30", 203), min_module=0.9)
    with pytest.raises(CannotDraw, match="module-too-small"):
        layout(label(43), fitting(coarse), coarse)


def test_what_no_stock_holds_names_none():
    """A text that may not be cut and is longer than every label."""
    media, endless = stock("roll-70x40", 203), replace(label(43), serial="SN " + "8" * 300)
    with pytest.raises(CannotDraw, match="text-too-long") as refusal:
        layout(endless, fitting(media), media)
    assert refusal.value.details["smallest"] is None
