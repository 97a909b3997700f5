"""The certificate (SM-5 no. 7): who decides did not evaluate (I34), numbers (I38), a body that may (I46)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.accounts import actions as accounts
from remanu.certification import actions, queries
from remanu.errors import (
    BadInput,
    Conflict,
    FactorNeeded,
    Forbidden,
    GuardFailed,
    NotAllowed,
    NotImpartial,
    OwnFile,
)
from remanu.release.queries import public_state
from remanu.rules.certification import Line
from tests import people
from tests.certification import story as tell
from tests.certification.grants import add_edition
from tests.certification.story import BODY, A, B, decide, grant, second_file, who


def test_a_certificate_is_issued(granted, registry):
    """Its number, scope and days; everybody may rely on it in the same transaction."""
    row = granted.found_file().row
    assert (granted.state, row.number, row.batch) == ("CERTIFIED", "PC-000001", "2026-03")
    assert granted.ask(public_state, f"urn:uuid:{row.id}") == "certified"
    assert granted.found_file().now.lines == (A, B)
    assert row.due_on == (granted.today + timedelta(days=180)).isoformat()
    assert granted.holds(registry)


def test_numbers_have_no_gaps(granted):
    """I38, by body."""
    two, three = second_file(granted), second_file(granted)
    decide(two, actions.refuse_certification, reason="not-complied")
    assert grant(three, three.file).body.number == "PC-000002"


def test_who_evaluated_does_not_decide(told):
    """I34, whatever roles he has, and by a second account of the same human being."""
    story = told("accepted")
    both = people.member("both", "evaluator", "decision_maker", "reviewer", org_id=BODY)
    story.do(actions.declare_impartiality, both, story.file, clear=True)
    tell.check(story, actor=both)
    tell.finish(story)
    with pytest.raises(OwnFile):
        story.do(actions.finish_review, both, story.file, recommends=True)
    story.until("accepted").do(actions.finish_review, who(BODY, "reviewer"), story.file, recommends=True)
    with pytest.raises(OwnFile):
        grant(story, actor=both)
    grant(story)


def test_a_second_account_is_the_same_person(told):
    """I34 and T9: the register of people says that two members are one."""
    story = told("accepted")

    def enrol(tx, login, role, same_as=None):
        system = accounts.system_actor(BODY, now=tx.now)
        return accounts.enrol(
            tx, system, login=login, name="One", secret=None, roles=(role,), same_as=same_as
        )

    first = story.database.transact(lambda tx: enrol(tx, "one", "evaluator"))
    second = story.database.transact(lambda tx: enrol(tx, "two", "decision_maker", first))
    one, two = (
        people.Actor(BODY, ref, ref, frozenset({role}), "web", zone=tell.ZONE)
        for ref, role in ((first, "evaluator"), (second, "decision_maker"))
    )
    for each in (one, two):
        story.do(actions.declare_impartiality, each, story.file, clear=True)
    tell.check(story, actor=one)
    tell.finish(story)
    story.do(actions.finish_review, who(BODY, "reviewer"), story.file, recommends=True)
    with pytest.raises(OwnFile):
        grant(story, actor=two)


def test_the_reviewer_may_decide(told):
    """SM-5 no. 7 allows it."""
    story = told("evaluated")
    both = people.member("both", "reviewer", "decision_maker", org_id=BODY)
    story.do(actions.declare_impartiality, both, story.file, clear=True)
    story.do(actions.finish_review, both, story.file, recommends=True)
    assert grant(story, actor=both).body.number == "PC-000001"


def test_who_is_not_impartial_does_not_decide(told):
    """Nothing declared, or an interest declared (I34)."""
    story = told("reviewed")
    silent = people.member("silent", "decision_maker", org_id=BODY)
    with pytest.raises(NotImpartial) as refusal:
        grant(story, actor=silent)
    assert refusal.value.details["why"] == "impartiality-missing"
    story.do(actions.declare_impartiality, silent, story.file, clear=False)
    with pytest.raises(NotImpartial) as refusal:
        grant(story, actor=silent)
    assert refusal.value.details["why"] == "interest-declared"


def test_a_body_without_accreditation_certifies_nothing(told):
    """I46: suspended meanwhile, in this category."""
    story = told("reviewed")
    tell.by_accreditor(story, actions.suspend_accreditation, reason="fees")
    with pytest.raises(GuardFailed) as refusal:
        grant(story)
    assert refusal.value.details["missing"] == ["body_accredited"]


def test_an_edition_that_ended_is_not_certified(told):
    """The transition is over."""
    story = told("reviewed")
    add_edition(story, days=10)
    story.later(11)
    with pytest.raises(GuardFailed) as refusal:
        grant(story)
    assert "edition_in_force" in refusal.value.details["missing"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"lines": (Line("ELSE"),)}, "lines"),
        ({"valid_from": -1}, "valid_from"),
        ({"valid_to": 0}, "valid_to"),
        ({"valid_to": 4000}, "valid_to"),
    ],
)
def test_bad_input(told, changed, field):
    """A model nobody applied for, the past, no time, too long."""
    story = told("reviewed")
    given = {
        name: story.today + timedelta(days=value) if isinstance(value, int) else value
        for name, value in changed.items()
    }
    with pytest.raises(BadInput) as refusal:
        grant(story, **given)
    assert refusal.value.details["field"] == field


def test_nothing_is_no_scope(told):
    """At least one line."""
    with pytest.raises(GuardFailed):
        grant(told("reviewed"), lines=())


def test_not_before_the_review_and_not_twice(told):
    """The machine says so."""
    story = told("evaluated")
    with pytest.raises(NotAllowed):
        grant(story)
    story.until("granted")
    with pytest.raises(NotAllowed):
        grant(story)


def test_an_extension_is_not_granted(granted):
    """It ends by extending the certificate."""
    other = second_file(granted, extends=granted.application, lines=(Line("NEW"),))
    with pytest.raises(Conflict):
        grant(other, other.file, lines=(Line("NEW"),))


def test_it_is_a_signature(told):
    """Without a fresh factor nothing is decided."""
    story = told("reviewed")
    days = {"valid_from": story.today, "valid_to": story.today + timedelta(days=9)}
    with pytest.raises(FactorNeeded):
        story.plain(actions.grant_certification, who(BODY, "decision_maker"), story.file, lines=(A,), **days)


def test_roles(told):
    """Decision makers alone, and of this body."""
    story = told("reviewed")
    with pytest.raises(Forbidden):
        grant(story, actor=who(BODY, "reviewer"))
    assert story.ask(queries.entries, queries.Asked()) == []
