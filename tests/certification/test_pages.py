"""The pages and JSON of bodies, clients, accreditors and scheme owners, as their people use them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from tests import application
from tests.accounts.place import PASSWORD, Place
from tests.certification import papers, story
from tests.certification.story import ACCREDITOR, BODY, HOLDER, OWNER
from tests.intake.desk import Desk

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@dataclass(slots=True)
class Offices:
    """Browsers of every organisation of a story."""

    story: story.Story
    desks: dict[str, Desk]

    def get(self, org_id: str, role: str, path: str) -> Any:
        """A page as somebody of an organisation sees it."""
        return self.desks[org_id].get(role, path)

    def post(self, org_id: str, role: str, path: str, **fields: str) -> Any:
        """A form that is taken: where it leads."""
        answer = self.desks[org_id].post(role, path, **fields)
        assert answer.status_code == 303, answer.text
        return answer.location


@pytest.fixture
def offices(database, config):
    """The story up to a step, with browsers."""
    web = application.site(config, database)

    def tell(last: str) -> Offices:
        desks = {one: Desk(Place(database, one, config), web) for one in (OWNER, ACCREDITOR, BODY, HOLDER)}
        return Offices(story.told(database, last), desks)

    return tell


def test_the_whole_way_by_pages(offices):
    """From the client's form to the entry in the catalogue, each by the person whose turn it is."""
    house = offices("accredited")
    form = house.get(HOLDER, "quality", "/certification/applications/apply").text
    assert "Certifiers of XA" in form
    assert "Remanufactured engines" in form
    asked = {"body": BODY, "scheme": story.SCHEME, "family": story.FAMILY, "agreement": "on"}
    mine = house.post(HOLDER, "quality", "/certification/applications/apply", models="NW-1\nNW-2", **asked)
    assert "The body has not taken it up yet" in house.get(HOLDER, "quality", mine).text
    desk = house.get(BODY, "reviewer", "/certification/desk").text
    assert "Works of XA" in desk
    incoming = f"/certification/incoming/{mine.rpartition('/')[2]}/open_application"
    assert incoming in desk
    file = house.post(BODY, "reviewer", incoming)
    house.post(BODY, "reviewer", f"{file}/accept_application")
    for role in ("evaluator", "reviewer", "decision_maker"):
        house.post(BODY, role, f"{file}/declare_impartiality", clear="yes")
    judged = {f"clauses__{one}": "comply" for one in story._CLAUSES}
    house.post(BODY, "evaluator", f"{file}/check_clauses", **judged)
    assert "16 of 16" in house.get(BODY, "evaluator", file).text
    reports = {"activities__0": "audit", "activities__1": "test", "photos": True}
    house.post(BODY, "evaluator", f"{file}/finish_evaluation", **reports)
    house.post(BODY, "reviewer", f"{file}/finish_review", recommends="yes")
    form = house.get(BODY, "decision_maker", f"{file}/grant_certification").text
    assert 'value="NW-1|*|*" checked' in form
    today = house.story.today
    days = {"valid_from": today.isoformat(), "valid_to": (today + timedelta(days=300)).isoformat()}
    given = {"lines__0": "NW-1|*|*", "factor": PASSWORD, **days}
    house.post(BODY, "decision_maker", f"{file}/grant_certification", **given)
    assert "Certified" in house.get(BODY, "evaluator", file).text
    assert "PC-000001" in house.get(HOLDER, "quality", "/certification/applications").text
    (row,) = house.get(HOLDER, "quality", "/api/v1/recognised-products").json
    assert (row["number"], row["state"]) == ("PC-000001", "CERTIFIED")


def test_a_desk_that_is_empty_teaches(offices):
    """And each organisation begins where its own matters are."""
    house = offices("scheme")
    assert "No new application" in house.get(BODY, "evaluator", "/certification/desk").text
    assert "No application yet" in house.get(HOLDER, "quality", "/certification/applications").text
    assert "No document yet" in house.get(HOLDER, "quality", "/certification/outside").text
    assert "No accreditation yet" in house.get(ACCREDITOR, "accreditor", "/certification/accreditations").text
    for org_id, role, place in (
        (BODY, "evaluator", "desk"),
        (HOLDER, "quality", "applications"),
        (ACCREDITOR, "accreditor", "accreditations"),
        (OWNER, "steward", "schemes"),
    ):
        assert house.get(org_id, role, "/certification").location == f"/certification/{place}"


