"""An agreement recognises nothing from a day on (SM-7)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from remanu.errors import BadInput, Conflict
from remanu.recognition import actions
from remanu.release.queries import public_state
from tests.recognition.story import only_stewards, refused, tomorrow, wants_a_factor

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_is_said(office, registry):
    """From which day, and why."""
    agreement = office.approved()
    office.do(actions.suspend_agreement, agreement, since=tomorrow(office), why="findings")
    (span,) = json.loads(office.row(agreement).suspended)
    assert span == {"since": tomorrow(office).isoformat(), "until": None, "why": "findings"}
    assert office.ask(public_state, f"urn:uuid:{agreement}") == "suspended"
    refused(
        Conflict,
        "suspended-already",
        office,
        actions.suspend_agreement,
        agreement,
        since=office.today,
        why="review",
    )
    assert office.holds(registry)


def test_what_stands_against_it(office):
    """A day that is over, no reason, a draft, no fresh factor, other roles."""
    agreement, given = office.approved(), {"since": office.today, "why": "review"}
    verb = actions.suspend_agreement
    refused(
        BadInput, "since", office, verb, agreement, **(given | {"since": office.today - timedelta(days=1)})
    )
    refused(BadInput, "why", office, verb, agreement, **(given | {"why": "mood"}))
    refused(Conflict, "agreement-not-approved", office, verb, office.draft(code="D"), **given)
    wants_a_factor(office, verb, agreement, **given)
    only_stewards(office, verb, agreement, **given)
