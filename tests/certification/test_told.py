"""What each side is told of a matter: findings, documents, whose turn it is, who asked, and which body it is about."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from remanu.certification import actions
from tests.accounts.place import PASSWORD
from tests.certification import papers, story
from tests.certification.story import ACCREDITOR, BODY, HOLDER, OWNER
from tests.certification.test_pages import offices

__all__ = ["offices"]
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_findings_and_documents_reach_who_has_to_read_them(offices):
    """The client reads which clauses to answer; the body opens what he sent, and nothing else of him."""
    house = offices("accredited")
    form = "/certification/applications/apply"
    asked = {"body": BODY, "scheme": story.SCHEME, "family": story.FAMILY, "agreement": "on"}
    mine = house.post(HOLDER, "quality", form, models="NW-1", photos=True, **asked)
    incoming = f"/certification/incoming/{mine.rpartition('/')[2]}/open_application"
    shown = house.get(BODY, "reviewer", incoming).text
    assert "NW-1" in shown
    assert f"{story.SCHEME} 2025" in shown
    file = house.post(BODY, "reviewer", incoming)
    house.post(BODY, "reviewer", f"{file}/accept_application")
    house.post(BODY, "evaluator", f"{file}/declare_impartiality", clear="yes")
    judged = {f"clauses__{one}": "comply" for one in story._CLAUSES} | {"clauses__B2": "not_comply"}
    house.post(BODY, "evaluator", f"{file}/check_clauses", photos=True, **judged)
    page = house.get(BODY, "evaluator", file).text
    assert "The evaluator judges each clause" in page
    assert "You declared that you are impartial" in page
    assert "You declared" not in house.get(BODY, "reviewer", file).text
    day = (house.story.today + timedelta(days=20)).isoformat()
    house.post(BODY, "evaluator", f"{file}/raise_findings", answer_by=day)

    told = house.get(HOLDER, "quality", mine).text
    assert "Cleaning" in told
    assert house.get(HOLDER, "quality", f"/api/v1{mine}").json["to_answer"] == ["B2"]
    answer = house.get(HOLDER, "quality", f"{mine}/request").text
    assert ">B2</textarea>" in answer
    house.post(HOLDER, "quality", f"{mine}/request", wish="corrected", clauses="B2", photos=True)
    desk = house.get(BODY, "evaluator", "/certification/desk").text
    assert f'href="{file}"><span class="row-name">We corrected what was found' in desk
    assert "Clauses: B2" in house.get(BODY, "evaluator", file).text
    documents = house.get(BODY, "evaluator", f"/api/v1{file}").json
    assert [one["act"] for one in documents["documents"]] == ["certification.check_clauses"]
    assert [one["act"] for one in documents["sent"]] == ["certification.apply", "certification.request"]
    sent = documents["sent"][0]["digest"]
    address = f"{file}/documents/{sent}"
    assert f'href="{address}"' in house.get(BODY, "evaluator", file).text
    opened = house.get(BODY, "evaluator", address)
    assert (opened.status_code, opened.data[:4]) == (200, b"\x89PNG")
    assert opened.headers["Content-Disposition"].startswith("attachment")
    assert house.get(BODY, "evaluator", f"{file}/documents/{'0' * 64}").status_code == 404


def test_a_request_says_whose_it_is(offices):
    """An appeal stands on the desk with number and holder, before and after it was taken up."""
    house = offices("granted")
    mine = f"/certification/applications/{house.story.application}"
    assert "PC-000001 · Diesel engine" in house.get(HOLDER, "quality", "/certification/applications").text
    house.post(HOLDER, "quality", f"{mine}/request", wish="appeal", note="We do not agree.")
    desk = house.get(BODY, "reviewer", "/certification/desk").text
    assert re.search(r"We appeal.*?PC-000001 · Works of XA · Diesel engine", desk, re.DOTALL)
    file = f"/certification/files/{house.story.file}"
    house.post(BODY, "reviewer", f"{file}/raise_complaint", about="appeal", note="They do not agree.")
    desk = house.get(BODY, "reviewer", "/certification/desk").text
    assert re.search(r"Appeal against.*?PC-000001 · Works of XA", desk, re.DOTALL)


def test_an_accreditation_names_its_body(offices):
    """Granted by boxes to tick; then what may be done with it now, and what was just done, on its own page."""
    house = offices("scheme")
    form = "/certification/accreditations/grant_accreditation"
    assert "Diesel engine" in house.get(ACCREDITOR, "accreditor", form).text
    today = house.story.today
    days = {"valid_from": today.isoformat(), "valid_to": (today + timedelta(days=300)).isoformat()}
    given = {"body": BODY, "number": "XA-7", "scheme": story.SCHEME, "categories__0": "diesel-engine", **days}
    one = house.post(ACCREDITOR, "accreditor", form, factor=PASSWORD, **given)
    page = house.get(ACCREDITOR, "accreditor", one).text
    for words in ("Accredit a certification body", "Certifiers of XA", "Suspend the accreditation"):
        assert words in page, words
    assert "Lift the suspension" not in page
    assert "Certifiers of XA" in house.get(HOLDER, "quality", "/certification/accreditations").text


def test_a_form_offers_what_the_scheme_asks(offices):
    """Reports and surveillance of the scheme's own activities; no edition to move to, no move."""
    house = offices("accepted")
    file = f"/certification/files/{house.story.file}"
    form = house.get(BODY, "evaluator", f"{file}/finish_evaluation").text
    assert "Determination: audit" in form
    assert "appraisal of the design" not in form
    house.story.until("granted")
    assert "standard_transition" not in house.get(BODY, "decision_maker", file).text
    form = house.get(BODY, "evaluator", f"{file}/surveil").text
    assert form.count('name="activities.') == 1


def test_who_confirms_sees_all_that_he_confirms(offices):
    """What the document says, of which family and models."""
    house = offices("scheme")
    record = papers.record(house.story)
    form = house.get(HOLDER, "quality", f"/certification/outside/{record}/confirm_outside").text
    for words in ("Certificate of a product", "Valid", "Diesel engine", "NW-6L-200"):
        assert words in form, words


def test_the_catalogue_is_found_by_family_and_says_what_ended(offices):
    """By its words in any language; the scope of a withdrawn certificate is no scope of today."""
    house = offices("granted")
    for words in ("diesel", "柴油机", "works"):
        found = house.get(HOLDER, "quality", f"/api/v1/recognised-products?q={words}").json
        assert [one["number"] for one in found] == ["PC-000001"], words
    entry = f"/recognised-products/{house.story.file}"
    assert "Scope today" in house.get(HOLDER, "quality", entry).text
    decision = {"reason": "misuse"}
    story.decide(house.story, actions.withdraw_certification, **decision)
    page = house.get(HOLDER, "quality", entry).text
    assert "Scope when it ended" in page
    assert "Scope today" not in page


def test_links_in_the_lines_of_a_row_can_be_pressed(offices):
    """The name of a row covers all of it, so that what stands in its lines is lifted above."""
    assert "add_edition" in offices("scheme").get(OWNER, "steward", "/certification/schemes").text
    style = Path(__file__).parents[2].joinpath("remanu/static/css/work.css").read_text("utf-8")
    assert ".row-detail a, .row-end a { position: relative; }" in style
