"""Surveillance is recorded, and when it is due again follows (SM-5 no. 8)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput, NotAllowed
from tests.certification import checks
from tests.certification.story import BODY, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def surveil(story, result="ok", activities=("process_audit",)):
    """The process was audited."""
    given = {"activities": activities, "result": result}
    return story.do(actions.surveil, who(BODY, "evaluator"), story.file, **given)


def test_it_is_due_again(granted, registry):
    """By the interval of the scheme; what is not in order stays due."""
    first = granted.found_file().row.due_on
    granted.later(170)
    assert [one.id for one in granted.ask(queries.surveillance_due, BODY, granted.today + timedelta(60))]
    surveil(granted, "not_ok")
    assert granted.found_file().row.due_on == first
    surveil(granted)
    assert granted.found_file().row.due_on == (granted.today + timedelta(days=180)).isoformat()
    assert granted.ask(queries.surveillance_due, BODY, granted.today + timedelta(60)) == []
    assert granted.holds(registry)


@pytest.mark.parametrize(
    "given", [{"activities": ()}, {"activities": ("market_sample",)}, {"result": "so-so"}]
)
def test_bad_input(granted, given):
    """What the scheme names."""
    with pytest.raises(BadInput):
        surveil(granted, **given)


def test_only_a_certificate(told):
    """Before there is one nothing is watched over."""
    with pytest.raises(NotAllowed):
        surveil(told("reviewed"))


def test_roles(granted):
    """Evaluators."""
    checks.only_its_roles(granted, actions.surveil, BODY, granted.file, activities=(), result="ok")
