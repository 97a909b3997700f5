"""The bytes that are hashed, and the loader that reads nothing but them."""

from __future__ import annotations

import hashlib
import unicodedata
from decimal import Decimal
from enum import IntEnum, StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.errors import BadInput
from remanu.rules import canonical

few = settings(max_examples=60, deadline=None)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12).map(
    lambda text: unicodedata.normalize("NFC", text)
)
INTEGERS = st.integers(-canonical.MAX_INT, canonical.MAX_INT)
SCALARS = st.none() | st.booleans() | INTEGERS | TEXT
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=12,
)


def why(call, *args, **options):
    """The reason word and the field of the refusal."""
    with pytest.raises(BadInput) as refusal:
        call(*args, **options)
    return refusal.value.details["field"], refusal.value.details["why"]


@few
@given(VALUES)
def test_what_is_encoded_can_be_decoded(value):
    """Nothing enters the record that the record cannot read back."""
    assert canonical.decode(canonical.encode(value)) == value


@few
@given(st.dictionaries(TEXT, SCALARS, min_size=2, max_size=4))
def test_the_order_of_keys_does_not_matter(value):
    """Two who state the same thing hash the same bytes."""
    turned = dict(reversed(value.items()))
    assert canonical.encode(turned) == canonical.encode(value)


def test_bytes_are_those_of_the_standard():
    """Keys by their UTF-16 units, no spaces, the shortest escapes, text as it is (RFC 8785 §3.2)."""
    value = {"Ａ": {}, "€": 1, "\r": 'a\n\x1f/"\\', "1": [True, False, None], "😀": -0, "ö": "检\x7f"}
    expected = '{"\\r":"a\\n\\u001f/\\"\\\\","1":[true,false,null],"ö":"检\x7f","€":1,"😀":0,"Ａ":{}}'
    assert canonical.encode(value).decode() == expected


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), Decimal("1.5"), b"x", ("a",), {1: "a"}, {"a": {None: 1}}, {"s"}]
)
def test_it_encodes_no_other_type(value):
    """Floats above all: a quantity is a decimal string with its unit."""
    assert why(canonical.encode, {"at": [value]})[1] == "wrong-type"


def test_a_refusal_names_the_place():
    """Who reads the refusal finds the value."""
    assert why(canonical.encode, {"a": [{"b": 1}, {"b": 0.5}]}) == ("a.1.b", "wrong-type")
    assert why(canonical.encode, [1.5]) == ("0", "wrong-type")
    assert why(canonical.encode, 1.5) == ("", "wrong-type")


@pytest.mark.parametrize("number", [2**53, -(2**53), 10**30])
def test_it_encodes_no_integer_that_others_would_round(number):
    """JSON readers elsewhere keep 53 bits."""
    assert why(canonical.encode, {"n": number}) == ("n", "too-large")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("e\u0301", "not-nfc"), ("a\0", "control-character"), ("\ud800", "control-character")],
)
def test_it_encodes_no_text_with_two_spellings_or_none(text, reason):
    """Not as a value and not as a key."""
    assert why(canonical.encode, {"t": text}) == ("t", reason)
    assert why(canonical.encode, {text: 1}) == ("", reason)


def test_words_of_a_closed_list_are_encoded_as_their_text():
    """Enumerations of text and of numbers are what they stand for."""

    class Word(StrEnum):
        REUSED = "reused"

    class Number(IntEnum):
        TWO = 2

    assert canonical.encode([Word.REUSED, Number.TWO]) == b'["reused",2]'


def nested(depth):
    """Lists around nothing."""
    value = []
    for _ in range(depth):
        value = [value]
    return value


def test_depth_ends_at_the_same_place_both_ways():
    """32 levels are read and written, 33 are not."""
    raw = canonical.encode(nested(canonical.MAX_DEPTH - 1))
    assert canonical.decode(raw) == nested(canonical.MAX_DEPTH - 1)
    assert why(canonical.encode, nested(canonical.MAX_DEPTH + 1))[1] == "too-deep"
    assert why(canonical.decode, b"[" * 34 + b"]" * 34)[1] == "too-deep"


def test_size_ends_at_the_same_place_both_ways():
    """The limit is in bytes and the caller's to lower."""
    assert canonical.encode("x" * 8, limit=10) == b'"xxxxxxxx"'
    assert why(canonical.encode, "x" * 9, limit=10) == ("", "too-long")
    assert canonical.decode(b'"xxxxxxxx"', limit=10) == "x" * 8
    assert why(canonical.decode, b'"xxxxxxxxx"', limit=10) == ("", "too-long")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"[" * 100_000, "too-deep"),
        (b'{"a":1,"a":2}', "duplicate-key"),
        (b'{"b":{"a":1,"\\u0061":2}}', "duplicate-key"),
        (b"NaN", "not-a-number"),
        (b"[Infinity]", "not-a-number"),
        (b"-Infinity", "not-a-number"),
        (b"1e400", "too-large"),
        (b"1e-31", "too-large"),
        (b"1e" + b"9" * 5000, "too-large"),
        (b"9007199254740992", "too-large"),
        (b"-9007199254740992", "too-large"),
        (b"1" * 4301, "too-large"),
        (b"0." + b"1" * 41, "too-precise"),
        (b'"\\ud800"', "control-character"),
        (b'{"\\udfff":1}', "control-character"),
        (b'"a\\u0000b"', "control-character"),
        (b'"\xed\xa0\x80"', "not-utf-8"),
        ('{"a":1}'.encode("utf-16"), "not-utf-8"),
        ('{"a":1}'.encode("utf-16-be"), "not-json"),
        (b"\xef\xbb\xbf{}", "not-json"),
        (b"", "not-json"),
        (b"{} {}", "not-json"),
        (b"{'a':1}", "not-json"),
        (b'"a\nb"', "not-json"),
        (b"01", "not-json"),
        (b"[1,]", "not-json"),
    ],
)
def test_it_reads_no_hostile_document(raw, reason):
    """Each of these bodies is refused, none breaks the reader (trust.md T21)."""
    assert why(canonical.decode, raw)[1] == reason


@pytest.mark.parametrize("text", ["10.50", "1E-30", "1e30", "-0.0", "1.5e+3", "0.1"])
def test_numbers_with_a_fraction_keep_their_digits(text):
    """10.50 does not become 10.5 (T24)."""
    assert str(canonical.decode(text.encode())) == str(Decimal(text))


def test_whole_numbers_stay_whole():
    """The largest safe integer, and zero in its two spellings."""
    assert canonical.decode(b"[9007199254740991,-9007199254740991,-0,0]") == [2**53 - 1, 1 - 2**53, 0, 0]


def test_decoding_does_not_normalise():
    """What was sent is what is read; cleaning is for text fields."""
    assert canonical.decode(b'"e\xcc\x81"') == "e\u0301"


@few
@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(raw):
    """There is no third outcome."""
    reason = None
    try:
        canonical.decode(raw)
    except BadInput as refusal:
        reason = refusal.details["why"]
    assert reason in {
        None,
        "not-utf-8",
        "not-json",
        "not-a-number",
        "too-large",
        "duplicate-key",
        "control-character",
    }


def test_commitment_and_seal():
    """SHA-256 of the canonical bytes; of salt and private bytes."""
    assert canonical.commitment(b"{}") == hashlib.sha256(b"{}").digest()
    assert canonical.seal_digest(b"salt", b"{}") == hashlib.sha256(b"salt{}").digest()
