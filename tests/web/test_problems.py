"""Every refusal has an address that explains it, and says the same code in its document."""

from __future__ import annotations

import json

import pytest

from remanu import app as application
from remanu.config import for_tests
from remanu.errors import Conflict
from remanu.web.problems import answer
from remanu.web.words import PROBLEMS


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    """The application without a store: nothing here reads one."""
    return application.create_app(for_tests(tmp_path_factory.mktemp("problems")), database=object())


@pytest.mark.parametrize("code", PROBLEMS)
def test_each_code_is_explained(web, code):
    """In words, at the address that problem documents name as their type."""
    page = web.test_client().get(f"/problems/{code}")
    assert page.status_code == 200
    assert code in page.text


def test_an_unknown_code_is_not_found(web):
    """Nothing is explained that we never say."""
    assert web.test_client().get("/problems/unheard").status_code == 404


def test_a_detail_never_takes_the_place_of_the_code(web):
    """A conflict that names a part's code is still a conflict."""
    with web.test_request_context(headers={"Accept": "application/json"}):
        told = json.loads(answer(Conflict(why="already-registered", code="0123456789ABC")).data)
    assert (told["code"], told["part_code"]) == ("conflict", "0123456789ABC")


def test_no_secret_is_carried_through_a_sign_in(web):
    """What somebody else typed to prove who he is does not come back in the page either."""
    sent = {"why": "beyond_repair", "second_login": "quality", "second_factor": "tunnel bolt seven"}
    page = web.test_client().post("/cases/1/scrap", data=sent)
    assert page.status_code == 401
    assert 'name="typed.second_login"' in page.text
    assert "tunnel bolt seven" not in page.text
