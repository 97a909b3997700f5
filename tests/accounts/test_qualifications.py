"""The page of who may do and sign what, for the administrator and for quality."""

from __future__ import annotations

import pytest

from tests.accounts import site
from tests.accounts.test_api import act

PAPER = {
    "number": "XA-NDT-7",
    "family": "*",
    "activity": "ndt",
    "site": "Hall 1",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "scope": "UT",
    "level": "2",
    "issuer": "Examiners of XA",
}


@pytest.fixture
def quality(place, web):
    """The browser of somebody of quality."""
    place.member("keeper", "quality")
    client = site.browser(web)
    place_token = place.sign_in("keeper")
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {place_token}"
    return client


def test_quality_records_a_qualification_and_sees_it(place, quality):
    """With its method, level and issuer; it leads back to the page, since the rest about people is not theirs."""
    ref = place.member("tester", "inspector")
    page = quality.get("/qualifications").text
    assert "Nothing is recorded" in page
    done = act(quality, f"/admin/people/{ref}/authorise", **PAPER)
    assert done.status_code == 200
    told = quality.get("/qualifications").text
    assert all(one in told for one in ("XA-NDT-7", "UT", "Level 2", "issued by Examiners of XA", "In force"))
    assert quality.get("/admin/people").status_code == 403
    (row,) = quality.get("/api/v1/qualifications").json
    assert (row["scope"], row["level"], row["issuer"]) == ("UT", "2", "Examiners of XA")


def test_what_has_ended_is_told(place, quality, clock):
    """And stays."""
    ref = place.member("tester", "inspector")
    act(quality, f"/admin/people/{ref}/authorise", **{**PAPER, "valid_to": "2026-02-28"})
    assert "Ended" in quality.get("/qualifications").text


def test_a_signing_right_is_not_theirs_to_give(place, quality):
    """It is refused with the role that may."""
    ref = place.member("tester", "inspector")
    odd = {name: PAPER[name] for name in ("number", "family", "site", "valid_from", "valid_to")}
    answer = act(quality, f"/admin/people/{ref}/authorise", activity="release", **odd)
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


def test_nobody_else_reads_it(clerk):
    """A technician asks somebody who does."""
    assert clerk.get("/qualifications").status_code == 403
