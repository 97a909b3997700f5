"""A graded core is rejected."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput
from remanu.intake import actions, queries
from remanu.intake.actions.ending import WHY_REJECTED
from tests import people
from tests.intake import promises, story

MANAGER = people.BY_ROLE["core_manager"]


def reject(tx, case, actor=MANAGER, **more):
    """It is not worth the work."""
    return actions.reject(tx, actor, case, **{"reason": "not_economic", **more})


@pytest.mark.parametrize("reason", WHY_REJECTED)
def test_it_is_not_taken(hall, keyring, reason):
    """The reason is a word of the list; the note is sealed."""
    case = hall.do(story.until, "graded")
    done = hall.do(reject, case, reason=reason, note="Told by telephone.")
    assert hall.case(case).state == "REJECTED"
    decision = hall.ask(queries.intake_of, people.WORKSHOP, case).decision
    assert (decision.decision, decision.reason) == ("rejected", reason)
    assert hall.ask(queries.private_of, keyring, people.WORKSHOP, done.id) == {"note": "Told by telephone."}
    assert hall.holds()


@pytest.mark.parametrize("given", [{"reason": "ugly"}, {"reason": ""}, {"note": "a\u202eb"}])
def test_odd_reasons_are_refused(hall, given):
    """The list is closed, and notes are cleaned."""
    case = hall.do(story.until, "graded")
    with pytest.raises(BadInput):
        hall.do(reject, case, **given)


def test_a_hold_stops_it(hall):
    """Any guard fails while a case is on hold."""
    case = hall.do(story.until, "graded")
    hall.do(lambda tx: story.parts_actions.hold(tx, people.BY_ROLE["quality"], case, why="enquiry"))
    promises.misses(hall, lambda tx: reject(tx, case), "not_on_hold")


def test_roles(hall):
    """Core manager alone (SM-1 no. 8)."""
    case = hall.do(story.until, "graded")
    promises.only_its_roles(hall, "reject", lambda tx, who: reject(tx, case, who))


def test_not_yours(hall):
    """Another organisation's case is not there."""
    case = hall.do(story.until, "graded")
    promises.only_its_organisation(hall, lambda tx, who: reject(tx, case, who))


@pytest.mark.parametrize("state", ["identified", "accepted"])
def test_only_what_is_graded(hall, state):
    """Neither before, nor after it was taken."""
    case = hall.do(story.until, state)
    promises.only_from(hall, "reject", case, lambda tx: reject(tx, case))
