"""The body declines for a reason of a closed list (SM-5 no. 2)."""

from __future__ import annotations

import pytest

from remanu.certification import actions
from remanu.errors import BadInput, NotAllowed
from tests.certification import checks
from tests.certification.story import BODY, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_ends_there(told, registry):
    """Nothing follows."""
    story = told("opened")
    verb, actor = actions.decline_application, who(BODY, "reviewer")
    checks.refused(BadInput, "reason", story, verb, actor, story.file, reason="mood")
    story.do(verb, actor, story.file, reason="no-capacity")
    assert story.state == "DECLINED"
    with pytest.raises(NotAllowed):
        story.do(actions.accept_application, actor, story.file)
    assert story.holds(registry)


def test_roles(told):
    """Reviewers and decision makers."""
    story = told("opened")
    checks.only_its_roles(story, actions.decline_application, BODY, story.file, reason="fees")
