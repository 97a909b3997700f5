"""Seeing that what was decided is done (SM-3 no. 7), by somebody who did not do it."""

from __future__ import annotations

import pytest

from remanu.errors import Forbidden, GuardFailed, NotAllowed, OwnWork
from remanu.ledger.record import begin, record
from remanu.parts import queries as parts
from tests.inspection import board as boards
from tests.inspection import shop


def test_sm3_no_7_it_is_closed(board):
    """It no longer stops the release; what was decided is its outcome, and it is seen, not assumed."""
    found = board.raised()
    board.bench.do(boards.decided, board.quality, found)
    with pytest.raises(GuardFailed) as refused:
        board.act("verify_nonconformity", found, board.bench.inspector, seen=False)
    assert refused.value.details["missing"] == ["action_seen"]
    with pytest.raises(Forbidden):
        board.act("verify_nonconformity", found, board.bench.technician, seen=True)

    assert not board.bench.facts()["no_open_nonconformity"]
    board.act("verify_nonconformity", found, board.bench.inspector, seen=True, note="Polished out.")
    row = board.row(found)
    assert (row.state, row.outcome, row.closed_at is not None) == ("CLOSED", "reworked", True)
    assert board.bench.facts()["no_open_nonconformity"]
    with pytest.raises(NotAllowed):
        board.act("verify_nonconformity", board.reviewed(), seen=True)


def test_not_by_whoever_asked_for_the_concession(board):
    """SM-3: verify, person != doer; what is conceded is checked by somebody who did not want it."""
    board.bench.measure("crankshaft", "main-journal-diameter", *boards.WORN)
    found = board.approved()
    with pytest.raises(OwnWork) as refused:
        board.act("verify_nonconformity", found, seen=True)
    assert refused.value.details["acts"] == ["inspection.request_concession"]
    board.act("verify_nonconformity", found, board.bench.inspector, seen=True)
    assert board.row(found).outcome == "conceded"


def test_not_by_the_doer(board):
    """Who worked on the part since it was raised does not say that it is in order, whatever else he may be."""
    found = board.raised()
    kind = shop.Kind("test.operate", 1, shop.Routed, lambda _tx, _done: None)

    def operate(tx):
        item = parts.find_item(tx.connection, board.bench.org_id, board.bench.parts["crankshaft"])
        act = begin(tx, board.both, "parts.register")
        record(act, kind, parts.subject_of(item), shop.Routed(case=board.bench.case, position="crankshaft"))

    board.bench.do(operate)
    board.bench.do(boards.decided, board.quality, found)
    with pytest.raises(OwnWork) as refused:
        board.act("verify_nonconformity", found, board.both, seen=True)
    assert refused.value.details["acts"] == ["test.operate"]
