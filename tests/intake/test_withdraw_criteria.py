"""Criteria are withdrawn."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import Conflict
from remanu.intake import actions, queries
from tests import people
from tests.intake import promises, story

APPROVER = people.BY_ROLE["approver"]


def test_nothing_is_graded_by_it_any_more(hall):
    """It is not in force on any day, and cannot be approved again."""
    made = hall.do(story.in_force)
    hall.do(actions.withdraw_criteria, APPROVER, made)
    row = hall.ask(queries.find_criteria, people.WORKSHOP, made)
    assert queries.state_of(row, date(2026, 3, 1)) == "withdrawn"
    hall.do(story.publish)
    case = hall.do(story.received)
    hall.do(story.identified, case)
    promises.misses(hall, lambda tx: story.judged(tx, made, case), "criteria_in_force")
    once = {actions.withdraw_criteria: "already-withdrawn", actions.approve_criteria: "already-approved"}
    for again, why in once.items():
        with pytest.raises(Conflict) as refused:
            hall.do(again, APPROVER, made)
        assert refused.value.details["why"] == why


def test_roles_and_organisation(hall):
    """Approver or core manager; for others it is not there."""
    made = hall.do(story.in_force)
    promises.only_its_roles(hall, "withdraw_criteria", lambda tx, who: actions.withdraw_criteria(tx, who, made))
    promises.only_its_organisation(hall, lambda tx, who: actions.withdraw_criteria(tx, who, made))
