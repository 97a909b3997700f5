"""The certificate block by block, its two sides, its ornament, and the archive that it is kept in (I39)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from remanu.drawing import rosette
from remanu.drawing.certificate import draw_certificate
from remanu.drawing.form import numbered
from remanu.drawing.paper import blocks, document
from remanu.families import market
from tests.drawing import archive, readback
from tests.drawing.test_paper import PRINT, RECORD

APPROVAL = json.dumps({"record": "3c" * 32})
MADE = {
    "status": "Rebuilt",
    "claim_class": "REBUILT",
    "side": "production",
    "scheme": "xd-air",
    "upgraded": ["ECN-7"],
}
SIGNED = replace(PRINT, document=document(json.dumps(RECORD), APPROVAL, "XA-CS-001"), signer="林思遠 Łuczak")
REBUILT = replace(SIGNED, record={**RECORD, **MADE}, class_word="REBUILT")


def squeezed(text: str) -> str:
    """Without spaces, for a line that broke somewhere else says the same."""
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module", params=["en", "zh-Hans", "zh-Hant"])
def drawn(request):
    """A certificate of each side in one language: blocks, paper and what is read off the paper."""
    made = [(one, blocks(one, locale=request.param)) for one in (SIGNED, REBUILT)]
    papers = [(given, draw_certificate(given, locale=request.param)) for _, given in made]
    return request.param, [(given, pdf, readback.text(pdf)) for given, pdf in papers]


def test_every_block_stands_on_the_paper(drawn):
    """Text is extracted and compared with the record, block by block, in each language."""
    locale, papers = drawn
    for given, _pdf, text in papers:
        read = squeezed(text)
        for one in numbered(given, locale):
            assert one.no == "2" or squeezed(one.caption) in read, one
            for line in one.lines:
                assert squeezed(line) in read, (one.no, line)


def test_one_side_and_never_both(drawn):
    """I39: five blocks of one side, and the other one empty."""
    locale, papers = drawn
    for (given, _pdf, _text), side, other in zip(papers, ("14", "13"), ("13", "14"), strict=True):
        found = {one.no: one.lines for one in numbered(given, locale)}
        assert all(found[f"{side}{letter}"] for letter in "abcde")
        assert found[other] == ()
        assert not [no for no in found if no.startswith(other) and no != other]


def test_the_record_travels_in_an_archive(drawn):
    """PDF/A-3 by the rules that an attachment and its reader depend on; every font is in the file."""
    for _given, pdf, _text in drawn[1]:
        assert archive.faults(pdf) == []


def test_the_archive_check_finds_what_is_planted(drawn):
    """Control: without relationship or fonts, or locked, the file is no such archive."""
    pdf = drawn[1][0][1]
    for was, now, name in (
        (b"/AFRelationship/Data", b"/AFRelationship/Nope", "relationship"),
        (b"/FontFile", b"/FontGone", "fonts"),
        (b"<pdfaid:part>3<", b"<pdfaid:part>1<", "part"),
        (b"/MarkInfo", b"/Encrypt ", "encrypted"),
    ):
        assert was in pdf
        assert name in archive.faults(pdf.replace(was, now))


def test_drawn_again_it_has_the_same_bytes(drawn):
    """Ornament included, whatever was drawn in between."""
    locale, papers = drawn
    rosette.svg.cache_clear()
    assert draw_certificate(papers[0][0], locale=locale) == papers[0][1]


def test_the_flag_stands_beside_the_class():
    """Improved parts are a flag; the record says by which changes."""
    given = blocks(REBUILT, locale="en")
    assert (given.claim_class, given.flag) == ("REBUILT", "Upgraded by approved changes: ECN-7")
    assert blocks(SIGNED, locale="en").flag == ""


def test_a_draft_has_no_signature():
    """Nothing stands where the signed digest would."""
    given = blocks(replace(SIGNED, state="DRAFT"), locale="en")
    found = {one.no: one.lines for one in numbered(given, "en")}
    assert (given.digest, found["14b"], found["14e"]) == ("", ("Not signed",), ("-",))


def test_the_ornament_follows_the_digest():
    """No two dossiers share it, and it stays in its square whatever the digest."""
    figures = {rosette.svg(digest * 32, colour="#000", width="1") for digest in ("00", "7f", "ff")}
    assert len(figures) == 3
    for one in figures:
        numbers = [abs(float(number)) for number in re.findall(r"-?\d+(?:\.\d+)?", one.partition("<path")[2])]
        assert max(numbers) <= 100


OVERHAULED = replace(
    SIGNED,
    record={
        **RECORD,
        "status": "Overhauled",
        "claim_class": "OVERHAULED",
        "scheme": "xd-air",
        "organisation": {**RECORD["organisation"], "country": "XD"},
    },
)


@pytest.mark.parametrize(("locale", "word"), [("en", "Overhauled"), ("zh-Hans", "已大修"), ("zh-Hant", "已大修")])
def test_word_of_the_scheme_and_class_are_a_pair(locale, word):
    """I27, I29: word, scheme and class by the label rule of the country; nothing reads as remanufactured."""
    printed = market.printed("OVERHAULED", jurisdiction="XD", language=locale, on=date(2026, 3, 1)).word
    given = blocks(replace(OVERHAULED, class_word=printed), locale=locale)
    found = {one.no: one.lines for one in numbered(given, locale)}
    read = readback.text(draw_certificate(given, locale=locale))

    assert (found["11"][0], "xd-air" in found["11"][1], found["11a"]) == (word, True, (printed,))
    assert (word in read, "xd-air" in read) == (True, True)
    for stronger in ("remanufactured", "再制造产品", "再製造產品"):
        assert stronger not in " ".join((*found["11"], *found["11a"])).lower()


def test_a_word_that_no_paper_translates_is_quoted():
    """A scheme's word is its own: where the words of papers do not know it, it is printed as it is."""
    assert blocks(replace(SIGNED, record={**RECORD, "status": "Renewed"}), locale="zh-Hans").status == "Renewed"
