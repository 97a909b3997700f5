"""A core is graded."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from remanu.catalogue import actions as catalogue
from remanu.catalogue.queries import editions_in_force
from remanu.errors import BadInput
from remanu.families.loader import load_all
from remanu.intake import actions, queries
from remanu.intake.schemas import judging
from tests import people
from tests.intake import promises, story

INSPECTOR = people.BY_ROLE["core_inspector"]


def grade(tx, case, actor=INSPECTOR, *, answers=None, **changed):
    """Every criterion answered, well where nothing else is said."""
    return actions.grade(tx, actor, case, answers={**(answers or story.GOOD), **changed})


def test_every_answer_is_kept_with_its_edition(hall):
    """Edition and digest of the criteria are frozen in the event."""
    case = hall.do(story.until, "identified")
    done = hall.do(grade, case)
    assert hall.case(case).state == "GRADED"
    frozen = hall.ask(editions_in_force, people.WORKSHOP, story.FAMILY, story.START)
    assert (done.body.edition, done.body.digest) == (frozen.edition, frozen.digest)
    assert {one.criterion: one.answer for one in done.body.answers} == story.GOOD
    told = hall.ask(queries.intake_of, people.WORKSHOP, case)
    assert {row.criterion: row.answer for row in told.answers} == story.GOOD
    assert (told.grade.outcome, told.grade.edition) == ("full", "2")
    assert hall.holds()


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({}, "full"),
        ({"crankshaft": "cracked"}, "damaged"),
        ({"crankshaft": "cracked", "completeness": "dismantled"}, "none"),
        ({"part-number": "not-acceptable"}, "none"),
    ],
)
def test_the_worst_answer_is_the_grade(hall, changed, outcome):
    """As the published programme has it."""
    case = hall.do(story.until, "identified")
    assert hall.do(grade, case, **changed).body.outcome == outcome


@pytest.mark.parametrize("family", sorted(load_all()))
def test_every_family_has_criteria_to_grade_by(hall, family):
    """Seven packs, each answered with the first of its answers."""
    hall.do(story.publish, family)
    case = hall.do(story.received, claimed={"family": family})
    hall.do(story.identified, case)
    answers = {one.code: one.answers[0].code for one in load_all()[family].criteria}
    assert hall.do(grade, case, answers=answers).body.outcome == "full"
    assert hall.holds()


def test_an_open_question_is_named(hall):
    """The guard of SM-1 no. 6: every criterion is answered."""
    case = hall.do(story.until, "identified")
    some = {name: one for name, one in story.GOOD.items() if name != "crankshaft"}
    promises.misses(hall, lambda tx: grade(tx, case, answers=some), "criteria_answered")


def test_without_an_edition_in_force_it_is_refused(hall):
    """Criteria that nobody put in force grade nothing."""
    case = hall.do(story.received)
    hall.do(story.identified, case)
    promises.misses(hall, lambda tx: grade(tx, case), "criteria_in_force")


def test_an_edition_of_tomorrow_is_not_in_force(hall):
    """The day counts, in the organisation's zone."""
    case = hall.do(story.received)
    hall.do(story.identified, case)
    hall.do(
        lambda tx: catalogue.publish_edition(
            tx, story.person("engineering"), family=story.FAMILY, applies_from=date(2026, 3, 2)
        )
    )
    promises.misses(hall, lambda tx: grade(tx, case), "criteria_in_force")
    hall.database.clock.advance(hours=17)
    hall.do(grade, case)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"crankshaft": "so-so"}, "answers.crankshaft"),
        ({"crankshaft": ""}, "answers.crankshaft"),
        ({"colour": "red"}, "answers.colour"),
    ],
)
def test_odd_answers_are_refused(hall, changed, field):
    """Only the pack's questions, only its answers; nothing is written."""
    case = hall.do(story.until, "identified")
    before = hall.events()
    with pytest.raises(BadInput) as refused:
        hall.do(grade, case, **changed)
    assert refused.value.details["field"] == field
    assert hall.events() == before


def test_roles(hall):
    """Core inspector alone."""
    case = hall.do(story.until, "identified")
    promises.only_its_roles(hall, "grade", lambda tx, who: grade(tx, case, who))


def test_not_yours(hall):
    """Another organisation's case is not there."""
    case = hall.do(story.until, "identified")
    promises.only_its_organisation(hall, lambda tx, who: grade(tx, case, who))


@pytest.mark.parametrize("state", ["received", "graded"])
def test_only_what_is_identified(hall, state):
    """Neither before, nor twice."""
    case = hall.do(story.until, state)
    promises.only_from(hall, "grade", case, lambda tx: grade(tx, case))


def test_answers_are_told_in_the_order_in_which_they_were_asked(monkeypatch):
    """Who accepts reads the questions as the inspector did; codes that the criteria know no more come last."""
    monkeypatch.setattr(judging, "current", lambda: "en")
    asked = load_all()["mining-truck"].criteria
    codes = ["gone", *sorted(one.code for one in asked)]
    rows = [SimpleNamespace(criterion=code, answer="x", outcome="full") for code in codes]
    told = judging.answers_in_words(SimpleNamespace(asked=asked), rows)
    assert [question for question, _, _ in told] == [*(one.names.en for one in asked), "gone"]
