"""A complaint or an appeal is answered by somebody who had no part in the matter (I34)."""

from __future__ import annotations

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput, Conflict, NotFound, OwnFile
from tests import people
from tests.certification import checks
from tests.certification.story import BODY, NOTE, OWNER, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
FREE = people.member("free", "reviewer", org_id=BODY)


def raised(story, actor=None):
    """An appeal is open."""
    given = {"about": "appeal", "note": NOTE}
    return story.do(actions.raise_complaint, actor or who(BODY, "evaluator"), story.file, **given).subject.id


def answer(story, complaint, actor=FREE, outcome="upheld"):
    """Somebody answers."""
    return story.do(actions.answer_complaint, actor, complaint, outcome=outcome, note=NOTE)


def test_another_person_answers(granted, registry):
    """Once."""
    complaint = raised(granted)
    answer(granted, complaint)
    (row,) = granted.ask(queries.complaints, BODY, file_id=granted.file)
    assert (row.state, row.outcome, row.answered_ref) == ("answered", "upheld", FREE.ref)
    with pytest.raises(Conflict):
        answer(granted, complaint)
    assert granted.holds(registry)


@pytest.mark.parametrize("role", ["reviewer", "decision_maker"])
def test_nobody_answers_about_himself(granted, role):
    """Neither who reviewed nor who decided."""
    with pytest.raises(OwnFile):
        answer(granted, raised(granted), who(BODY, role))


def test_nobody_answers_what_he_took_up(granted):
    """Not even a free person; and the outcome is of the list."""
    complaint = raised(granted, FREE)
    with pytest.raises(OwnFile):
        answer(granted, complaint)
    with pytest.raises(BadInput):
        answer(granted, complaint, people.member("other", "reviewer", org_id=BODY), "maybe")


def test_it_must_be_a_complaint_of_this_body(granted):
    """What is nowhere, and what is raised with another one, is answered by nobody here."""
    with pytest.raises(NotFound):
        answer(granted, "nothing")
    with pytest.raises(NotFound):
        answer(granted, raised(granted), who(OWNER, "reviewer"))


def test_roles(granted):
    """Reviewers and decision makers."""
    given = {"outcome": "upheld", "note": NOTE}
    checks.only_its_roles(granted, actions.answer_complaint, BODY, raised(granted), **given)
