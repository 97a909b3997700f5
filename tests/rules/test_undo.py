"""Ten seconds, one's own, and only what decides nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules.permissions import PERMISSIONS
from remanu.rules.undo import UNDOABLE, may_undo

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
MINE = {"by": "a", "actor": "a", "now": NOW}


@given(st.integers(-60, 60))
def test_a_moment_and_no_longer(seconds):
    """From the act on, ten seconds with five for the network; nothing before it happened."""
    assert may_undo("intake.move", at=NOW - timedelta(seconds=seconds), **MINE) is (0 <= seconds <= 15)


def test_ones_own_act_alone():
    """Nobody takes back what another person did."""
    assert not may_undo("intake.move", by="b", actor="a", at=NOW, now=NOW)


@pytest.mark.parametrize("kind", sorted(set(PERMISSIONS) - UNDOABLE))
def test_nothing_else(kind):
    """No signature, hold, print or disposition can be taken back by a button."""
    assert not may_undo(kind, at=NOW, **MINE)
