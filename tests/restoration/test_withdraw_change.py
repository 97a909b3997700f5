"""A change that is withdrawn counts no more, and stays in the list."""

from __future__ import annotations

import pytest

from remanu.errors import Conflict, Forbidden
from remanu.restoration import actions
from remanu.restoration.queries import changes


def test_it_counts_no_more(yard):
    """From then on; the list says so."""
    made = yard.allow("EC-1", "delete", "flywheel")
    asked = {"what": "delete", "family": "diesel-engine", "component": "flywheel"}
    assert [row.id for row in yard.ask(changes.approved, yard.org_id, **asked)] == [made]
    yard.do(actions.withdraw_change, yard.who["engineering"], made)
    assert yard.ask(changes.approved, yard.org_id, **asked) == []
    (row,) = yard.ask(changes.changes, yard.org_id)
    assert changes.Standing(row).state == "withdrawn"
    with pytest.raises(Conflict):
        yard.do(actions.withdraw_change, yard.who["engineering"], made)


def test_not_yours(yard):
    """Neither a technician nor a planner withdraws one."""
    made = yard.allow("EC-1", "delete", "flywheel")
    with pytest.raises(Forbidden):
        yard.do(actions.withdraw_change, yard.who["planner"], made)
