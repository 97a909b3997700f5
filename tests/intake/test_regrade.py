"""A core is graded again by another person."""

from __future__ import annotations

import pytest

from remanu.errors import Conflict, OwnWork
from remanu.intake import actions, queries
from tests import people
from tests.intake import promises, story

OTHER = story.OTHER_INSPECTOR


def regrade(tx, case, actor=OTHER, **answers):
    """Every question of the pack, well where nothing else is said."""
    return actions.regrade(tx, actor, case, answers={**story.GOOD, **answers})


def test_both_results_stay_and_the_last_one_counts(hall):
    """A rejected core whose owner was right is graded again, and may be accepted (SM-1 no. 6, 7)."""
    case = hall.do(story.rejected)
    hall.do(story.appealed, case)
    done = hall.do(regrade, case, crankshaft="cracked")
    assert (hall.case(case).state, done.body.outcome) == ("GRADED", "damaged")
    last, first = hall.ask(queries.grades_of, people.WORKSHOP, case)
    assert (last.outcome, first.outcome, last.appeal) == ("damaged", "none", done.body.appeal)
    assert hall.ask(queries.latest_grade, people.WORKSHOP, case).id == last.id
    assert hall.ask(queries.open_appeal, people.WORKSHOP, case) is None
    hall.do(actions.accept, people.BY_ROLE["core_manager"], case, value="100")


def test_what_was_accepted_stays_so(hall):
    """The owner disputes the outcome alone."""
    case = hall.do(story.until, "accepted")
    hall.do(story.appealed, case)
    hall.do(regrade, case)
    assert hall.case(case).state == "ACCEPTED"


def test_another_person_grades(hall):
    """Neither the first grader, nor the second once more."""
    case = hall.do(story.until, "graded")
    hall.do(story.appealed, case)
    with pytest.raises(OwnWork):
        hall.do(regrade, case, people.BY_ROLE["core_inspector"])
    hall.do(regrade, case)
    with pytest.raises(Conflict) as refused:
        hall.do(story.appealed, case)
    assert refused.value.details["why"] == "appeal-late"


def test_the_criteria_are_those_of_the_first_grade(hall):
    """A set that was withdrawn since still answers the appeal; a struck defect is not held against the core."""
    criteria = hall.do(story.in_force)
    case = hall.do(story.received)
    hall.do(story.identified, case)
    defect = hall.do(story.noted, case)
    hall.do(story.judged, criteria, case)
    hall.do(actions.withdraw_criteria, people.BY_ROLE["approver"], criteria)
    hall.do(story.appealed, case, reason="defect")
    hall.do(actions.strike_defect, OTHER, defect, why="not_there")
    done = hall.do(actions.regrade, OTHER, case, answers=story.ANSWERS)
    assert (done.body.criteria, done.body.outcome, done.body.defects) == (criteria, "full", ())


def test_only_when_the_owner_asked(hall):
    """Without an appeal, or with a question left open, there is no second grade."""
    case = hall.do(story.until, "graded")
    promises.misses(hall, lambda tx: regrade(tx, case), "appeal_open")
    hall.do(story.appealed, case)
    promises.misses(hall, lambda tx: actions.regrade(tx, OTHER, case, answers={}), "criteria_answered")


def test_roles_and_organisation(hall):
    """Core inspector; for others the case is not there."""
    case = hall.do(story.until, "graded")
    hall.do(story.appealed, case)
    promises.only_its_roles(hall, "regrade", lambda tx, who: regrade(tx, case, who))
    promises.only_its_organisation(hall, lambda tx, who: regrade(tx, case, who))
