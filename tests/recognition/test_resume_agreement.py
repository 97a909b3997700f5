"""A suspended agreement recognises again (SM-7)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from remanu.errors import BadInput, Conflict
from remanu.recognition import actions
from tests.recognition.story import only_stewards, refused, tomorrow, wants_a_factor

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_the_span_is_closed(office, registry):
    """And it can be suspended again."""
    agreement = office.approved()
    refused(
        Conflict, "agreement-not-suspended", office, actions.resume_agreement, agreement, since=office.today
    )
    office.do(actions.suspend_agreement, agreement, since=office.today, why="review")
    office.do(actions.resume_agreement, agreement, since=tomorrow(office))
    office.do(actions.suspend_agreement, agreement, since=tomorrow(office), why="review")
    first, second = json.loads(office.row(agreement).suspended)
    assert (first["until"], second["until"]) == (tomorrow(office).isoformat(), None)
    assert office.holds(registry)


def test_what_stands_against_it(office):
    """A day that is over, no fresh factor, other roles."""
    agreement = office.approved()
    office.do(actions.suspend_agreement, agreement, since=office.today, why="review")
    past = office.today - timedelta(days=1)
    refused(BadInput, "since", office, actions.resume_agreement, agreement, since=past)
    wants_a_factor(office, actions.resume_agreement, agreement, since=office.today)
    only_stewards(office, actions.resume_agreement, agreement, since=office.today)
