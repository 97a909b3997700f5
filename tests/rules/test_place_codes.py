"""Codes of places: no spelling of one is a code of a part or a label, and none of those is one of a place."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.errors import BadInput
from remanu.families.gs1 import dictionary
from remanu.rules import identity, seen

few = settings(max_examples=80, deadline=None)
HOSTS = frozenset({"id.example.test"})
TABLE = dictionary()
PLACES = st.integers(0, 2**40 - 1).map(lambda number: identity.new_place_code(lambda _: number))
ITEMS = st.integers(0, 2**60 - 1).map(lambda number: identity.new_item_code(lambda _: number))
LABELS = st.integers(0, 2**30 - 1).map(lambda number: identity.new_label_code(lambda _: number))
HUMAN = st.sampled_from(
    ["{}", " {} ", "{}/", "{}.", "https://id.example.test/{}", "HTTP://ID.EXAMPLE.TEST/{}/"]
)


def spelt(code, dice):
    """The code as somebody types it: small letters, O for 0, I or L for 1, blanks and hyphens anywhere."""
    signs = []
    for sign in code:
        sign = {"0": "0Oo", "1": "1IlL"}.get(sign, sign + sign.lower())  # noqa: PLW2901 -- the choice of spellings
        signs.append(dice.choice(sign) + dice.choice(["", "", "", "-", " "]))
    return "".join(signs)


@few
@given(PLACES, st.randoms(use_true_random=False), HUMAN)
def test_a_place_is_read_in_any_spelling_and_as_nothing_else(code, dice, shape):
    """By both parsers; no part and no label comes of it."""
    text = shape.format(spelt(code, dice) if "://" not in shape else code)
    assert identity.parse_place_scan(text, HOSTS) == code
    for parse in (identity.parse_item, identity.parse_label):
        with pytest.raises(BadInput):
            parse(text)
    with pytest.raises(BadInput):
        identity.parse_scan(text, HOSTS)
    found = seen.read(text, HOSTS, TABLE)
    assert (found.place, found.scan) == (code, None)


@few
@given(ITEMS, LABELS, st.randoms(use_true_random=False))
def test_no_part_and_no_label_is_a_place(item, label, dice):
    """Alone, together and as an address."""
    for text in (
        spelt(item, dice),
        spelt(label, dice),
        f"{item}/{label}",
        f"https://id.example.test/{item}/{label}",
    ):
        with pytest.raises(BadInput):
            identity.parse_place_scan(text, HOSTS)
        assert seen.read(text, HOSTS, TABLE).place == ""


@few
@given(ITEMS, LABELS, PLACES, st.binary(min_size=10, max_size=10))
def test_every_code_has_one_class(item, label, place, badge):
    """By its text alone, before anything is looked up; as printed and typed alone where it can be."""
    home = "https://id.example.test"
    for text, wanted in (
        (f"{home}/{item}", "part"),
        (identity.group(item), "part"),
        (f"{home}/{item}/{label}", "label"),
        (identity.paper_payload(f"{home}/{item}"), "paper"),
        (f"{home}/{place}", "place"),
        (identity.group_place(place).lower(), "place"),
        (base64.b32encode(badge).decode(), "person"),
        ("SN 44-81", None),
        (f"https://maker.test/{item}", None),
    ):
        assert seen.read(text, HOSTS, TABLE).names == wanted, text


@few
@given(PLACES, st.integers(1, 9), st.integers(0, 31))
def test_a_wrong_sign_is_told(code, at, sign):
    """Every single error is caught by the check character."""
    wrong = code[:at] + identity.ALPHABET[sign] + code[at + 1 :]
    if wrong == code:
        assert identity.parse_place(wrong) == code
        return
    with pytest.raises(BadInput) as refused:
        identity.parse_place(wrong)
    assert refused.value.details["why"] == "check-character"


@pytest.mark.parametrize("host", ["id.maker.test", "id.example.test.evil.test", "id.example.test@evil.test"])
def test_the_sign_of_another_host_is_none_of_ours(host):
    """However alike it looks."""
    code = identity.new_place_code(lambda _: 7)
    found = seen.read(f"https://{host}/{code}", HOSTS, TABLE)
    assert (found.kind, found.place, found.why) == ("nothing", "", "foreign-host")


def test_what_a_scanner_of_another_layout_types():
    """The code between changed signs is found; two of them are none."""
    one, other = (identity.new_place_code(lambda _, number=number: number) for number in (7, 8))
    assert seen.read(f"httpsÖ--id.example.test-{one}", HOSTS, TABLE).place == one
    assert seen.read(f"Shelf {one}", HOSTS, TABLE).place == one
    assert seen.read(f"{one} {other}", HOSTS, TABLE).place == ""


def test_it_is_printed_in_two_groups_and_capitals():
    """P and four, then five; scheme small for the cameras."""
    code = identity.new_place_code(lambda bits: {40: 7}[bits])
    assert identity.group_place(code) == f"{code[:5]}-{code[5:]}"
    assert identity.payload("https://id.example.test", code) == f"https://ID.EXAMPLE.TEST/{code}"
