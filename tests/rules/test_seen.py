"""What a scanned or typed text is: ours, somebody's mark, or nothing; hostile and foreign codes among them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.errors import BadInput
from remanu.families.gs1 import dictionary
from remanu.rules import envelope, identity, seen

HOSTS = frozenset({"id.example.test", "old.example.net", "127.0.0.1:8000"})
TABLE = dictionary()
ITEM = identity.new_item_code(lambda _bits: 0x0123456789ABCDE)
OTHER = identity.new_item_code(lambda _bits: 0x0FEDCBA98765432)
LABEL = "7F3K2M"
WRONG = ITEM[:-1] + ("0" if ITEM[-1] != "0" else "1")
GTIN = "09506000134352"
GS, RS, EOT = "\x1d", "\x1e", "\x04"

OWN = {
    "label": f"https://ID.EXAMPLE.TEST/{ITEM}/{LABEL}",
    "former host": f"https://old.example.net/{ITEM}/{LABEL}",
    "plain http": f"http://id.example.test/{ITEM}",
    "port": f"http://127.0.0.1:8000/{ITEM}",
    "closing signs": f"https://id.example.test/{ITEM}/{LABEL}/.)",
    "query": f"https://id.example.test/{ITEM}?linkType=gs1:pip",
    "code": ITEM,
    "grouped": identity.group(ITEM).lower(),
    "in words": f"Rotor {ITEM}, bay 4",
    "after a word": f"Code: {ITEM}",
    "German layout": f"httpsÖ--id.example.test-{ITEM}-{LABEL}",
    "US sent, French read": f"https>&&id.example.test&{ITEM}&{LABEL}",
    "input method": "".join(chr(ord(one) + 0xFEE0) for one in f"https://id.example.test/{ITEM}"),
    "with its symbol": f"]Q1https://id.example.test/{ITEM}",
    "address in words": f"See https://id.example.test/{ITEM} please",
    "wedge's end": f"{ITEM}\r\n",
}
GS1 = {
    "maker's link": f"https://id.maker.test/01/{GTIN}/21/A1",
    "link on our host": f"https://id.example.test/01/{GTIN}/21/A1",
    "our label in the stem": f"https://id.example.test/{LABEL}/01/{GTIN}/21/A1",
    "resolver of GS1": f"https://id.gs1.org/01/{GTIN}/21/A1?17=270101",
    "our code as their serial": f"https://id.maker.test/01/{GTIN}/21/{ITEM}",
    "brackets": f"(01){GTIN}(21)A1",
    "scanned": f"]d201{GTIN}21A1{GS}10B",
    "first separator": f"{GS}8004950600ROTOR",
    "separator lost": f"01{GTIN}21A1",
    "asset": "(8004)9506000ROTOR",
    "article alone": f"(01){GTIN}",
}
MARKS = {
    "format 12": f"[)>{RS}12{GS}MFR 1AB23{GS}SER 0815{RS}{EOT}",
    "format DD": f"[)>{RS}DD{GS}SPL 1AB23{GS}PNO NW-6L{GS}SEQ 0815{RS}{EOT}",
    "format 06": f"[)>{RS}06{GS}17V1AB23{GS}1PNW-6L{GS}S0815{RS}{EOT}",
    "written out": "[)><RS>12<GS>MFR 1AB23<GS>SER 0815<RS><EOT>",
    "format 05": f"[)>{RS}05{GS}8004950600ROTOR{RS}{EOT}",
}
NOTHING = {
    "nothing": ("", "not-a-code"),
    "script": ("javascript:alert(document.cookie)", "not-a-code"),
    "script with our code": (f"javascript:location='//evil.test/{ITEM}'", "not-a-code"),
    "data": (f"data:text/html,<b>{ITEM}</b>", "not-a-code"),
    "network": (f"WIFI:T:WPA;S:hall;P:{ITEM};;", "not-a-code"),
    "card": (f"BEGIN:VCARD\nVERSION:3.0\nFN:{ITEM}\nEND:VCARD", "not-a-code"),
    "small card": (f"MECARD:N:{ITEM};;", "not-a-code"),
    "mail": (f"mailto:a@b.test?subject={ITEM}", "not-a-code"),
    "telephone": ("tel:+4900000000000", "not-a-code"),
    "one-time secret": (f"otpauth://totp/x?secret={ITEM}", "not-a-code"),
    "4 kB": ("A" * 4096, "not-a-code"),
    "4 kB with our code": ("x" * 4096 + " " + ITEM, "not-a-code"),
    "other host, our path": (f"https://evil.test/{ITEM}/{LABEL}", "foreign-host"),
    "our host as a beginning": (f"https://id.example.test.evil.test/{ITEM}", "foreign-host"),
    "our host as a name": (f"https://id.example.test@evil.test/{ITEM}", "foreign-host"),
    "our host as a path": (f"https://evil.test/id.example.test/{ITEM}", "foreign-host"),
    "look-alike host": (f"https://id.ex\u0430mple.test/{ITEM}", "foreign-host"),
    "punycode": (f"https://xn--id-example.test/{ITEM}", "foreign-host"),
    "other scheme": (f"ftp://id.example.test/{ITEM}", "not-a-code"),
    "foreign address in words": (f"See https://evil.test/{ITEM} now", "foreign-host"),
    "layout of another host": (f"httpsÖ--evil.test-{ITEM}", "not-a-code"),
    "layout, our host as a beginning": (f"httpsÖ--id.example.test.evil.test-{ITEM}", "not-a-code"),
    "two codes": (f"{ITEM} {OTHER}", "several-codes"),
    "wrong check digit": ("(01)09506000134351(21)A1", "gs1-check"),
    "serial without article": ("(21)A1", "gs1-lacks"),
    "wrong link": ("https://id.maker.test/01/09506000134351", "foreign-host"),
    "link that contradicts itself": (
        f"https://id.maker.test/8004/9506000R?01={GTIN}&02={GTIN}",
        "gs1-excluded",
    ),
    "nothing in the envelope": (f"[)>{RS}{EOT}", "envelope-malformed"),
    "broken envelope": (f"[)>{RS}99{GS}X", "envelope-malformed"),
    "empty envelope": ("[)>", "envelope-malformed"),
    "control signs": ("a\x00b", "not-a-code"),
    "own host, no code": ("https://id.example.test/scan", "not-a-code"),
    "own host, wrong code": (f"https://id.example.test/{WRONG}", "check-character"),
}
WORDS = {
    "statement": ("'; DROP TABLE item; --", "", ""),
    "markup": ("<script>alert(1)</script>", "", ""),
    "mixed script": (f"\u0410{ITEM[1:]}", "", ""),
    "letter before": (f"\u0436{ITEM}", "", ""),
    "longer run": (f"{ITEM}7", "", ""),
    "wrong check character": (WRONG, "", ""),
    "small letters": ("thequickbrawn", "", ""),
    "bare serial": ("4D-77120", "", ""),
    "serial like an article": ("0109506000134351XYZ", "", ""),
    "part number and serial": ("P/N NW-6L-200 S/N 4D-77120", "NW-6L-200", "4D-77120"),
    "with colons": ("SN:4D-77120, PN:NW-6L", "NW-6L", "4D-77120"),
    "spelt out": ("Part No. NW-6L Serial number: 17", "NW-6L", "17"),
    "Chinese": ("柴油发动机 4D-77120", "", ""),
}


def read(text: str) -> seen.Seen:
    """What a text is, to us."""
    return seen.read(text, HOSTS, TABLE)


def test_there_are_forty_codes_that_are_not_ours() -> None:
    """So many as the issue asks for, each with its answer."""
    assert len(NOTHING) + len(WORDS) >= 40


@pytest.mark.parametrize("name", OWN)
def test_ours(name: str) -> None:
    """Our code, however it came in."""
    found = read(OWN[name])
    assert (found.kind, found.scan and found.scan.item) == ("own", ITEM)


@pytest.mark.parametrize("name", ["label", "former host", "German layout", "US sent, French read"])
def test_the_label_comes_along(name: str) -> None:
    """Where the text names it."""
    found = read(OWN[name]).scan
    assert found is not None
    assert found.label == LABEL


@pytest.mark.parametrize("name", GS1)
def test_gs1(name: str) -> None:
    """Anybody's keys; of an address on another host its host is named."""
    text = GS1[name]
    found = read(text)
    assert (found.kind, found.why) == ("gs1", "")
    assert bool(found.identifiers) is (name != "article alone")
    assert bool(found.host) is ("maker.test" in text or "gs1.org" in text)


