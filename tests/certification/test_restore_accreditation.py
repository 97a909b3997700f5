"""The suspension of an accreditation is lifted (SM-6 no. 3)."""

from __future__ import annotations

import pytest

from remanu.certification import actions, queries
from remanu.errors import NotAllowed
from remanu.rules.accreditation import Area
from tests.certification import checks
from tests.certification.story import ACCREDITOR, SCHEME, by_accreditor, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def state(story):
    """How it stands today."""
    return story.ask(queries.read_accreditation, story.accreditation).on(story.today).state


def test_it_holds_again(told, registry):
    """Whole, or still reduced where it was."""
    story = told("accredited")
    by_accreditor(story, actions.suspend_accreditation, reason="fees")
    by_accreditor(story, actions.restore_accreditation)
    assert state(story) == "GRANTED"
    by_accreditor(story, actions.reduce_accreditation, reason="body-asks", areas=(Area("copier", SCHEME),))
    by_accreditor(story, actions.suspend_accreditation, reason="fees")
    by_accreditor(story, actions.restore_accreditation)
    assert state(story) == "REDUCED"
    assert story.ask(queries.read_accreditation, story.accreditation).row.state == "REDUCED"
    assert story.holds(registry)


def test_only_what_is_suspended(told):
    """By an accreditor, who signs."""
    story = told("accredited")
    with pytest.raises(NotAllowed):
        by_accreditor(story, actions.restore_accreditation)
    by_accreditor(story, actions.suspend_accreditation, reason="fees")
    verb = actions.restore_accreditation
    checks.wants_a_factor(story, verb, who(ACCREDITOR, "accreditor"), story.accreditation)
    checks.only_its_roles(story, verb, ACCREDITOR, story.accreditation)
