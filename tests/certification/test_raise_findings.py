"""Clauses that are not complied with go to the client, who answers by a day (SM-5 no. 3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput, GuardFailed
from tests.certification import checks
from tests.certification.story import BODY, HOLDER, check, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def raise_(story, days=30):
    """The client has so many days."""
    by = story.today + timedelta(days=days)
    return story.do(actions.raise_findings, who(BODY, "evaluator"), story.file, answer_by=by, note="See A1.")


def test_the_client_is_waited_for(told, registry):
    """He reads until when."""
    story = told("accepted")
    check(story, A1="not_comply", A2="not_comply")
    assert raise_(story).body.clauses == ("A1", "A2")
    row = story.ask(queries.find_application, HOLDER, story.application)
    assert (row.state, row.answer_by) == ("AWAITING_CLIENT", (story.today + timedelta(days=30)).isoformat())
    assert story.holds(registry)


def test_there_must_be_something(told):
    """An observation is none; a day that is over is none."""
    story = told("accepted")
    check(story, A1="observation")
    with pytest.raises(GuardFailed):
        raise_(story)
    for days in (0, 400):
        with pytest.raises(BadInput):
            raise_(story, days)


def test_roles(told):
    """Evaluators."""
    story = told("accepted")
    checks.only_its_roles(story, actions.raise_findings, BODY, story.file, answer_by=story.today)
