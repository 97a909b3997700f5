"""Refusing a concession (SM-3 no. 6): the board decides anew."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Forbidden, NotAllowed
from remanu.inspection import actions, queries
from tests.inspection import board as boards


def test_sm3_no_6_back_to_the_board(board):
    """The reason stands in the record; another disposition answers the part, and another decision the nonconformity."""
    bench, part = board.bench, board.bench.parts["crankshaft"]
    bench.measure_all(main_journal_diameter=boards.WORN)
    bench.do(actions.inspect, bench.inspector, bench.case)
    bench.do(actions.dispose, bench.inspector, part, disposition="CONCESSION_REQUEST")
    (found,) = bench.ask(queries.open_nonconformities, bench.org_id, bench.case)
    board.act("review_nonconformity", found.id)
    with pytest.raises(NotAllowed):
        board.act("refuse_concession", found.id, board.authority, reason="not-justified")
    board.act("request_concession", found.id, **boards.ASKED)
    with pytest.raises(BadInput):
        board.act("refuse_concession", found.id, board.authority, reason="mood")
    with pytest.raises(Forbidden):
        board.act("refuse_concession", found.id, reason="not-justified")

    board.act("refuse_concession", found.id, board.authority, reason="better-repaired")
    row = board.row(found.id)
    held = bench.ask(queries.find_concession, bench.org_id, row.concession_id)
    assert (row.state, held.state, held.reason) == ("MRB_REVIEW", "refused", "better-repaired")
    bench.do(
        actions.dispose, bench.inspector, part, disposition="SALVAGE_SIZE_STEP", why="concession-refused"
    )
    assert bench.facts()["concessions_approved"]
    board.act("decide_nonconformity", found.id, decision="rework")
    assert board.row(found.id).state == "ACTION"
