"""Whose work counts when a unit is signed for: everything since it came in for this life, at any depth (T-R9, I32)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.parts import actions, queries
from remanu.parts.models import Case
from tests.parts.hall import counted

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
READ = {"kind": "cast", "mark": "X"}


def in_life(hall, case, life: int):
    """The case consumes this life of its part."""
    mine = sa.update(Case).where(Case.org_id == hall.org_id, Case.id == case.id)
    hall.database.transact(lambda tx: tx.execute(mine.values(life_from=life)) and None)


def reads(hall, role: str, item, clock):
    """An act of work by the person of this role, an hour later."""
    clock.advance(hours=1)
    hall.do(role, actions.read_mark, item.id, **READ)


def workers(hall, case) -> set[str]:
    """Who reads marks of the unit or of what is in it, by role."""
    acts = hall.place.ask(queries.acts_since_intake, hall.ask(queries.find_case, case.id))
    by_person = {hall.who(role).person_id: role for role in hall.people}
    return {by_person[act.person] for act in acts if act.verb == "parts.read_mark"}


def test_a_case_that_ended_without_a_release_counts(hall, clock):
    """The unit went back as it came and came again: it is in the same life, and so is what was done to it."""
    unit = hall.item()
    first = hall.case(item=unit)
    reads(hall, "inspector", unit, clock)
    clock.advance(days=30)
    second = hall.case(item=unit)
    reads(hall, "technician", unit, clock)

    assert workers(hall, second) == {"inspector", "technician"}
    assert first.opened_at < second.opened_at


def test_an_earlier_life_does_not(hall, clock):
    """Control: once a release began a new life, what was done before the next intake bars nobody."""
    unit = hall.item()
    hall.case(item=unit)
    reads(hall, "inspector", unit, clock)
    clock.advance(days=30)
    second = hall.case(item=unit)
    in_life(hall, second, 1)
    reads(hall, "technician", unit, clock)

    assert workers(hall, second) == {"technician"}


def test_a_part_counts_from_its_own_intake_at_any_depth(hall, clock):
    """It came in before the unit did; what came in with it counts from then on, and what hangs below it as well."""
    part, deeper = hall.item(), hall.item()
    own = hall.case(item=part)
    hall.fit(own, deeper)
    reads(hall, "inspector", deeper, clock)
    clock.advance(days=30)
    unit = hall.case()
    before = workers(hall, unit)
    hall.fit(unit, part)

    assert (before, workers(hall, unit)) == (set(), {"inspector"})


def test_what_was_done_to_a_part_without_a_case_counts_from_the_units_intake(hall, clock):
    """Control: a part off the shelf that never came in for itself brings nothing from before."""
    part = hall.item()
    reads(hall, "inspector", part, clock)
    clock.advance(days=30)
    unit = hall.case()
    hall.fit(unit, part)
    reads(hall, "technician", part, clock)

    assert workers(hall, unit) == {"technician"}


def test_it_is_asked_in_few_statements(hall, clock):
    """However many parts are in the unit."""
    unit = hall.case()
    for place in range(5):
        part = hall.item()
        hall.case(item=part)
        hall.fit(unit, part, f"place-{place}")
        reads(hall, "inspector", part, clock)
    with counted(hall.database.read_engine) as sent:
        hall.place.ask(queries.acts_since_intake, unit)

    assert len(sent) <= 4, sent
