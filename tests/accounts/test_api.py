"""JSON about accounts."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.accounts import queries
from remanu.ledger.models import Request
from tests.accounts import site
from tests.accounts.place import PASSWORD

SCOPE = {
    "number": "XA-CS-0007",
    "family": "*",
    "activity": "release",
    "site": "Hall 1",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
}


def act(browser, path, key="k", **values):
    """An act by JSON."""
    return browser.post(f"/api/v1{path}", json=values, headers={"Idempotency-Key": key})


def test_whoami(clerk):
    """Name, organisation and roles."""
    told = clerk.get("/api/v1/me").json
    assert (told["name"], told["organisation"], told["roles"]) == (
        "Name of clerk",
        "Workshop One",
        ["technician"],
    )


def test_nobody_is_a_problem_document(browser):
    """401 with a stable code."""
    answer = browser.get("/api/v1/me")
    assert (answer.status_code, answer.json["code"]) == (401, "not-signed-in")
    assert answer.mimetype == "application/problem+json"


def test_a_token_in_the_authorization_header(place, web):
    """For programs: the same session, the same rules."""
    place.member()
    program = web.test_client()
    answer = program.get("/api/v1/me", headers={"Authorization": f"Bearer {place.sign_in()}"})
    assert answer.json["roles"] == ["technician"]


def test_people(place, boss):
    """Everybody, as the administrator sees them."""
    place.member()
    told = boss.get("/api/v1/admin/people").json
    assert [(one["name"], one["roles"]) for one in told] == [
        ("Name of boss", ["admin"]),
        ("Name of clerk", ["technician"]),
    ]


def test_acts_and_reads(place, boss):
    """Authorise, and read it back."""
    ref = place.member("signer", "certifying_staff")
    done = act(boss, f"/admin/people/{ref}/authorise", **SCOPE)
    assert (done.status_code, done.json["target"]) == (200, ref)
    told = boss.get("/api/v1/admin/authorisations").json[0]
    assert (told["number"], told["valid_from"]) == ("XA-CS-0007", "2025-12-31T16:00:00+00:00")


def test_a_link_stands_in_the_answer_that_made_it_and_nowhere_else(place, boss):
    """Not in the list, and not in the stored answer that the same key brings again."""
    made = act(boss, "/admin/people/invite", roles=["inspector"]).json["more"]
    assert made["address"].startswith("https://localhost/invitations/")
    told = boss.get("/api/v1/admin/invitations").json[0]
    assert (told["id"], "address" in told) == (made["invitation"], False)
    answers = place.ask(lambda c: c.execute(sa.select(Request.answer)).scalars().all())
    assert made["address"].rpartition("/")[2] not in "".join(answers)


def test_a_wrong_factor_is_a_problem_beside_its_field(place, boss):
    """And the act did not happen."""
    ref = place.member()
    answer = act(boss, f"/admin/people/{ref}/assign_roles", roles=["quality"], factor="wrong")
    assert (answer.status_code, answer.json["field"], answer.json["why"]) == (422, "factor", "wrong-password")
    answer = act(boss, f"/admin/people/{ref}/assign_roles", roles=["quality"], factor=PASSWORD)
    assert answer.status_code == 200
    assert queries.roles_of(place.ask(queries.find_member, place.org_id, ref)) == {"quality"}


def test_erasing_by_json_settles_the_files(place, boss, keyring):
    """The same act behind pages and JSON."""
    ref = place.member()
    assert act(boss, f"/admin/people/{ref}/erase", factor=PASSWORD).status_code == 200
    assert place.ask(queries.name_of, keyring, place.org_id, ref) is None


@pytest.mark.parametrize(
    "body", [{"roles": "inspector"}, {"roles": []}, {"roles": [1]}, {"roles": ["inspector"], "x": 1}]
)
def test_odd_bodies_are_refused(boss, body):
    """Shape first, and nothing stored."""
    assert act(boss, "/admin/people/invite", **body).status_code == 422
    assert boss.get("/api/v1/admin/invitations").json == []


@pytest.mark.parametrize("path", ["people", "authorisations", "devices", "invitations"])
def test_a_technician_is_refused(clerk, path):
    """Administration is the administrator's."""
    answer = clerk.get(f"/api/v1/admin/{path}")
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


def test_devices(boss, web):
    """A tablet admitted by another browser is listed."""
    second = site.browser(web)
    second.post("/sign-in", data={"login": "boss", "password": PASSWORD})
    second.post("/admin/devices/enrol_device", data={"name": "Bench 3", "key": "k"})
    assert [one["name"] for one in boss.get("/api/v1/admin/devices").json] == ["Bench 3"]
