"""Taking a nonconformity before the review board (SM-3 no. 2)."""

from __future__ import annotations

import pytest

from remanu.errors import Conflict, Forbidden, NotAllowed, NotFound
from remanu.inspection import actions
from tests import people


def test_sm3_no_2_the_board_takes_it_up(board):
    """It is before the board, once; what was closed is not taken up again; only board and quality take it."""
    raised = board.raised()
    assert board.row(raised).state == "OPEN"
    board.act("review_nonconformity", raised, note="Looks worse than it is.")
    assert board.row(raised).state == "MRB_REVIEW"
    with pytest.raises(NotAllowed):
        board.act("review_nonconformity", raised)

    board.act("close_nonconformity", raised, outcome="duplicate")
    with pytest.raises(Conflict) as told:
        board.act("review_nonconformity", raised)
    assert told.value.details["why"] == "already-closed"
    with pytest.raises(Forbidden):
        board.act("review_nonconformity", raised, board.bench.inspector)
    with pytest.raises(NotFound):
        board.bench.do(actions.review_nonconformity, people.OUTSIDER, raised)
