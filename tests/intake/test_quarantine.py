"""A core is set apart."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput
from remanu.intake import actions, queries
from tests import people
from tests.intake import promises, story

CLERK = people.BY_ROLE["receiving_clerk"]


def apart(tx, case, actor=CLERK, **more):
    """It goes to the cage because nobody knows whose it is."""
    return actions.quarantine(tx, actor, case, **{"reason": "ownership_unclear", "place": "Cage 2", **more})


def test_it_stands_apart_until_cleared(hall, keyring):
    """State, place and reason are seen; the note is sealed; nothing else goes on."""
    case = hall.do(story.received)
    done = hall.do(apart, case, note="Two people claim it.")
    seen = hall.case(case)
    assert (seen.state, seen.item.place) == ("QUARANTINED", "Cage 2")
    assert hall.ask(queries.open_quarantine, people.WORKSHOP, case).reason == "ownership_unclear"
    assert hall.ask(queries.private_of, keyring, people.WORKSHOP, done.id) == {"note": "Two people claim it."}
    assert not hall.ask(queries.facts, seen, done.at)["no_open_hazard"]
    assert hall.holds()


@pytest.mark.parametrize("reason", actions.REASONS)
def test_each_reason_of_the_list_is_taken(hall, reason):
    """The list of the reference, word for word."""
    case = hall.do(story.received)
    assert hall.do(apart, case, reason=reason).body.reason == reason


def test_another_reason_is_refused(hall):
    """The list is closed."""
    case = hall.do(story.received)
    with pytest.raises(BadInput) as refused:
        hall.do(apart, case, reason="looks odd")
    assert refused.value.details["field"] == "reason"


@pytest.mark.parametrize("place", ["", "Cage\u202e2", "c" * 121])
def test_an_odd_place_is_refused(hall, place):
    """Somebody has to find it there."""
    case = hall.do(story.received)
    with pytest.raises(BadInput):
        hall.do(apart, case, place=place)


def test_without_a_reason_it_is_refused(hall):
    """The guard of SM-1 no. 3."""
    case = hall.do(story.received)
    promises.misses(hall, lambda tx: apart(tx, case, reason=None), "quarantine_reason")


def test_roles(hall):
    """Receiving clerk and quality."""
    case = hall.do(story.received)
    promises.only_its_roles(hall, "quarantine", lambda tx, who: apart(tx, case, who))


def test_not_yours(hall):
    """Another organisation's case is not there."""
    case = hall.do(story.received)
    promises.only_its_organisation(hall, lambda tx, who: apart(tx, case, who))


def test_only_what_is_received(hall):
    """An announced core is not here to be set apart."""
    case = hall.do(story.announced)
    promises.only_from(hall, "quarantine", case, lambda tx: apart(tx, case))
