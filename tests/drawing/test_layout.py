from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.drawing.layout import layout
from remanu.drawing.media import read_media
from remanu.drawing.template import read_template
from remanu.errors import CannotDraw
from tests.drawing.specimens import BLANK, ENGLISH, LABELS, PAIRS

words = st.text(st.sampled_from("ABWil-09 再制造轴承鑫（）"), max_size=70).map(str.strip)


def tried(label, pair):
    """The display list, or the reason why there is none."""
    try:
        return layout(label, read_template(pair[0]), read_media(pair[1]))
    except CannotDraw as refused:
        return refused.details["why"]


@given(st.sampled_from(LABELS), st.sampled_from(PAIRS), words, words, words)
def test_text_never_meets_the_symbol(label, pair, name, serial, organisation):
    """Whatever the words, text keeps off the symbol, the edge and other text, or the label is refused."""
    changed = replace(label, name=name, serial=serial, organisation=organisation)
    display = tried(changed, pair)
    if isinstance(display, str):
        assert display == "text-too-long"
        return
    zone = display.marks[0].box
    for run in display.runs:
        box = run.box
        assert (
            box.x >= zone.x + zone.w - 0.02
            or box.y >= zone.y + zone.h - 0.02
            or box.y + box.h <= zone.y + 0.02
        )
        assert box.x >= -0.01
        assert box.x + box.w <= display.width + 0.01


@pytest.mark.parametrize("pair", PAIRS)
def test_the_widest_code_fits_every_template(pair):
    """No code is ever refused for the width of its characters."""
    layout(replace(ENGLISH, code="WWWW-WWWWW-WWWW"), read_template(pair[0]), read_media(pair[1]))


@pytest.mark.parametrize("pair", PAIRS)
def test_a_blank_label_shows_symbol_code_and_host_alone(pair):
    """Pre-printed labels carry no captions without values and no watermark box."""
    template = read_template(pair[0])
    display = layout(BLANK, template, read_media(pair[1]))
    fixed = {text.words["en"] for text in template.texts if text.words}
    shown = {run.span.text for run in display.runs}
    assert {BLANK.code, BLANK.host} <= shown
    assert all(text in {BLANK.code, BLANK.host} or any(text in one for one in fixed) for text in shown)
    assert not any(area.ink == "white" for area in display.areas)


def test_rows_close_up_over_an_empty_field():
    """The row under an empty field moves up into its place."""
    template, media = read_template("label-70x40"), read_media("roll-70x40")
    full = layout(ENGLISH, template, media)
    less = layout(replace(ENGLISH, serial=""), template, media)
    place = {run.span.text: run.y for run in full.runs}
    assert next(run.y for run in less.runs if run.span.text == "Life") == pytest.approx(place["Serial no."])


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("pair", PAIRS)
def test_modules_are_whole_dots_and_begin_on_one(pair, dpi):
    """Printers do not have to round a module, at any of the usual resolutions."""
    media = replace(read_media(pair[1]), dpi=dpi)
    mark = layout(ENGLISH, read_template(pair[0]), media).marks[0]
    for length in (mark.module, mark.x, mark.y):
        assert length / media.dot == pytest.approx(round(length / media.dot), abs=1e-6)
    assert mark.module >= read_template(pair[0]).codes[0].min_module


def test_a_payload_that_makes_modules_too_small_is_refused():
    """A longer address never shrinks the symbol below what scanners read."""
    with pytest.raises(CannotDraw) as caught:
        layout(
            replace(ENGLISH, payload="https://" + "A" * 200),
            read_template("label-50x30"),
            read_media("roll-50x30"),
        )
    assert caught.value.details["why"] == "module-too-small"


def test_missing_glyph_is_refused():
    """A character that no font has stops the label."""
    with pytest.raises(CannotDraw) as caught:
        layout(replace(ENGLISH, serial="SN ☐ 1"), read_template("label-70x40"), read_media("roll-70x40"))
    assert caught.value.details == {"why": "missing-glyph", "character": "☐", "code": "U+2610"}


def test_words_follow_the_reader():
    """Captions and fixed words are in the label's language."""
    shown = [
        {run.span.text for run in layout(label, read_template("label-70x40"), read_media("roll-70x40")).runs}
        for label in LABELS
    ]
    assert "Certificate" in shown[0]
    assert "证书编号" in shown[1]
    assert "證書編號" in shown[2]
