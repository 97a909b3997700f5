"""The certificate on paper: what stands on it, what its symbol says, and what a copy or a draft shows across it."""

from __future__ import annotations

import json
from io import BytesIO

import pypdfium2
import pytest

from remanu.catalogue import actions as catalogue
from remanu.release import actions, queries
from remanu.rules import identity
from tests.drawing import readback
from tests.release.desk import recomputed


def _pdf(browser, paper, **asked: str) -> bytes:
    answer = browser.get(f"/certificates/{paper.id}.pdf", query_string=asked)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/pdf"
    return answer.data


def _attached(pdf: bytes) -> dict:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return json.loads(bytes(document.get_attachment(0).get_data()))


def test_the_paper_says_what_the_record_says(desk, certifier):
    """Names, numbers and digests are read back from the drawn page, the symbol opens the public page."""
    desk.until("SUBMITTED")
    actions.sign(desk.place.database, desk.certifier, desk.case, digest=desk.digest())
    paper = desk.paper()
    pdf = _pdf(certifier, paper)

    text = readback.text(pdf)
    unit = desk.yard.row(desk.yard.unit)
    for words in (
        "RC-000001",
        "Workshop One",
        "NW-6L-200",
        "4D-77120",
        "REMANUFACTURED",
        "Name of certifying_staff",
        "XA-CS-001",
        "XA 28617 2024",
        json.loads(paper.record)["dossier"],
        "Warranty from delivery: 365 days.",
        "This certificate is not approval to install.",
    ):
        assert words in text, words
    (page,) = readback.pages(pdf, 200)
    (read,) = readback.symbols(page)
    assert read == f"{unit.uri}/PAPER"
    # A paper says what it is: no act takes its scan for the part, and no part counts as seen by it.
    assert identity.parse_scan(read, frozenset({read.split("/")[2]})).names == "paper"


def test_the_record_travels_with_the_paper(desk, certifier):
    """The attached JSON carries what was signed; its digest computed again is the one of the approval."""
    desk.until("RELEASED")
    said = _attached(_pdf(certifier, desk.paper()))

    assert recomputed(said["record"]) == said["approval"]["record"] == desk.paper().digest


def test_it_is_drawn_again_with_the_same_bytes(desk, certifier):
    """From the record alone: whatever the clock says, the paper is the same file."""
    desk.until("SUBMITTED")
    actions.sign(desk.place.database, desk.certifier, desk.case, digest=desk.digest())
    paper = desk.paper()
    first = _pdf(certifier, paper)
    desk.place.database.clock.advance(minutes=4)

    assert _pdf(certifier, paper) == first


def test_block_by_block_on_page_and_in_json(desk, certifier):
    """Every block with its number; a draft shows what would be signed, and the other side stays empty (I39)."""
    desk.until("SUBMITTED")
    draft = desk.paper("DRAFT")
    before = certifier.get(f"/certificates/{draft.id}/form").text
    desk.release()
    paper = desk.paper()
    page = certifier.get(f"/certificates/{paper.id}/form").text
    rows = {one["no"]: one["lines"] for one in certifier.get(f"/api/v1/certificates/{paper.id}/form").json}
    twin = certifier.get(f"/api/v1/certificates/{paper.id}/form?lang=zh-Hans").json

    assert "This is what a signature would sign." in before
    assert "This is what a signature would sign." not in page
    assert rows["3"] == ["RC-000001"]
    assert rows["11"] == ["Remanufactured"]
    assert (rows["13"], rows["14b"]) == ([], [paper.digest])
    assert [one["caption"] for one in twin if one["no"] == "3"] == ["证书编号"]


def test_a_draft_shows_that_it_is_one(desk, certifier):
    """Nobody has signed it and it says so."""
    desk.until("SUBMITTED")
    text = readback.text(_pdf(certifier, desk.paper("DRAFT")))

    assert "DRAFT" in text
    assert "Not signed. This draft releases nothing." in text


def test_a_copy_shows_that_it_is_one(desk, certifier):
    """Its number stands on it; a copy that was never made is not found."""
    desk.until("RELEASED")
    paper = desk.paper()
    desk.act("certifying_staff", "duplicate_copy", paper.id, reason="paper-lost")
    text = readback.text(_pdf(certifier, paper, copy="1"))

    assert "DUPLICATE" in text
    assert "Duplicate copy 1." in text
    assert "DUPLICATE" not in readback.text(_pdf(certifier, paper))
    for copy in ("2", "-1", "x"):
        assert certifier.get(f"/certificates/{paper.id}.pdf?copy={copy}").status_code == 404
    # A number longer than any is none: it is neither an error of ours nor the store's.
    for digits in (19, 5000):
        assert certifier.get(f"/certificates?before={'9' * digits}").status_code == 200
        assert certifier.get(f"/certificates/{paper.id}.pdf?copy={'9' * digits}").status_code == 404


def test_an_ended_certificate_shows_it(desk, certifier):
    """Revoked stands across the page of every print from then on."""
    desk.until("RELEASED")
    paper = desk.paper()
    desk.revoke()

    assert "REVOKED" in readback.text(_pdf(certifier, paper))


def test_a_void_number_has_no_paper(desk, certifier):
    """There is nothing to draw of what was given up."""
    desk.until("SUBMITTED")
    draft = desk.paper("DRAFT")
    desk.act("certifying_staff", "send_back", findings={"tests": "The curve is missing."})
    desk.act("quality", "void", draft.id, reason="submitted-in-error")

    assert certifier.get(f"/certificates/{draft.id}.pdf").status_code == 404


@pytest.mark.parametrize(("lang", "words"), [("zh-Hans", "放行证书"), ("zh-Hant", "放行證書")])
def test_three_languages(desk, certifier, lang, words):
    """The same record in Chinese, with all its characters."""
    desk.until("RELEASED")

    text = readback.text(_pdf(certifier, desk.paper(), lang=lang))
    assert words in text
    assert "4D-77120" in text


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_chinese_paper_calls_the_unit_and_its_tests_by_name(desk):
    """By the family's pack, or by the type that the organisation defined; the record keeps what was registered."""
    desk.until("SUBMITTED")
    unit = {"code": desk.yard.row(desk.yard.unit).code}
    said = desk.place.ask(queries.spoken_names, desk.place.org_id, unit, "zh-Hans")
    assert set(said["procedures"].values()) == {one.names.zh_hans for one in desk.yard.view().family.tests}

    names = {"name_en": "Engine 6L", "name_zh_hans": "六缸柴油机", "name_zh_hant": "六缸柴油機"}
    about = {"family": "diesel-engine", "component": "engine", "maker": "Nordwerk", "part_number": "NW-6L-200"}
    desk.place.do(catalogue.define_type, desk.yard.who["engineering"], **about, **names)
    said = desk.place.ask(queries.spoken_names, desk.place.org_id, unit, "zh-Hant")
    assert said["name"] == "六缸柴油機"
