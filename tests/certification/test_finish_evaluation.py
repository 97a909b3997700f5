"""The evaluation is handed to review when everything is there (SM-5 no. 5)."""

from __future__ import annotations

import pytest

from remanu.certification import actions
from remanu.errors import GuardFailed
from tests.certification import checks
from tests.certification.story import BODY, check, finish, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_goes_to_review(told, registry):
    """Every clause and every activity of determination."""
    story = told("accepted")
    check(story)
    assert finish(story).body.activities == ("audit", "test")
    assert story.state == "IN_REVIEW"
    assert story.holds(registry)


@pytest.mark.parametrize("lacking", [{"activities": ("test",)}, {"evidence": ()}])
def test_a_report_is_missing(told, lacking):
    """Each activity has one."""
    story = told("accepted")
    check(story)
    with pytest.raises(GuardFailed):
        finish(story, **lacking)


def test_a_clause_is_open(told):
    """Not judged, or not complied with."""
    story = told("accepted")
    story.do(actions.check_clauses, who(BODY, "evaluator"), story.file, clauses={"A1": "comply"})
    with pytest.raises(GuardFailed):
        finish(story)
    check(story, D4="not_comply")
    with pytest.raises(GuardFailed):
        finish(story)


def test_roles(told):
    """Evaluators."""
    story = told("accepted")
    checks.only_its_roles(story, actions.finish_evaluation, BODY, story.file, activities=(), evidence=())
