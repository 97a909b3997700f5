"""Nonconformities by page and by JSON: the list, one from raised to closed, and what is refused with reasons."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.inspection import actions, queries
from tests.accounts.place import PASSWORD
from tests.inspection import board as boards
from tests.inspection import pages


@pytest.fixture
def worn(board):
    """A board with a worn crankshaft before it."""
    board.bench.measure("crankshaft", "main-journal-diameter", *boards.WORN)
    return board


def _sent(browser, where, **typed):
    """The answer of a form that is filled in and sent."""
    hidden = pages.hidden(browser.get(where).text)
    return browser.post(where, data=hidden | typed)


def test_sm3_from_raised_to_closed_by_page(worn, web):
    """Each page leads to the next; the wrong person is told why, by page and by JSON, and nothing is lost."""
    found = worn.raised()
    here = f"/nonconformities/{found}"
    quality, authority, both = (pages.signed_in(web, one) for one in ("board-quality", "authority", "both"))
    inspector = pages.signed_in(web, "inspector")
    assert "Take it before the review board" in quality.get(here).text
    assert "This needs one of these roles" in inspector.get(here).text
    assert _sent(quality, f"{here}/review_nonconformity", note="Worse than it is.").status_code == 303
    assert "64.900" in quality.get(f"{here}/request_concession").text
    missing = _sent(quality, f"{here}/request_concession", expires="2026-12-31", note="It carries.")
    assert missing.status_code == 409
    assert "serial numbers or a quantity" in missing.text
    asked = {"quantity": "1", "expires": "2026-12-31", "customer": "on", "note": "The bearing carries it."}
    assert _sent(both, f"{here}/request_concession", **asked).status_code == 303

    own = _sent(both, f"{here}/approve_concession", factor=PASSWORD, customer_reference="AH-1")
    assert own.status_code == 403
    assert "AH-1" in own.text
    assert "You did work on this part yourself" in both.get(here).text
    by_json = {"customer_reference": "AH-1", "factor": PASSWORD}
    key = {"Idempotency-Key": "k-1"}
    refused = both.post(f"/api/v1{here}/approve_concession", json=by_json, headers=key)
    assert (refused.status_code, refused.json["code"]) == (403, "own-work")
    assert _sent(authority, f"{here}/approve_concession", factor=PASSWORD).status_code == 409
    assert _sent(authority, f"{here}/approve_concession", **by_json).status_code == 303
    page = authority.get(here).text
    assert "CON-000001" in page
    assert "AH-1" in page
    told = authority.get(f"/api/v1{here}").json
    assert (told["state"], told["concession"]["number"]) == ("CONCESSION_APPROVED", "CON-000001")
    assert {one["verb"]: bool(one["reason"]) for one in told["next"]} == {"verify_nonconformity": False}
    assert _sent(inspector, f"{here}/verify_nonconformity", seen="on").status_code == 303
    assert "It is used as it is, by a concession" in inspector.get(here).text


def test_the_list_and_its_filters(worn, web, place):
    """Open ones first asked for; by state and cause in the address; paged by key; what is no filter is not asked."""
    browser = pages.signed_in(web, "board-quality")
    assert "Nothing is open" in browser.get("/nonconformities").text
    first, second = worn.raised(cause="crack"), worn.reviewed("piston", "damage")
    worn.act("close_nonconformity", worn.raised(cause="paper"), outcome="unfounded")
    page = browser.get("/nonconformities").text
    assert first in page
    assert second in page
    assert "Papers are missing" in browser.get("/nonconformities?state=CLOSED").text
    only = browser.get("/api/v1/nonconformities?state=MRB_REVIEW").json
    assert ([row["id"] for row in only["nonconformities"]], only["next"]) == ([second], "")
    assert "None of these" in browser.get("/nonconformities?cause=process").text
    odd = browser.get("/api/v1/nonconformities?state=odd&cause=odd").json
    assert {row["id"] for row in odd["nonconformities"]} == {first, second}
    below = worn.bench.ask(queries.listed, worn.bench.org_id, state="all", before=second)
    assert [row.id for row in below] == [first]


def test_a_recall_by_page(bench, browser):
    """What rests on it stands before the button; afterwards the page says what was reached, the bench refuses it."""
    bench.measure("crankshaft", "main-bearing-clearance")
    tool = bench.tools["bore-gauge"]
    where = f"/instruments/{tool}/recall_instrument"
    assert "The instrument may not be used before it is calibrated again" in browser.get(where).text
    assert _sent(browser, where).status_code == 422
    answer = _sent(browser, where, why="damaged")
    assert answer.location.endswith(f"/instruments/{tool}/uses")
    page = browser.get(answer.location).text
    assert "It was dropped or damaged" in page
    assert "Main bearing clearance" in page
    assert "This instrument was recalled" in browser.get("/instruments").text
    assert "An instrument was not reliable" in browser.get("/nonconformities").text


def test_what_the_sheet_and_the_part_show(worn, browser):
    """An open nonconformity stands above all on the page of the part, with the way to it."""
    found = worn.raised()
    for where in (f"/parts/{worn.bench.parts['crankshaft']}", f"/cases/{worn.bench.case}/dispositions"):
        assert f"/nonconformities/{found}" in browser.get(where).text


def test_asking_by_disposition_leads_to_the_board(worn, browser):
    """SM-2 to SM-3: the inspector asks for a concession, and the nonconformity is there."""
    bench = worn.bench
    bench.measure_all(main_journal_diameter=boards.WORN)
    bench.do(actions.inspect, bench.inspector, bench.case)
    where = f"/parts/{bench.parts['crankshaft']}/dispose"
    assert _sent(browser, where, disposition="CONCESSION_REQUEST").status_code == 303
    assert bench.ask(queries.open_nonconformities, bench.org_id, bench.case)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_list_stays_level(worn):
    """However much was closed, the open ones are read from an index of their own, by one statement a page."""
    statements = []

    def note(_conn, _cursor, statement, given, *_rest):
        statements.append((statement, given))

    engine = worn.bench.database.read_engine
    sa.event.listen(engine, "before_cursor_execute", note)
    worn.bench.ask(queries.listed, worn.bench.org_id)
    worn.bench.ask(queries.listed, worn.bench.org_id, state="MRB_REVIEW", before="zz")
    sa.event.remove(engine, "before_cursor_execute", note)
    assert len(statements) == 2
    with worn.bench.database.reading() as connection:
        for (statement, given), index in zip(
            statements, ("ix_nonconformity_open", "ix_nonconformity_org_id_state_id"), strict=True
        ):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
            assert any(index in row[3] for row in plan)
            assert not any("TEMP B-TREE" in row[3] for row in plan)
