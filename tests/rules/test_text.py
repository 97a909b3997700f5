"""Text that people type: taken as it is, or refused with a reason."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from remanu.errors import BadInput
from remanu.rules import text

few = settings(max_examples=80, deadline=None)
HIDDEN = {
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "zero width space": "\u200b",
    "zero width joiner": "\u200d",
    "byte-order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "NUL": "\0",
    "escape": "\x1b",
    "tab": "\t",
    "private use": "\ue000",
    "half a pair": "\ud800",
    "Hangul filler": "\u3164",
    "variation selector": "\ufe0f",
    "grapheme joiner": "\u034f",
    "tag": "\U000e0041",
}


def why(call, *args, **options):
    """The field and the reason word of the refusal."""
    with pytest.raises(BadInput) as refusal:
        call(*args, **options)
    return refusal.value.details["field"], refusal.value.details["why"]


@pytest.mark.parametrize("sign", HIDDEN.values(), ids=HIDDEN.keys())
def test_what_does_not_show_is_refused(sign):
    """In a line, in a note and in a serial number (T22)."""
    for call in (text.clean_line, text.clean_note):
        assert why(call, "name", f"a{sign}b", limit=10) == ("name", "control-character")
    assert why(text.clean_serial, "serial", f"A{sign}1") == ("serial", "control-character")


@few
@given(st.text(max_size=20))
def test_a_line_is_refused_or_round_trips(typed):
    """What was cleaned once is clean, in NFC, and means what was typed."""
    try:
        clean = text.clean_line("name", typed, limit=30)
    except BadInput:
        return
    assert clean == unicodedata.normalize("NFC", typed).strip()
    assert text.clean_line("name", clean, limit=30) == clean
    assert not any(unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs"} for sign in clean)


def test_two_spellings_become_one():
    """The composed form is what is stored."""
    assert text.clean_line("name", " Cafe\u0301 ", limit=4) == "Caf\u00e9"


@pytest.mark.parametrize("typed", ["", "   ", "\n", "\u3000"])
def test_nothing_is_refused(typed):
    """Spaces are nothing."""
    assert why(text.clean_line, "name", typed, limit=10) == ("name", "empty")


def test_the_limit_counts_characters_as_stored():
    """After composing, and without the spaces around."""
    assert text.clean_line("name", "  检验检验 ", limit=4) == "检验检验"
    assert why(text.clean_line, "name", "检验检验检", limit=4) == ("name", "too-long")


def test_notes_have_lines():
    """Line breaks of every system become one; a line has none."""
    assert text.clean_note("note", "a\r\nb\rc\n\nd\n", limit=20) == "a\nb\nc\n\nd"
    assert why(text.clean_line, "name", "a\nb", limit=20) == ("name", "control-character")


def test_a_serial_is_kept_as_it_stands_on_the_part():
    """Case, hyphens and spaces included, up to 64 characters."""
    assert text.clean_serial("serial", " Ab-12 /3 ") == "Ab-12 /3"
    assert text.clean_serial("serial", "1" * 64) == "1" * 64
    assert why(text.clean_serial, "serial", "1" * 65) == ("serial", "too-long")
    assert why(text.clean_serial, "serial", "- \u2013 -") == ("serial", "empty")


@pytest.mark.parametrize(
    "other",
    [
        "ab12x",
        "AB 12X",
        "AB-12-X",
        "AB\u201312X",
        "AB\u221212X",
        "ＡＢ１２Ｘ",
        "\u0410\u041212\u0425",
        "\u0391\u039212\u03a7",
        "A\u00a0B12X",
    ],
)
def test_same_serials_have_one_skeleton(other):
    """Case, width, hyphens of all kinds, spaces, Cyrillic and Greek capitals of the same look (I1)."""
    assert text.skeleton(other) == text.skeleton("AB12X") == "ab12x"


@pytest.mark.parametrize(
    ("one", "other"),
    [("AO12", "A012"), ("AI12", "A112"), ("AB12", "AB13"), ("AB.12", "AB12"), ("鲁A1", "A1")],
)
def test_different_serials_stay_apart(one, other):
    """Two real parts never become one."""
    assert text.skeleton(one) != text.skeleton(other)


@few
@example("\u0301-\u0327")
@given(st.text(max_size=20))
def test_a_skeleton_has_no_skeleton_of_its_own(typed):
    """Folding twice is folding once."""
    assert text.skeleton(text.skeleton(typed)) == text.skeleton(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Crankshaft, MAIN-journal 65mm", ["crankshaft", "main", "journal", "65mm"]),
        ("再製造發動機 WD615", ["再", "制", "造", "发", "动", "机", "wd615"]),
        ("再制造发动机ＷＤ６１５", ["再", "制", "造", "发", "动", "机", "wd615"]),
        ("_a_b_", ["a", "b"]),
        ("Straße ①", ["strasse", "1"]),
        ("トルク", ["ト", "ル", "ク"]),
        ("𠀀x", ["𠀀", "x"]),
        ("— …", []),
        ("", []),
    ],
)
def test_words_of_a_text(typed, words):
    """Runs of letters and digits; each Chinese character by itself; no case, width or script."""
    assert text.search_words(typed) == words


@few
@given(st.text(max_size=30))
def test_words_are_found_by_themselves(typed):
    """Asking for a word as it was indexed finds it."""
    for word in text.search_words(typed):
        assert text.search_words(word) == [word]


@pytest.mark.parametrize(
    ("written", "whole"),
    [("4D-77 120", "4d77120"), ("4D77120", ""), ("of no number", ""), ("号 12", ""), ("1-" * 200, "")],
)
def test_a_number_of_several_words_is_one(written, whole):
    """Hyphens and spaces do not matter; one word, words without a digit, other letters and endless ones are left."""
    assert text.joined(written) == whole
