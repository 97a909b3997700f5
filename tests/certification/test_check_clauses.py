"""Each clause is judged: comply, observation, not comply; remarks are sealed."""

from __future__ import annotations

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput, Conflict, OwnFile
from remanu.ledger import seal
from tests import people
from tests.certification import checks
from tests.certification.story import BODY, NOTE, check, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_the_last_word_counts(told, registry):
    """And what was said before stays in the events."""
    story = told("accepted")
    done = check(story, A1="not_comply", B2="observation")
    said = story.ask(queries.clauses, BODY, story.file)
    assert (said["A1"], said["B2"], said["C3"], len(said)) == ("not_comply", "observation", "comply", 16)
    sealed = story.ask(seal.open_sealed, story.database.keyring, org_id=BODY, event_id=done.id)
    assert sealed == {"note": NOTE}
    story.do(actions.check_clauses, who(BODY, "evaluator"), story.file, clauses={"A1": "comply"})
    assert story.ask(queries.clauses, BODY, story.file)["A1"] == "comply"
    assert story.holds(registry)


@pytest.mark.parametrize("clauses", [{}, {"Z9": "comply"}, {"A1": "fine"}])
def test_bad_input(told, clauses):
    """Clauses of the checklist and the three words alone."""
    story = told("accepted")
    with pytest.raises(BadInput):
        story.do(actions.check_clauses, who(BODY, "evaluator"), story.file, clauses=clauses)


@pytest.mark.parametrize("last", ["opened", "evaluated"])
def test_only_in_evaluation(told, last):
    """Not before and not after."""
    with pytest.raises(Conflict):
        check(told(last))


def test_who_decided_does_not_evaluate_again(told):
    """I34 the other way round."""
    story = told("accepted")
    both = people.member("both", "evaluator", "decision_maker", org_id=BODY)
    story.do(actions.declare_impartiality, both, story.file, clear=True)
    check(story)
    with pytest.raises(OwnFile):
        check_after_decision(story, both)


def check_after_decision(story, both):
    """He refuses the certification; the matter comes back to him for surveillance."""
    from tests.certification.story import finish, grant  # noqa: PLC0415 -- the rest of the way

    finish(story)
    story.do(actions.finish_review, who(BODY, "reviewer"), story.file, recommends=True)
    grant(story, actor=both)
    story.do(actions.surveil, both, story.file, activities=("process_audit",), result="ok")


def test_roles(told):
    """Evaluators."""
    story = told("accepted")
    checks.only_its_roles(story, actions.check_clauses, BODY, story.file, clauses={})
