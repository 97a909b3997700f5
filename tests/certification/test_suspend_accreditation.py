"""Rows of an accreditation are suspended, or all of it (SM-6 no. 2)."""

from __future__ import annotations

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput, NotAllowed, NotFound
from remanu.release.queries import public_state
from remanu.rules.accreditation import Area
from tests.certification import checks
from tests.certification.story import ACCREDITOR, BODY, EDITION, FAMILY, SCHEME, by_accreditor, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

ROW = Area(FAMILY, SCHEME, EDITION)


def covered(story, area=ROW):
    """Whether the body is competent today."""
    return bool(story.ask(queries.competent, BODY, area, story.today))


def test_a_part(told, registry):
    """The rest goes on (R7)."""
    story = told("accredited")
    by_accreditor(story, actions.suspend_accreditation, reason="nonconformities", areas=(ROW,))
    assert (covered(story), covered(story, Area("copier", SCHEME))) == (False, True)
    assert story.ask(public_state, f"urn:uuid:{story.accreditation}") == "suspended"
    assert story.holds(registry)


def test_the_whole(told):
    """Where nothing is named."""
    story = told("accredited")
    by_accreditor(story, actions.suspend_accreditation, reason="fees")
    assert not covered(story, Area("copier", SCHEME))


def test_bad_input(told):
    """A row that is not in the scope, a reason nobody knows; not after an end."""
    story = told("accredited")
    actor = who(ACCREDITOR, "accreditor")
    verb = actions.suspend_accreditation
    other = (Area("aero-engine", SCHEME),)
    checks.refused(BadInput, "areas", story, verb, actor, story.accreditation, reason="fees", areas=other)
    checks.refused(BadInput, "reason", story, verb, actor, story.accreditation, reason="mood")
    with pytest.raises(NotFound):
        story.do(verb, who(BODY, "accreditor"), story.accreditation, reason="fees")
    by_accreditor(story, actions.withdraw_accreditation, reason="fees")
    with pytest.raises(NotAllowed):
        by_accreditor(story, verb, reason="fees")


def test_it_is_a_signature(told):
    """Of an accreditor."""
    story = told("accredited")
    verb, given = actions.suspend_accreditation, {"reason": "fees"}
    checks.wants_a_factor(story, verb, who(ACCREDITOR, "accreditor"), story.accreditation, **given)
    checks.only_its_roles(story, verb, ACCREDITOR, story.accreditation, **given)
