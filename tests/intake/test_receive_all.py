"""Everything in the basket is received, or nothing."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict
from remanu.intake import actions
from remanu.parts import actions as parts_actions
from tests import people
from tests.intake.scanned import CLERK, GIVEN, announced, codes


def test_many_are_received_with_one_signature(hall):
    """Three cores, one photo, one place; the basket is empty afterwards."""
    cases = announced(hall, "1", "2", "3")
    done = hall.do(actions.receive_all, CLERK, codes(hall, CLERK), **GIVEN)
    assert len(done) == 3
    assert {hall.case(case).state for case in cases} == {"RECEIVED"}
    assert {hall.case(case).item.place for case in cases} == {"Gate 2"}
    assert codes(hall, CLERK) == []


def test_one_that_cannot_go_stops_all(hall):
    """A hold on one of three: named, and nothing is written."""
    cases = announced(hall, "1", "2", "3")
    hall.do(parts_actions.hold, people.BY_ROLE["quality"], cases[1], why="paper")
    before = hall.events()
    with pytest.raises(Conflict) as refused:
        hall.do(actions.receive_all, CLERK, codes(hall, CLERK), **GIVEN)
    assert refused.value.details["blockers"] == {"on-hold": [hall.case(cases[1]).item.code]}
    assert hall.events() == before
    assert hall.do(actions.take_out, CLERK, [hall.case(cases[1]).item.code]) == 1
    assert len(hall.do(actions.receive_all, CLERK, codes(hall, CLERK), **GIVEN)) == 2


def test_what_the_act_itself_refuses_is_named_and_undoes_all(hall):
    """No signature: the guard of the first part, and nobody is received."""
    announced(hall, "1", "2")
    before = hall.events()
    with pytest.raises(BadInput):
        hall.do(actions.receive_all, CLERK, codes(hall, CLERK), evidence=())
    assert hall.events() == before


def test_a_refusal_in_the_middle_names_its_part(hall):
    """The rule let it pass, the act did not: no trace is left, and the code says which."""
    (case,) = announced(hall, "1")
    with pytest.raises(BadInput) as refused:
        hall.do(actions.receive_all, CLERK, codes(hall, CLERK), **{**GIVEN, "packing": "in a sock"})
    assert refused.value.details["code"] == hall.case(case).item.code
    assert hall.case(case).state == "ANNOUNCED"