@pytest.mark.parametrize(
    ("name", "normalised"),
    [
        ("format 12", "D1AB230815"),
        ("format DD", "D1AB23NW-6L0815"),
        ("format 06", "D1AB23NW-6L0815"),
        ("written out", "D1AB230815"),
        ("format 05", "(8004)950600ROTOR"),
    ],
)
def test_marks_of_makers(name: str, normalised: str) -> None:
    """ISO/IEC 15434, with the signs that do not show or with what drivers write for them."""
    found = read(MARKS[name])
    assert (found.kind, [one.normalised for one in found.identifiers]) == ("mark", [normalised])


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_comes_of_it(name: str) -> None:
    """The reason is said, and nothing leads anywhere."""
    text, why = NOTHING[name]
    found = read(text)
    assert (found.kind, found.why, found.scan, found.identifiers) == ("nothing", why, None, ())


@pytest.mark.parametrize("name", WORDS)
def test_words_to_look_for(name: str) -> None:
    """No code; a part number and a serial where they are named."""
    text, part_number, serial = WORDS[name]
    found = read(text)
    assert (found.kind, found.scan, found.part_number, found.serial) == ("words", None, part_number, serial)


def test_whole_numbers_of_a_maker() -> None:
    """A UII that stands whole, one of maker and serial together, and one that lacks what would make it unique."""
    head = f"[)>{RS}"
    assert read(f"{head}06{GS}25SD1AB230815{RS}").identifiers[0].normalised == "D1AB230815"
    assert read(f"{head}06{GS}18S1AB230815{RS}").identifiers[0].normalised == "D1AB230815"
    bare = read(f"{head}12{GS}SEQ 0815{RS}")
    assert (bare.kind, bare.identifiers, bare.serial) == ("mark", (), "0815")
    assert read(f"{head}12{GS}MFR 1AB23{GS}SEQ 0815{RS}").identifiers == ()
    assert read(f"{head}12{GS}MFR1AB23{RS}").why == "envelope-malformed"


@pytest.mark.parametrize("text", ["4D-77120", "[)>" + "A" * 2000])
def test_what_is_no_envelope(text: str) -> None:
    """Another text, and one that is longer than any mark."""
    with pytest.raises(BadInput, match="envelope-malformed"):
        envelope.read(text)


def test_signs_that_do_not_show_are_shown() -> None:
    """So that a line of a form holds them, and is read as it was."""
    mark = MARKS["format 12"]
    assert envelope.shown(mark).isprintable()
    assert read(envelope.shown(mark)).identifiers == read(mark).identifiers


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["", "https://", "(01)", "[)>\x1e12\x1d", "http", ITEM, "]d2"]))
def test_every_text_has_an_answer(text: str, before: str) -> None:
    """Nothing breaks it, and what is not ours never becomes ours (T4)."""
    found = read(before + text)
    assert found.kind in {"own", "gs1", "mark", "words", "nothing"}
    if before == "https://" and found.kind == "own":
        assert found.scan is not None
        assert found.scan.host in HOSTS
