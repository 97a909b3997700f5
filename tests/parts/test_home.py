"""The first page."""

from __future__ import annotations

import pytest

from remanu.inspection import actions as board
from remanu.parts import actions
from remanu.parts.views.home import turns
from remanu.rules.permissions import ROLES
from tests.accounts import site
from tests.parts.hall import counted


def rows(page):
    """How many parts a page lists."""
    return page.count('<li class="row">')


def test_nobody_signed_in_is_sent_to_sign_in(web):
    """The page itself shows nothing."""
    answer = site.browser(web).get("/")
    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_scan_search_and_what_waits(hall, inspector):
    """One great button, a search, and the parts whose turn is this role's."""
    mine, others_turn = hall.case("RECEIVED"), hall.case("GRADED")
    page = inspector.get("/").text
    assert 'class="scan-great" href="/scan"' in page
    assert 'action="/search"' in page
    assert f"/parts/{mine.item.id}" in page
    assert f"/parts/{others_turn.item.id}" not in page


def test_at_most_seven_the_longest_waiting_first(hall, inspector, clock):
    """And a way to the others."""
    cases = []
    for _ in range(8):
        cases.append(hall.case("RECEIVED"))
        clock.advance(minutes=1)
    page = inspector.get("/").text
    assert rows(page) == 7
    assert page.index(cases[0].item.id) < page.index(cases[6].item.id)
    assert cases[7].item.id not in page
    assert 'href="/cases?state=mine"' in page


def test_an_empty_bench_teaches(inspector):
    """What will stand here, and what to do meanwhile."""
    page = inspector.get("/").text
    assert "Nothing waits for you" in page
    assert rows(page) == 0


def test_a_nonconformity_waits_for_whoever_may_take_its_next_step(hall, web, inspector):
    """Quality and the board find it where they begin; the inspector does when it is to be verified."""
    case = hall.case("IN_WORK")
    said = hall.do("inspector", board.raise_nonconformity, case.item.id, cause="other", note="A dent.")
    where = f"/nonconformities/{said.body.nonconformity}"
    begins = {role: hall.browser(web, role).get("/").text for role in ("quality", "mrb")}
    assert [where in page for page in begins.values()] == [True, True]
    assert "Nothing waits for you" not in begins["mrb"]
    assert where not in inspector.get("/").text


def test_a_hold_is_said_in_the_row(hall, inspector):
    """Nobody walks to a part that is stopped."""
    hall.do("quality", actions.hold, hall.case("RECEIVED").id, why="paper")
    assert "On hold" in inspector.get("/").text


def test_another_organisations_work_is_not_ours(inspector, other):
    """Nothing of theirs is listed."""
    assert other.case("RECEIVED").item.id not in inspector.get("/").text


def test_the_administrator_gets_people(hall, web):
    """He reads no parts, so neither scan nor search nor work."""
    page = hall.browser(web, "admin").get("/").text
    assert 'href="/admin/people"' in page
    assert 'class="scan-great"' not in page
    assert 'action="/search"' not in page


def test_the_supervisor_gets_supervision(hall, web):
    """He reads, and nothing waits for him."""
    page = hall.browser(web, "supervisor").get("/").text
    assert 'href="/supervision"' in page
    assert "My work" not in page


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_first_page(hall, web, role):
    """In three languages, each page in its own."""
    browser = hall.browser(web, role)
    for language in ("en", "zh-Hans", "zh-Hant"):
        answer = browser.get(f"/?lang={language}")
        assert answer.status_code == 200
        assert f'<html lang="{language}">' in answer.text


def test_turns_are_those_of_the_table():
    """Owners use parts elsewhere; labels' and certificates' turns are not cases."""
    assert turns(frozenset({"planner"})) == {"ACCEPTED", "DISPOSITIONED", "REWORK"}
    assert turns(frozenset({"admin", "supervisor"})) == frozenset()


def test_it_takes_two_statements(hall, inspector):
    """The session and the list."""
    hall.case("RECEIVED")
    inspector.get("/")
    with counted(hall.database.read_engine) as seen:
        inspector.get("/")
    assert len(seen) == 2
