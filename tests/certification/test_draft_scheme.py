"""A scheme is written as a list of activities; its code names it to everybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput, Conflict
from tests.certification import checks
from tests.certification.story import BODY, HOLDER, OWNER, SCHEME, draft, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_is_a_draft(begin, registry):
    """Nobody certifies under it before a second person approved it."""
    row = begin.ask(queries.find_scheme, OWNER, draft(begin).subject.id)
    assert (row.code, row.revision, row.state) == (SCHEME, 1, "draft")
    assert begin.ask(queries.scheme_called, SCHEME) is None
    assert begin.ask(queries.schemes) == []
    assert begin.holds(registry)


def test_a_body_may_own_one_and_a_workshop_not(begin):
    """Scheme owners and certification bodies."""
    draft(begin, actor=who(BODY, "reviewer"), code="OWN-1")
    with pytest.raises(Conflict):
        draft(begin, actor=who(HOLDER, "steward"), code="OWN-2")


def test_a_code_names_one_scheme(begin, told):
    """Not another's, and not while a draft of it waits; the owner writes its next revision."""
    draft(begin)
    for actor in (who(OWNER, "steward"), who(BODY, "reviewer")):
        with pytest.raises(Conflict):
            draft(begin, actor=actor)


def test_the_next_revision(told):
    """Of an approved one."""
    assert draft(told("scheme")).body.revision == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"activities": ()}, "activities"),
        ({"activities": ("review", "decision", "magic")}, "activities"),
        ({"activities": ("test", "audit")}, "activities"),
        ({"checklist": "none"}, "checklist"),
        ({"watch": {"grace_days": 0}}, "grace_days"),
        ({"watch": {"surveillance_days": 99999}}, "surveillance_days"),
    ],
)
def test_bad_input(begin, changed, field):
    """A scheme without review and decision is none."""
    watch = actions.Watch(surveillance_days=180, grace_days=30, suspension_days=90, retroactive=False)
    given = {**changed, **({"watch": replace(watch, **changed["watch"])} if "watch" in changed else {})}
    with pytest.raises(BadInput) as refusal:
        draft(begin, **given)
    assert refusal.value.details["field"] == field


def test_roles(begin):
    """Stewards and reviewers."""
    given = dict.fromkeys(("code", "names", "activities", "statuses", "checklist", "watch", "edition"))
    checks.only_its_roles(begin, actions.draft_scheme, OWNER, **given)
