"""The body takes the client's answer and cites it (SM-5 no. 4)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.certification import actions, queries
from remanu.errors import GuardFailed
from tests.certification import checks
from tests.certification.story import BODY, HOLDER, check, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def waiting(story):
    """The client is waited for."""
    check(story, A1="not_comply")
    by = story.today + timedelta(days=30)
    story.do(actions.raise_findings, who(BODY, "evaluator"), story.file, answer_by=by)
    return story


def test_it_goes_on(told, registry):
    """Once he said what he did; each answer is taken once."""
    story = waiting(told("accepted"))
    with pytest.raises(GuardFailed):
        story.do(actions.take_answer, who(BODY, "evaluator"), story.file)
    given = {"wish": "corrected", "clauses": ("A1",), "note": "A second check."}
    said = story.do(actions.request, who(HOLDER, "quality"), story.application, **given)
    done = story.do(actions.take_answer, who(BODY, "evaluator"), story.file)
    assert (done.body.digest, story.state) == (said.commitment.hex(), "IN_EVALUATION")
    assert story.ask(queries.requests, BODY) == []
    assert story.holds(registry)


def test_roles(told):
    """Evaluators."""
    story = told("accepted")
    checks.only_its_roles(story, actions.take_answer, BODY, story.file)
