"""Rows leave the scope of an accreditation for good (SM-6 no. 4)."""

from __future__ import annotations

import pytest

from remanu.certification import actions, queries
from remanu.errors import Conflict, GuardFailed
from remanu.rules.accreditation import Area
from tests.certification import checks
from tests.certification.story import ACCREDITOR, BODY, EDITION, FAMILY, SCHEME, by_accreditor, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

COPIER = Area("copier", SCHEME)


def test_the_rest_holds(told, registry):
    """And what left does not, whatever is lifted later."""
    story = told("accredited")
    by_accreditor(story, actions.reduce_accreditation, reason="resources-lost", areas=(COPIER,))
    assert not story.ask(queries.competent, BODY, COPIER, story.today)
    assert story.ask(queries.competent, BODY, Area(FAMILY, SCHEME, EDITION), story.today)
    assert story.holds(registry)


def test_something_stays(told):
    """The last rows are withdrawn instead; nothing named is nothing."""
    story = told("accredited")
    every = (COPIER, Area(FAMILY, SCHEME, EDITION))
    with pytest.raises(Conflict):
        by_accreditor(story, actions.reduce_accreditation, reason="fees", areas=every)
    with pytest.raises(GuardFailed):
        by_accreditor(story, actions.reduce_accreditation, reason="fees", areas=())


def test_it_is_a_signature(told):
    """Of an accreditor."""
    story = told("accredited")
    verb, given = actions.reduce_accreditation, {"reason": "fees", "areas": (COPIER,)}
    checks.wants_a_factor(story, verb, who(ACCREDITOR, "accreditor"), story.accreditation, **given)
    checks.only_its_roles(story, verb, ACCREDITOR, story.accreditation, **given)
