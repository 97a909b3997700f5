"""Evaluators, reviewers and decision makers say whether they are free; the client's own people are not (I34)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.accounts import actions as accounts
from remanu.accounts.models import PersonRef
from remanu.certification import actions, queries
from remanu.errors import NotImpartial
from tests import people
from tests.certification import checks
from tests.certification.story import BODY, HOLDER, ZONE, check, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_stands_in_the_file_and_may_change(told, registry):
    """The last word of each account counts."""
    story, one = told("opened"), who(BODY, "evaluator")
    for clear in (True, False):
        story.do(actions.declare_impartiality, one, story.file, clear=clear)
        assert story.ask(queries.declared, BODY, story.file) == [(one.ref, clear)]
    assert story.holds(registry)


def test_whoever_has_an_interest_evaluates_nothing(told):
    """Nor whoever said nothing."""
    story = told("accepted")
    silent = who(BODY, "evaluator", name="silent")
    checks.refused(NotImpartial, "impartiality-missing", story, actions.take_answer, silent, story.file)
    story.do(actions.declare_impartiality, silent, story.file, clear=False)
    with pytest.raises(NotImpartial):
        check(story, actor=silent)


def test_a_member_of_the_client_evaluates_nothing(told):
    """One person in both organisations, by whichever account."""
    story = told("accepted")

    def enrol(tx, org_id, role):
        system = accounts.system_actor(org_id, now=tx.now)
        return accounts.enrol(tx, system, login=f"both-{role}", name="Both", secret=None, roles=(role,))

    def joined(tx):
        from remanu.accounts.queries import find_ref  # noqa: PLC0415 -- beside the models it reads

        here, there = enrol(tx, BODY, "evaluator"), enrol(tx, HOLDER, "quality")
        return here, there, find_ref(tx.connection, BODY, here).person_id

    here, there, person = story.database.transact(joined)
    moved = sa.update(PersonRef).where(PersonRef.org_id == HOLDER, PersonRef.ref == there)
    story.database.transact(lambda tx: tx.execute(moved.values(person_id=person)))
    both = people.Actor(BODY, person, here, frozenset({"evaluator"}), "web", zone=ZONE)
    story.do(actions.declare_impartiality, both, story.file, clear=True)
    with pytest.raises(NotImpartial) as refusal:
        check(story, actor=both)
    assert refusal.value.details["why"] == "of-the-client"


def test_roles(told):
    """The offices that judge."""
    story = told("opened")
    checks.only_its_roles(story, actions.declare_impartiality, BODY, story.file, clear=True)
