"""The certificate is refused (SM-5 no. 7)."""

from __future__ import annotations

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput, NotAllowed
from tests.certification import checks
from tests.certification.story import BODY, decide, grant, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_ends_there(told, registry):
    """No number is taken, and nobody reads of it in the catalogue."""
    story = told("reviewed")
    with pytest.raises(BadInput):
        decide(story, actions.refuse_certification, reason="mood")
    decide(story, actions.refuse_certification, reason="not-complied")
    assert story.state == "REFUSED"
    with pytest.raises(NotAllowed):
        grant(story)
    assert story.ask(queries.entries, queries.Asked()) == []
    assert story.holds(registry)


def test_it_is_a_signature(told):
    """Of a decision maker."""
    story = told("reviewed")
    verb, given = actions.refuse_certification, {"reason": "not-complied"}
    checks.wants_a_factor(story, verb, who(BODY, "decision_maker"), story.file, **given)
    checks.only_its_roles(story, verb, BODY, story.file, **given)
