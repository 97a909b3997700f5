"""The owner returns the part."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import Conflict, Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.parts import actions, queries
from remanu.parts.models import Case, Life


@pytest.fixture
def case(hall):
    """A part in service whose counters are read."""
    found = hall.case("IN_SERVICE")
    hall.do("technician", actions.read_counter, found.item.id, counter="hours", value="9000", origin="photo")
    return found


def back(hall, case, role="logistics"):
    """Take it back."""
    return hall.do(role, actions.return_core, case.id)


def test_a_new_case_is_announced_on_the_same_part(hall, case):
    """SM-1 no. 29: the old case closes in the state it had."""
    done = back(hall, case)
    new = hall.ask(queries.latest_case, case.item.id)
    assert (new.id, new.state, new.number) == (done.body.new_case, "ANNOUNCED", case.number + 1)
    old = hall.ask(queries.find_case, case.id)
    assert (old.state, old.closed_at) == ("IN_SERVICE", done.at)


def test_the_life_is_closed(hall, case):
    """I2: only the last life may be open, and it is not any more."""
    done = back(hall, case)
    assert [row.closed_at for row in hall.ask(queries.lives, case.item.id)] == [done.at]


def test_it_says_in_process_to_everybody(hall, case):
    """The public state changes in the same act."""
    back(hall, case)
    with hall.database.reading() as connection:
        asked = sa.text("SELECT state FROM public_state WHERE uri = :uri")
        assert connection.execute(asked, {"uri": case.item.uri}).scalar() == "in-process"


def test_not_without_final_counters(hall):
    """The refusal names what is missing."""
    with pytest.raises(GuardFailed) as refusal:
        back(hall, hall.case("IN_SERVICE"))
    assert refusal.value.details["missing"] == ["final_counters"]


def test_counters_of_an_earlier_life_are_not_final(hall, case, clock):
    """Read again since this life opened."""
    clock.advance(days=1)

    def open_life(tx):
        tx.execute(sa.update(Life).values(closed_at=tx.now))
        row = {"org_id": hall.org_id, "item_id": case.item.id, "n": 1, "opened_at": tx.now, "opened_by": "c"}
        tx.execute(sa.insert(Life).values(**row))

    hall.database.transact(open_life)
    with pytest.raises(GuardFailed):
        back(hall, case)
    hall.do("technician", actions.read_counter, case.item.id, counter="hours", value="9001", origin="host")
    back(hall, case)


def test_not_on_hold(hall, case):
    """A hold stops this as well."""
    hall.do("quality", actions.hold, case.id, why="enquiry")
    with pytest.raises(GuardFailed):
        back(hall, case)


def test_not_twice(hall, case):
    """One part has one case that goes on."""
    back(hall, case)
    with pytest.raises(Conflict):
        back(hall, case)
    with hall.database.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(Case)).scalar() == 2


def test_not_from_another_state(hall):
    """Only what is in service comes back this way."""
    with pytest.raises(NotAllowed):
        back(hall, hall.case("RELEASED"))


def test_not_by_quality_nor_elsewhere(hall, case, other):
    """By role, in one's own organisation."""
    with pytest.raises(Forbidden):
        back(hall, case, "quality")
    with pytest.raises(NotFound):
        back(other, case)


def test_by_the_page(hall, case, logistics):
    """The part's page shows the new case."""
    assert logistics.post(f"/cases/{case.id}/return_core", data={"key": "k"}).status_code == 303
    assert "Announced" in logistics.get(f"/parts/{case.item.id}").text
