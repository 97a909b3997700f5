import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.drawing.faces import load, settled, split, width
from remanu.errors import CannotDraw

LOCALES = ("en", "zh-Hans", "zh-Hant")


@given(st.text(st.sampled_from("AgłŁ 09·…直骨角专业業ß"), max_size=20), st.sampled_from(LOCALES))
def test_runs_hold_the_text_in_order_and_each_face_has_its_characters(text, locale):
    """Nothing is lost or moved, and no run is given to a face that lacks a character."""
    spans = split(text, locale)
    assert "".join(span.text for span in spans) == text
    for span in spans:
        assert load(span.face).face.charToGlyph.keys() >= set(map(ord, span.text))
    assert width(text, locale) == pytest.approx(sum(span.width for span in spans))


def test_each_region_gets_its_own_shapes():
    """直 is set by the face of the reader's region."""
    assert [split("直", locale)[0].face for locale in LOCALES] == [
        "NotoSansSC-Regular",
        "NotoSansSC-Regular",
        "NotoSansTC-Regular",
    ]


def test_a_latin_word_stays_in_one_face():
    """Łódź is not torn apart, though SC has three of its letters... and the word beside it stays in SC."""
    assert [(span.face, span.text) for span in split("Łódź Works", "en")] == [
        ("NotoSans-Regular", "Łódź"),
        ("NotoSansSC-Regular", " Works"),
    ]


def test_shared_marks_are_narrow_in_english():
    """A dash between English words is not a Chinese one."""
    assert width("–", "en") < width("—", "zh-Hans")
    assert split("…", "en")[0].face == "NotoSans-Regular"
    assert split("…", "zh-Hans")[0].face == "NotoSansSC-Regular"


def test_semibold_sets_all_or_nothing():
    """One character that SemiBold lacks brings the whole text to Regular."""
    assert settled("再制造", "zh-Hans", "SemiBold") == "SemiBold"
    assert settled("再制造鑫", "zh-Hans", "SemiBold") == "Regular"


@pytest.mark.parametrize("character", ["☐", "𠀋", "\u200b", "\x07", "\u0301", "\n", "\ufdd0"])
def test_what_no_face_shows_is_named(character):
    """Missing, invisible and control characters are refused with their code point."""
    with pytest.raises(CannotDraw) as caught:
        split(f"SN{character}1", "en")
    assert caught.value.details == {
        "why": "missing-glyph",
        "character": character,
        "code": f"U+{ord(character):04X}",
    }
