"""What intake tells others."""

from __future__ import annotations

import pytest

from remanu.intake import actions, queries
from remanu.rules.guards import GUARDS
from tests import people
from tests.intake import story
from tests.stores import START


def facts(hall, case):
    """The guards that the tables fulfil."""
    told = hall.ask(queries.facts, hall.case(case), START)
    assert told.keys() <= GUARDS.keys()
    return {name for name, holds in told.items() if holds}


def test_every_asked_guard_is_a_guard():
    """A guard by another name would never be fulfilled."""
    assert GUARDS.keys() >= queries.ASKED


@pytest.mark.parametrize(
    ("state", "more"),
    [
        ("received", set()),
        ("identified", {"mark_read", "part_number_known", "former_life_looked_up", "right_to_core_shown"}),
        ("graded", {"criteria_answered", "grade_acceptable"}),
    ],
)
def test_facts_grow_with_the_record(hall, state, more):
    """Nothing is guessed: what is not recorded is left out."""
    told = facts(hall, hall.do(story.until, state))
    assert {"criteria_in_force", "no_open_hazard"} | more <= told
    assert ("grade_acceptable" in told) == (state == "graded")


def test_nothing_in_force_is_said(hall):
    """Before engineering puts an edition in force."""
    assert "criteria_in_force" not in facts(hall, hall.do(story.received))


def test_an_open_quarantine_is_a_hazard(hall):
    """Until it is cleared."""
    case = hall.do(story.received)
    clerk = people.BY_ROLE["receiving_clerk"]
    hall.do(lambda tx: actions.quarantine(tx, clerk, case, reason="pcb", place="Cage 2"))
    assert "no_open_hazard" not in facts(hall, case)


def test_the_last_grade_counts(hall):
    """A core that is not acceptable says so by leaving the fact out."""
    case = hall.do(story.rejected)
    assert "grade_acceptable" not in facts(hall, case)
    assert hall.ask(queries.latest_grade, people.WORKSHOP, case).outcome == "none"


def test_what_waits_is_read_by_state(hall):
    """The longest waiting first, of one organisation."""
    first = hall.do(story.received)
    hall.database.clock.advance(hours=1)
    hall.do(story.announced, serial="2")
    rows = hall.ask(queries.waiting, people.WORKSHOP, frozenset(queries.GATE))
    assert [row.state for row in rows] == ["RECEIVED", "ANNOUNCED"]
    assert rows[0].id == first
    assert hall.ask(queries.waiting, people.ELSEWHERE, frozenset(queries.GATE)) == []


def test_nobody_named_an_owner(hall, keyring):
    """Then there is none to tell."""
    case = hall.do(story.received, owner=None)
    assert hall.ask(queries.owner_of, keyring, people.WORKSHOP, case) is None


def test_an_event_without_private_fields_opens_to_nothing(hall, keyring):
    """Not every act has something to seal."""
    case = hall.do(story.rejected)
    done = hall.do(
        lambda tx: actions.keep_as_donor(tx, people.BY_ROLE["planner"], case, owner_agrees=True)
    )
    assert hall.ask(queries.private_of, keyring, people.WORKSHOP, done.id) == {}