def test_json_reads_what_the_pages_show(offices):
    """Desk, file, applications, schemes, accreditations."""
    house = offices("evaluated")
    told = house.get(BODY, "evaluator", "/api/v1/certification/desk").json
    assert [one["state"] for one in told["files"]] == ["IN_REVIEW"]
    file = house.get(BODY, "evaluator", f"/api/v1/certification/files/{house.story.file}").json
    assert (file["state"], file["clauses"]["A1"], len(file["applied"])) == ("IN_REVIEW", "comply", 2)
    (mine,) = house.get(HOLDER, "quality", "/api/v1/certification/applications").json
    assert (mine["state"], mine["number"]) == ("IN_REVIEW", None)
    one = house.get(HOLDER, "quality", f"/api/v1/certification/applications/{mine['id']}").json
    assert one == mine
    (scheme,) = house.get(HOLDER, "quality", "/api/v1/certification/schemes").json
    assert house.get(HOLDER, "quality", f"/api/v1/certification/schemes/{scheme['id']}").json["editions"][0][
        "in_force"
    ]
    (held,) = house.get(HOLDER, "quality", "/api/v1/certification/accreditations").json
    assert (held["state"], len(held["scope"])) == ("GRANTED", 2)
    again = house.get(HOLDER, "quality", f"/api/v1/certification/accreditations/{held['id']}").json
    assert again == held


def test_what_is_wrong_is_said_in_words(offices):
    """Nothing judged, no report, not impartial: 4xx with a sentence, and what was typed stays."""
    house = offices("opened")
    file = f"/certification/files/{house.story.file}"
    answer = house.desks[BODY].post("evaluator", f"{file}/check_clauses", clauses__A1="comply")
    assert answer.status_code == 409
    assert "not in evaluation now" in answer.text
    house.post(BODY, "reviewer", f"{file}/accept_application")
    answer = house.desks[BODY].post(
        "evaluator", f"{file}/check_clauses", clauses__A1="observation", note="Kept."
    )
    assert answer.status_code == 403
    assert "did not declare your impartiality" in answer.text
    assert "Kept." in answer.text
    answer = house.desks[BODY].post("evaluator", f"{file}/check_clauses", clauses__A1="fine")
    assert answer.status_code == 422


def test_a_document_by_two_people(offices):
    """Recorded by one, confirmed by another; each sees what he may."""
    house = offices("scheme")
    record = papers.record(house.story)
    page = house.get(HOLDER, "quality", f"/certification/outside/{record}").text
    assert "Waits for a second person" in page
    form = house.get(HOLDER, "quality", f"/certification/outside/{record}/confirm_outside").text
    assert f'name="digest" value="{story.PAPER.digest}"' in form
    sent = {"digest": story.PAPER.digest, "factor": PASSWORD}
    house.post(HOLDER, "quality", f"/certification/outside/{record}/confirm_outside", **sent)
    assert "Recorded from document" in house.get(HOLDER, "quality", "/certification/outside").text
    (told,) = house.get(HOLDER, "quality", "/api/v1/certification/outside").json
    one = house.get(HOLDER, "quality", f"/api/v1/certification/outside/{record}").json
    assert one == {**told, "recorded_by_own_workshop": False}
    assert house.get(BODY, "evaluator", f"/certification/outside/{record}").status_code == 404


def test_another_bodys_file_is_not_found(offices):
    """Not by page and not by JSON."""
    house = offices("opened")
    for path in ("", "/api/v1"):
        answer = house.get(OWNER, "reviewer", f"{path}/certification/files/{house.story.file}")
        assert answer.status_code == 404
    assert (
        house.get(BODY, "quality", f"/certification/applications/{house.story.application}").status_code
        == 404
    )


@pytest.mark.parametrize("page", ["schemes", "accreditations", "applications", "outside", "desk"])
def test_lists_are_paged(offices, page):
    """A cursor that nobody gave shows nothing, or everything after nothing."""
    role, org_id = ("evaluator", BODY) if page == "desk" else ("quality", HOLDER)
    assert offices("granted").get(org_id, role, f"/certification/{page}?after=0").status_code == 200


def test_what_stopping_it_would_mark_stands_before_the_signature(offices):
    """On each form that stops or shrinks it, by line; one by one on a page; a line out of scope is refused."""
    house = offices("granted")
    file = f"/certification/files/{house.story.file}"
    for verb in ("suspend_certification", "reduce_scope", "withdraw_certification"):
        page = house.get(BODY, "decision_maker", f"{file}/{verb}").text
        assert "What this would mark" in page, verb
        assert page.count("0 units") == 3, verb
    assert "What this would mark" not in house.get(BODY, "decision_maker", f"{file}/terminate_certification").text
    assert "No released unit is covered" in house.get(BODY, "decision_maker", f"{file}/effect").text
    assert "NW-8L-300" in house.get(BODY, "decision_maker", f"{file}/effect?line=NW-8L-300|*|*").text
    for bad in ("NW-8L-300", "nothing|*|*"):
        assert house.get(BODY, "decision_maker", f"{file}/effect?line={bad}").status_code == 422
    told = house.get(BODY, "decision_maker", f"/api/v1{file}/effect").json
    assert (told["units"], told["assemblies"], told["elsewhere"], told["listed"]) == (0, 0, 0, [])
    assert house.get(HOLDER, "quality", f"{file}/effect").status_code in {403, 404}
