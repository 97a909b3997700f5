"""What happened in service."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.errors import BadInput, Conflict, Forbidden, NotAllowed, NotFound
from remanu.ledger import seal
from remanu.parts import actions, queries


@pytest.fixture
def case(hall):
    """A part in service."""
    return hall.case("IN_SERVICE")


def tell(hall, case, role="logistics", **changes):
    """A fault."""
    return hall.do(role, actions.field_event, case.id, **{"what": "fault", **changes})


def test_the_part_stays_in_service(hall, case):
    """SM-1 no. 28: recorded, and the state is the same."""
    done = tell(hall, case)
    assert done.body.what == "fault"
    assert hall.ask(queries.find_case, case.id).state == "IN_SERVICE"


def test_words_of_ones_own_are_sealed(hall, case, keyring):
    """The event's body is public."""
    done = tell(hall, case, note="The driver called")
    assert "driver" not in repr(done.body)
    with hall.database.reading() as connection:
        assert seal.open_sealed(connection, keyring, org_id=hall.org_id, event_id=done.id)


def test_what_happened_long_ago_says_why_now(hall, case, clock):
    """T-R6: late entries have a reason."""
    at = clock.now() - timedelta(days=2)
    with pytest.raises(BadInput):
        tell(hall, case, at=at)
    done = tell(hall, case, at=at, why="Paper came by post")
    assert (done.at, done.reason) == (at, "Paper came by post")


@pytest.mark.parametrize("odd", [{"what": "magic"}, {"note": "\x00"}])
def test_odd_input_is_refused(hall, case, odd):
    """Closed list, clean note."""
    with pytest.raises(BadInput):
        tell(hall, case, **odd)


def test_not_before_delivery(hall):
    """The refusal names the state and what there is."""
    with pytest.raises(NotAllowed) as refusal:
        tell(hall, hall.case("LABELLED"))
    assert refusal.value.details["state"] == "LABELLED"


def test_not_after_the_return(hall, case):
    """A closed case takes nothing more."""
    hall.do("technician", actions.read_counter, case.item.id, counter="hours", value="9", origin="photo")
    hall.do("logistics", actions.return_core, case.id)
    with pytest.raises(Conflict):
        tell(hall, case)


def test_not_by_quality_nor_elsewhere(hall, case, other):
    """By role, in one's own organisation."""
    with pytest.raises(Forbidden):
        tell(hall, case, "quality")
    with pytest.raises(NotFound):
        tell(other, case)


def test_by_the_page(hall, case, logistics):
    """And it stands in the history."""
    assert logistics.get(f"/cases/{case.id}/field_event").status_code == 200
    answer = logistics.post(f"/cases/{case.id}/field_event", data={"what": "recall", "key": "k"})
    assert answer.status_code == 303
    assert "Record an event in service" in logistics.get(answer.location).text
