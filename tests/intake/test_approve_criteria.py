"""Criteria are approved by another person than their author."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import Conflict, OwnWork
from remanu.intake import actions, queries
from tests import people
from tests.intake import promises, story

APPROVER = people.BY_ROLE["approver"]


def state(hall, made, on):
    """The state of an edition on a day."""
    return queries.state_of(hall.ask(queries.find_criteria, people.WORKSHOP, made), on)


def test_approved_it_is_in_force_in_its_days(hall):
    """From the first to the last, and the newest of a programme and region alone."""
    made = hall.do(story.in_force, applies_until=date(2026, 4, 30))
    days = {date(2025, 12, 31): "waiting", date(2026, 1, 1): "in-force", date(2026, 5, 1): "ended"}
    assert {day: state(hall, made, day) for day in days} == days
    newer = hall.do(story.in_force, edition="2026-2", applies_from=date(2026, 3, 1))
    elsewhere = hall.do(story.in_force, region="XB")
    rows = hall.ask(queries.own_in_force, people.WORKSHOP, on=date(2026, 3, 1), family=story.FAMILY)
    assert {row.id for row in rows} == {newer, elsewhere}


def test_nobody_approves_his_own(hall):
    """I33 in spirit: author and approver differ, by person."""
    made = hall.do(story.drafted).subject.id
    with pytest.raises(OwnWork):
        hall.do(actions.approve_criteria, people.BY_ROLE["core_manager"], made)


def test_not_twice(hall):
    """An approval is given once."""
    made = hall.do(story.in_force)
    with pytest.raises(Conflict) as refused:
        hall.do(actions.approve_criteria, APPROVER, made)
    assert refused.value.details["why"] == "already-approved"


def test_roles_and_organisation(hall):
    """Approver or another core manager; for others it is not there."""
    made = hall.do(story.drafted).subject.id
    promises.only_its_roles(hall, "approve_criteria", lambda tx, who: actions.approve_criteria(tx, who, made))
    promises.only_its_organisation(hall, lambda tx, who: actions.approve_criteria(tx, who, made))
