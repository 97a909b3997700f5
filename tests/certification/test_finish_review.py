"""A reviewer who took no part in the evaluation looks at all of it (SM-5 no. 6, I34)."""

from __future__ import annotations

import pytest

from remanu.certification import actions
from remanu.errors import NotImpartial
from tests.certification import checks
from tests.certification.story import BODY, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_comes_to_a_decision(told, registry):
    """Whatever he recommends, another verb decides."""
    story = told("evaluated")
    story.do(actions.finish_review, who(BODY, "reviewer"), story.file, recommends=False, note="Doubtful.")
    assert story.state == "DECISION"
    assert story.holds(registry)


def test_he_declared_himself(told):
    """Like everybody who judges."""
    story = told("evaluated")
    with pytest.raises(NotImpartial):
        story.do(actions.finish_review, who(BODY, "reviewer", name="new"), story.file, recommends=True)


def test_roles(told):
    """Reviewers."""
    story = told("evaluated")
    checks.only_its_roles(story, actions.finish_review, BODY, story.file, recommends=True)
