"""What the board decides (SM-3 no. 3): rework, repair, scrap or return."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Forbidden, GuardFailed, NotAllowed
from remanu.rules.nonconformities import DECISIONS, OUTCOMES


def test_sm3_no_3_each_decision_leads_to_its_action(board):
    """And when that is verified, to its outcome (SM-3 no. 7)."""
    for decision in DECISIONS:
        found = board.reviewed()
        data = "SB-72-0123 rev. 2" if decision == "repair" else None
        board.act("decide_nonconformity", found, decision=decision, data=data)
        row = board.row(found)
        assert (row.state, row.decision, row.design_data) == ("ACTION", decision, data)
        board.act("verify_nonconformity", found, board.bench.inspector, seen=True)
        assert (board.row(found).state, board.row(found).outcome) == ("CLOSED", OUTCOMES[decision])


def test_a_repair_needs_approved_data(board):
    """SM-3: what departs from the drawing does so by design data that is approved; nothing else is decided."""
    found = board.reviewed()
    with pytest.raises(GuardFailed) as refused:
        board.act("decide_nonconformity", found, decision="repair")
    assert refused.value.details["missing"] == ["design_data_approved"]
    with pytest.raises(BadInput):
        board.act("decide_nonconformity", found, decision="forget")
    with pytest.raises(Forbidden):
        board.act("decide_nonconformity", found, board.bench.technician, decision="scrap")
    with pytest.raises(NotAllowed):
        board.act("decide_nonconformity", board.raised(), decision="scrap")
