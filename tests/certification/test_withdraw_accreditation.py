"""An accreditation is withdrawn for good (SM-6 no. 5)."""

from __future__ import annotations

import pytest

from remanu.certification import actions, queries
from remanu.errors import NotAllowed
from remanu.rules.accreditation import Area
from tests.certification import checks
from tests.certification.story import ACCREDITOR, BODY, SCHEME, by_accreditor, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_nothing_is_covered_any_longer(told, registry):
    """And it never comes back."""
    story = told("accredited")
    by_accreditor(story, actions.withdraw_accreditation, reason="misuse")
    assert not story.ask(queries.competent, BODY, Area("copier", SCHEME), story.today)
    for verb, given in (
        (actions.restore_accreditation, {}),
        (actions.withdraw_accreditation, {"reason": "fees"}),
    ):
        with pytest.raises(NotAllowed):
            by_accreditor(story, verb, **given)
    assert story.holds(registry)


def test_it_is_a_signature(told):
    """Of an accreditor."""
    story = told("accredited")
    verb, given = actions.withdraw_accreditation, {"reason": "fees"}
    checks.wants_a_factor(story, verb, who(ACCREDITOR, "accreditor"), story.accreditation, **given)
    checks.only_its_roles(story, verb, ACCREDITOR, story.accreditation, **given)
