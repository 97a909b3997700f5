"""A graded core is accepted."""

from __future__ import annotations

import pytest

from remanu.catalogue.queries import value_limit
from remanu.errors import BadInput, OwnWork
from remanu.intake import actions, queries
from tests import people
from tests.intake import promises, story

MANAGER = people.BY_ROLE["core_manager"]
BOTH = people.member("does both", "core_inspector", "core_manager")


def accept(tx, case, actor=MANAGER, **more):
    """It is worth the work."""
    return actions.accept(tx, actor, case, **{"value": "4200", **more})


def graded_by(tx, actor):
    """A core that this person graded; returns the case."""
    case = story.until(tx, "identified")
    actions.grade(tx, actor, case, answers=story.GOOD)
    return case


def test_it_goes_into_work(hall, keyring):
    """The decision is seen; what the core is worth is sealed, and so is the limit that it was held to."""
    case = hall.do(story.until, "graded")
    done = hall.do(accept, case, note="For the spring series.")
    assert hall.case(case).state == "ACCEPTED"
    decision = hall.ask(queries.intake_of, people.WORKSHOP, case).decision
    assert decision.decision == "accepted"
    sealed = hall.ask(queries.private_of, keyring, people.WORKSHOP, done.id)
    assert sealed == {"value": "4200", "limit": "10000 XTS", "note": "For the spring series."}
    assert done.body.outcome == "full"
    assert hall.holds()


@pytest.mark.parametrize("value", ["0", "4200", "10000", "10000.00"])
def test_up_to_the_limit_the_grader_may(hall, value):
    """Small cores need one person."""
    case = hall.do(graded_by, BOTH)
    hall.do(accept, case, BOTH, value=value)
    assert hall.case(case).state == "ACCEPTED"


@pytest.mark.parametrize("value", ["10000.01", "900000", None])
def test_above_it_the_grader_may_not(hall, value):
    """Nor where nobody knows what it is worth (domain.md §3.9)."""
    case = hall.do(graded_by, BOTH)
    before = hall.events()
    with pytest.raises(OwnWork) as refused:
        hall.do(accept, case, BOTH, value=value)
    assert refused.value.details["acts"] == ["intake.grade"]
    assert hall.events() == before
    hall.do(accept, case, value=value)
    assert hall.case(case).state == "ACCEPTED"


def test_the_limit_is_dated():
    """A later limit never changes an earlier decision."""
    assert value_limit(story.START).amount == 10000


def test_a_core_that_is_not_acceptable_is_not_accepted(hall):
    """The guard of SM-1 no. 7."""
    case = hall.do(story.until, "identified")
    hall.do(story.graded, case, completeness="dismantled")
    promises.misses(hall, lambda tx: accept(tx, case), "grade_acceptable")


@pytest.mark.parametrize("value", ["-1", "NaN", "4,200", "1e4", "4200 XTS"])
def test_an_odd_value_is_refused(hall, value):
    """Digits and one decimal point."""
    case = hall.do(story.until, "graded")
    with pytest.raises(BadInput) as refused:
        hall.do(accept, case, value=value)
    assert refused.value.details["field"] == "value"


def test_roles(hall):
    """Core manager alone."""
    case = hall.do(story.until, "graded")
    promises.only_its_roles(hall, "accept", lambda tx, who: accept(tx, case, who))


def test_not_yours(hall):
    """Another organisation's case is not there."""
    case = hall.do(story.until, "graded")
    promises.only_its_organisation(hall, lambda tx, who: accept(tx, case, who))


@pytest.mark.parametrize("state", ["identified", "accepted"])
def test_only_what_is_graded(hall, state):
    """Neither before, nor twice."""
    case = hall.do(story.until, state)
    promises.only_from(hall, "accept", case, lambda tx: accept(tx, case))
