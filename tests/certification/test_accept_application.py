"""The body begins, if it is accredited for what is asked (SM-5 no. 2, I46)."""

from __future__ import annotations

import pytest

from remanu.certification import actions
from remanu.errors import GuardFailed, NotAllowed
from tests.certification import checks
from tests.certification.story import BODY, by_accreditor, second_file, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_the_evaluation_begins(told, registry):
    """The accreditations behind it stand in the event."""
    story = told("opened")
    done = story.do(actions.accept_application, who(BODY, "reviewer"), story.file)
    assert done.body.accreditations == (f"urn:uuid:{story.accreditation}",)
    assert story.state == "IN_EVALUATION"
    with pytest.raises(NotAllowed):
        story.do(actions.accept_application, who(BODY, "reviewer"), story.file)
    assert story.holds(registry)


def test_not_without_accreditation(told):
    """I46: another category (R9), or suspended."""
    story = told("opened")
    other = second_file(story, "opened", family="tunnel-boring-machine")
    with pytest.raises(GuardFailed):
        story.do(actions.accept_application, who(BODY, "reviewer"), other.file)
    by_accreditor(story, actions.suspend_accreditation, reason="fees")
    with pytest.raises(GuardFailed):
        story.do(actions.accept_application, who(BODY, "reviewer"), story.file)


def test_roles(told):
    """Reviewers and decision makers."""
    story = told("opened")
    checks.only_its_roles(story, actions.accept_application, BODY, story.file)
