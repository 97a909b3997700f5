"""The suspension is lifted when its cause is removed (SM-5 no. 10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.certification import actions, queries
from remanu.errors import GuardFailed, NotAllowed, OwnFile
from tests import people
from tests.certification import checks
from tests.certification.story import BODY, A, B, decide, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def suspend(story):
    """The whole scope."""
    until = story.today + timedelta(days=60)
    decide(story, actions.suspend_certification, reason="nonconformities", until=until)


def test_the_whole_scope_covers_again(granted, registry):
    """From today."""
    suspend(granted)
    granted.later(2)
    decide(granted, actions.reinstate_certification)
    assert (granted.state, granted.found_file().now.open_lines) == ("CERTIFIED", (A, B))
    assert granted.holds(registry)


def test_not_while_surveillance_is_missed(granted):
    """What the record can see of the cause is gone first."""
    granted.later(180 + 31)
    suspend(granted)
    with pytest.raises(GuardFailed):
        decide(granted, actions.reinstate_certification)
    given = {"activities": ("process_audit",), "result": "ok"}
    granted.do(actions.surveil, who(BODY, "evaluator"), granted.file, **given)
    decide(granted, actions.reinstate_certification)


def test_not_by_who_evaluated(granted):
    """I34."""
    both = people.member("both", "evaluator", "decision_maker", org_id=BODY)
    granted.do(actions.declare_impartiality, both, granted.file, clear=True)
    granted.do(actions.surveil, both, granted.file, activities=("process_audit",), result="ok")
    suspend(granted)
    with pytest.raises(OwnFile):
        granted.do(actions.reinstate_certification, both, granted.file)


def test_only_what_is_suspended(granted):
    """By a decision maker, who signs."""
    with pytest.raises(NotAllowed):
        decide(granted, actions.reinstate_certification)
    suspend(granted)
    checks.wants_a_factor(granted, actions.reinstate_certification, who(BODY, "decision_maker"), granted.file)
    checks.only_its_roles(granted, actions.reinstate_certification, BODY, granted.file)
    assert granted.ask(queries.find_entry, granted.file, granted.today).now.state == "SUSPENDED"
