"""Putting a case on hold."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Forbidden, GuardFailed, NotFound
from remanu.ledger import seal
from remanu.parts import actions, queries


def hold(hall, case, role="quality", **changes):
    """Stop the case."""
    return hall.do(role, actions.hold, case.id, **{"why": "paper", **changes})


def test_a_hold_stops_every_step(hall):
    """Any guard fails while it stands (domain.md §3.2)."""
    case = hall.case("RECEIVED")
    actions.check_step(case, "quarantine", {"quarantine_reason": True})
    hold(hall, case)
    held = hall.ask(queries.find_case, case.id)
    assert held.holds == 1
    with pytest.raises(GuardFailed) as refusal:
        actions.check_step(held, "quarantine", {"quarantine_reason": True})
    assert refusal.value.details["missing"] == ["not_on_hold"]


def test_two_holds_stand_beside_each_other(hall):
    """Each with its own reason."""
    case = hall.case()
    hold(hall, case)
    hold(hall, case, why="hazard")
    assert {row.reason for row in hall.ask(queries.open_holds, case.id)} == {"paper", "hazard"}


def test_a_note_is_sealed(hall, keyring):
    """The event says the reason from the list; words of one's own are for the organisation alone."""
    done = hold(hall, hall.case(), note="Mr Example asks for a drawing")
    assert "Example" not in repr(done.body)
    with hall.database.reading() as connection:
        opened = seal.open_sealed(connection, keyring, org_id=hall.org_id, event_id=done.id)
    assert opened == {"note": "Mr Example asks for a drawing"}


@pytest.mark.parametrize("odd", [{"why": "because"}, {"note": "a\u202eb"}, {"note": "x" * 2001}])
def test_odd_input_is_refused(hall, odd):
    """And the case goes on."""
    case = hall.case()
    with pytest.raises(BadInput):
        hold(hall, case, **odd)
    assert hall.ask(queries.open_holds, case.id) == []


def test_not_by_a_technician_nor_elsewhere(hall, other):
    """Who may stop work is said in the table of permissions."""
    with pytest.raises(Forbidden):
        hold(hall, hall.case(), "technician")
    with pytest.raises(NotFound):
        hold(hall, other.case())


def test_by_the_page(hall, quality):
    """The part's page shows it above all, with the note."""
    case = hall.case()
    form = {"why": "suspect", "note": "The plate looks new", "key": "k", "expected": "RECEIVED"}
    answer = quality.post(f"/cases/{case.id}/hold", data=form)
    assert answer.location == f"/parts/{case.item.id}"
    page = quality.get(answer.location).text
    assert page.index("It may not be what it claims to be") < page.index("<h1>")
    assert "The plate looks new" in page


def test_a_stale_form_is_told_the_state(hall, quality):
    """412, and the state as it is now."""
    case = hall.case("RECEIVED")
    hall.move(case, "QUARANTINED")
    answer = quality.post(
        f"/cases/{case.id}/hold", data={"why": "paper", "key": "k", "expected": "RECEIVED"}
    )
    assert answer.status_code == 412
    assert "In quarantine" in answer.text
    assert hall.ask(queries.open_holds, case.id) == []
