"""The pages that find parts."""

from __future__ import annotations

import re

import pytest

from remanu.parts import queries
from remanu.rules import lifecycle
from tests.parts.hall import counted


def test_search_lists_what_is_found(hall, technician):
    """With name, code and state, each a way to the part."""
    item = hall.item(serial="E-77")
    page = technician.get("/search?q=e-77").text
    assert f'href="/parts/{item.id}"' in page
    assert f"{item.code[:4]}-{item.code[4:9]}-{item.code[9:]}" in page


def test_a_whole_code_leads_to_its_part(hall, technician):
    """One tap less."""
    item = hall.item()
    answer = technician.get(f"/search?q={item.code.lower()}")
    assert (answer.status_code, answer.location) == (303, f"/parts/{item.id}")


def test_nothing_found_says_what_to_try(technician):
    """What was asked stays in the field, as text."""
    page = technician.get("/search?q=%3Cscript%3E").text
    assert "No part is found" in page
    assert 'value="&lt;script&gt;"' in page
    assert "<script>" not in page.replace('<script type="module"', "")


def test_an_empty_search_teaches(technician):
    """What one may ask for."""
    assert "Ask for what you know" in technician.get("/search").text


def test_search_goes_on_by_pages(hall, technician, monkeypatch):
    """The address says where it goes on."""
    monkeypatch.setattr(queries, "PAGE", 50)
    for n in range(51):
        hall.item(name=f"Pump {n:02}")
    page = technician.get("/search?q=pump").text
    assert page.count('<li class="row">') == 50
    rest = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert technician.get(rest).text.count('<li class="row">') == 1


def test_cases_by_state(hall, technician):
    """The filter stands in the address, the list says whose turn it is."""
    here, elsewhere = hall.case("CLEANED"), hall.case("GRADED")
    page = technician.get("/cases?state=CLEANED").text
    assert here.item.id in page
    assert elsewhere.item.id not in page
    assert "the inspector measures them" in page
    assert {here.item.id, elsewhere.item.id} <= set(re.findall(r'/parts/([^"]+)"', technician.get("/cases").text))


def test_what_waits_for_me(hall, technician, inspector):
    """By my roles."""
    case = hall.case("IN_WORK")
    assert case.item.id in technician.get("/cases?state=mine").text
    assert case.item.id not in inspector.get("/cases?state=mine").text


@pytest.mark.parametrize("state", sorted({step.target for step in lifecycle.SM1}))
def test_every_state_has_a_list(technician, state):
    """Empty ones teach."""
    page = technician.get(f"/cases?state={state}")
    assert page.status_code == 200
    assert "Nothing stands here now" in page.text


def test_an_unknown_state_is_not_found(technician):
    """Not an empty list."""
    assert technician.get("/cases?state=LOST").status_code == 404


@pytest.mark.parametrize("after", ["%0a", "nonsense", "%7C", "a%7Cb"])
def test_an_odd_cursor_breaks_nothing(hall, technician, after):
    """A page comes, whatever stands in the address."""
    hall.case()
    for path in ("/cases?state=RECEIVED&", "/search?q=diesel&"):
        assert technician.get(f"{path}after={after}").status_code == 200


@pytest.mark.parametrize("path", ["/search?q=diesel", "/cases?state=RECEIVED", "/cases"])
def test_a_list_page_takes_two_statements(hall, technician, path):
    """The session and the list (architecture.md §7)."""
    hall.case()
    hall.case()
    technician.get(path)
    with counted(hall.database.read_engine) as seen:
        assert technician.get(path).status_code == 200
    assert len(seen) == 2


@pytest.mark.parametrize("path", ["/search?q=x", "/cases", "/parts/x", "/evidence/x"])
def test_not_for_the_administrator(hall, web, path):
    """He manages people and reads no parts."""
    assert hall.browser(web, "admin").get(path).status_code == 403
