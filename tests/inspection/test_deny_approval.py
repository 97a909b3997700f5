"""A denied approval is an event, whichever door it came by: page, API, command (T-R17)."""

from __future__ import annotations

import pytest

from remanu.errors import FactorNeeded, NotAuthorised, NotFound, OwnWork
from remanu.inspection import actions
from remanu.parts import queries as parts
from remanu.rules import canonical as jcs
from tests import people
from tests.accounts.place import PASSWORD
from tests.inspection import board as boards
from tests.inspection import pages


def _denied(board):
    rows = board.bench.ask(parts.history, board.bench.org_id, board.bench.parts["crankshaft"])
    return [jcs.decode(row.canonical)["body"]["reason"] for row in rows if row.kind == "inspection.deny_approval"]


def test_every_door_refuses_and_remembers(board, web, place):
    """I33: own work and a missing authorisation are kept; a missing password is not."""
    found = board.reviewed()
    board.act("request_concession", found, board.both, **boards.ASKED)
    where = f"/nonconformities/{found}/approve_concession"
    browser = pages.signed_in(web, "both")
    typed = pages.hidden(browser.get(where).text) | {"factor": PASSWORD}
    assert browser.post(where, data=typed).status_code == 403
    assert _denied(board) == ["own-work"]
    key = {"Idempotency-Key": "k-9"}
    assert browser.post(f"/api/v1{where}", json={"factor": PASSWORD}, headers=key).status_code == 403
    database = board.bench.database
    with pytest.raises(OwnWork):
        actions.approve(database, board.both, found)
    stranger = place.actor(place.member("unauthorised", "mrb"))
    with pytest.raises(NotAuthorised):
        actions.approve(database, stranger, found)
    assert _denied(board) == ["not-authorised", "own-work", "own-work", "own-work"]

    plain = pages.signed_in(web, "authority")
    typed = pages.hidden(plain.get(where).text) | {"factor": ""}
    assert plain.post(where, data=typed).status_code == FactorNeeded.status
    assert len(_denied(board)) == 4
    with pytest.raises(NotFound):
        board.bench.do(actions.deny_approval, people.OUTSIDER, found, reason="own-work")
