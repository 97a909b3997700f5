"""Codes of parts and labels: made, checked, read from what people type and scanners send."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.errors import BadInput
from remanu.rules import identity

few = settings(max_examples=80, deadline=None)
HOSTS = frozenset({"id.example.test", "127.0.0.1:8000", "old.example.test"})
ITEM = "0123456789AB" + identity.ALPHABET[identity._damm("0123456789AB")]
LABEL = "7ZQ4MX"
ITEMS = st.integers(0, 2**60 - 1).map(lambda number: identity.new_item_code(lambda _: number))


def why(call, *args):
    """The reason word of the refusal."""
    with pytest.raises(BadInput) as refusal:
        call(*args)
    return refusal.value.details["why"]


def test_codes_ask_for_their_random_bits():
    """60 for an item, 30 for a label, once each."""
    asked = []
    identity.new_item_code(lambda bits: asked.append(bits) or 0)
    identity.new_label_code(lambda bits: asked.append(bits) or 0)
    assert asked == [60, 30]


def test_codes_by_hand():
    """The least and the greatest code; the check character of zeros is zero."""
    assert identity.new_item_code(lambda _: 0) == "0000000000000"
    assert identity.new_item_code(lambda bits: 2**bits - 1)[:12] == "ZZZZZZZZZZZZ"
    assert identity.new_label_code(lambda bits: 2**bits - 1) == "ZZZZZZ"
    assert identity.new_label_code(lambda _: 1) == "000001"


def test_check_character_by_hand():
    """State <- 2 * (state xor value) over x^5 + x^2 + 1: 1 gives 2, 4, 8, 16, then 32 folds to 5."""
    assert [identity._damm("1" + "0" * zeros) for zeros in range(5)] == [2, 4, 8, 16, 5]


@few
@given(ITEMS)
def test_a_code_is_read_as_it_was_made(code):
    """Thirteen characters of the alphabet that check."""
    assert len(code) == identity.ITEM_LENGTH
    assert identity.parse_item(code) == code
    assert identity.parse_item(identity.group(code)) == code


@few
@given(ITEMS, st.data())
def test_every_single_error_is_caught(code, data):
    """One wrong character never names another part."""
    at = data.draw(st.integers(0, 12))
    sign = data.draw(st.sampled_from([one for one in identity.ALPHABET if one != code[at]]))
    assert why(identity.parse_item, code[:at] + sign + code[at + 1 :]) == "check-character"


@few
@given(ITEMS, st.data())
def test_every_swap_is_caught(code, data):
    """Neighbours and characters one apart cannot change places unseen."""
    at, apart = data.draw(st.integers(0, 10)), data.draw(st.integers(1, 2))
    signs = list(code)
    signs[at], signs[at + apart] = signs[at + apart], signs[at]
    if signs != list(code):
        assert why(identity.parse_item, "".join(signs)) == "check-character"


@few
@given(ITEMS, st.randoms(use_true_random=False))
def test_typing_is_forgiven(code, dice):
    """Any case, O for 0, I or L for 1, hyphens and spaces anywhere, a trailing slash, stop or bracket."""
    swaps = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(
        dice.choice(swaps.get(sign, sign + sign.lower())) + dice.choice(["", "-", " "]) for sign in code
    )
    assert identity.parse_item(f" {typed}{dice.choice(['', '/', '.', ')', './)'])} ") == code


def test_groups_are_printed_as_on_labels():
    """4-5-4."""
    assert identity.group("8XK4M9QT2RWC7") == "8XK4-M9QT2-RWC7"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "0" * 12,
        "0" * 14,
        "000000000000U",
        "00000000000_0",
        "0000\t000000000",
        "０" * 13,
        "ı" * 13,
        "ſ" * 13,
        "0" * 12 + "\0",
    ],
)
def test_other_shapes_are_no_codes(text):
    """Too short, too long, other characters; letters that only upper() would make ours."""
    assert why(identity.parse_item, text) == "not-a-code"


def test_labels_are_read_alike():
    """Six characters, forgiven like items, without a check character."""
    assert identity.parse_label("7zq-4mx.") == LABEL
    assert why(identity.parse_label, "7ZQ4M") == "not-a-code"


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://id.example.test/{}/{}", "id.example.test"),
        ("HTTPS://ID.EXAMPLE.TEST/{}/{}", "id.example.test"),
        ("http://Id.Example.Test:8080/{}/{}/", "id.example.test:8080"),
        ("https://id.example.test:443/{}/{}.", "id.example.test"),
        ("http://id.example.test:80/{}/{})", "id.example.test"),
        ("http://127.0.0.1:8000/{}/{}?lang=zh-Hans#top", "127.0.0.1:8000"),
        ("  https://old.example.test/{}/{}\n", "old.example.test"),
        ("{}/{}", None),
    ],
)
def test_our_addresses_are_read(text, host):
    """In any case, by either scheme, with a port, by a former host, or bare."""
    assert identity.parse_scan(text.format(ITEM, LABEL), HOSTS) == identity.Scan(ITEM, LABEL, host)
    assert identity.parse_scan(text.format(ITEM.lower(), LABEL.lower()), HOSTS).item == ITEM


def test_an_item_alone_is_enough():
    """By address or typed."""
    assert identity.parse_scan(f"https://id.example.test/{ITEM}", HOSTS) == identity.Scan(
        ITEM, None, "id.example.test"
    )
    assert identity.parse_scan(identity.group(ITEM), HOSTS) == identity.Scan(ITEM)


@pytest.mark.parametrize(
    "place",
    [
        "evil.test",
        "id.example.test.evil.test",
        "evil-id.example.test",
        "id.example.test@evil.test",
        "id.example.test:443@evil.test",
        "user@id.example.test",
        "id.example.test\\@evil.test",
        "id.example.test%2eevil.test",
        "xn--id-example-tst-7lb.test",
        "id\uff0eexample\uff0etest",
        "id\u3002example.test",
        "\u0456d.example.test",
        "id.example.te\u017ft",
        "id.example.test\n.evil.test",
        "id.example.test.",
        "127.0.0.1",
        "127.0.0.1:8001",
        "id.example.test:",
        "id.example.test:x",
        "[::1]",
        "",
    ],
)
def test_look_alike_hosts_are_refused(place):
    """Sub-domain, userinfo, punycode, full-width and ideographic stops, other ports of a host with a port (T4)."""
    assert why(identity.parse_scan, f"https://{place}/{ITEM}/{LABEL}", HOSTS) == "foreign-host"


def test_the_kelvin_sign_is_no_k():
    """lower() alone would make it one."""
    assert (
        why(identity.parse_scan, f"https://\u212aey.test/{ITEM}", frozenset({"key.test"})) == "foreign-host"
    )


@pytest.mark.parametrize(
    "text",
    [
        "https://id.example.test",
        "https://id.example.test/",
        "https://id.example.test/../{}/{}",
        "https://id.example.test//{}/{}",
        "https://id.example.test/app/{}/{}",
        "https://id.example.test/{}/{}/more",
        "https://id.example.test/%30{}/{}",
        "https://id.example.test?x=/{}/{}",
        "//id.example.test/{}/{}",
        "ftp://id.example.test/{}/{}",
        "javascript:{}/{}",
        "hello",
        "",
        "https://id.example.test/" + "0" * 3000,
    ],
)
def test_unknown_forms_are_no_codes(text):
    """Tricks in the path, other schemes, other texts."""
    assert why(identity.parse_scan, text.format(ITEM, LABEL), HOSTS) == "not-a-code"


def test_a_wrong_character_in_an_address_is_told_apart():
    """So that the page can say: one character is wrong."""
    wrong = ITEM[:-1] + ("0" if ITEM[-1] != "0" else "1")
    assert why(identity.parse_scan, f"https://id.example.test/{wrong}", HOSTS) == "check-character"


@few
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    """There is no third outcome."""
    reason = None
    try:
        identity.parse_scan(text, HOSTS)
    except BadInput as refusal:
        reason = refusal.details["why"]
    assert reason in {None, "not-a-code", "foreign-host", "check-character"}


def test_payload_is_lower_case_first_and_upper_case_after():
    """What cameras open, in the smallest symbol."""
    assert (
        identity.payload("https://id.example.test", ITEM, LABEL) == f"https://ID.EXAMPLE.TEST/{ITEM}/{LABEL}"
    )
    assert identity.payload("HTTP://127.0.0.1:8000/", ITEM, LABEL) == f"http://127.0.0.1:8000/{ITEM}/{LABEL}"


@few
@given(ITEMS, st.sampled_from(["https://id.example.test", "http://127.0.0.1:8000"]))
def test_what_is_printed_is_read(item, origin):
    """Every payload of ours is a scan of ours."""
    label = identity.new_label_code(random.Random(item).getrandbits)
    scan = identity.parse_scan(identity.payload(origin, item, label), HOSTS)
    assert (scan.item, scan.label) == (item, label)


@pytest.mark.parametrize(
    "origin",
    ["id.example.test", "ftp://id.example.test", "https://", "https://a b", "https://ä.test", "https://a/b"],
)
def test_payload_wants_an_origin(origin):
    """A label with a wrong address would be wrong for ever."""
    assert why(identity.payload, origin, ITEM, LABEL) == "not-an-origin"


@pytest.mark.parametrize(
    ("typed", "meant"), [(" o1l ", "011"), ("编号", ""), ("A" * 40, ""), ("A!", ""), ("", "")]
)
def test_the_beginning_of_a_code_is_spelt_as_ours(typed, meant):
    """What cannot be one is nothing."""
    assert identity.respelt(typed) == meant


@few
@given(ITEMS, st.sampled_from(["PAPER", "paper", "Paper/", "PAPER."]))
def test_a_paper_names_its_part_and_no_label(item, behind):
    """And is refused where somebody says that he stands before the part; a label of the same part is not."""
    address = f"https://id.example.test/{item}/{behind}"
    found = identity.parse_scan(address, HOSTS)
    assert (found.item, found.label, found.names) == (item, None, "paper")
    assert why(identity.parse_own_scan, address, HOSTS) == "paper-scanned"
    assert why(identity.parse_label, behind) == "not-a-code"
    assert identity.parse_own_scan(f"{item}/{LABEL}", HOSTS).names == "label"
    assert identity.parse_own_scan(item, HOSTS).names == "part"
    assert identity.paper_payload(f"https://id.example.test/{item}") == f"https://id.example.test/{item}/PAPER"
