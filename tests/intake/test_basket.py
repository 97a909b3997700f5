"""Scan many, act once: all or nothing, checked again by the server, once for a key."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput, Conflict, OwnWork
from remanu.intake import actions, queries
from remanu.intake.models import BasketRow
from remanu.parts import actions as parts_actions
from remanu.rules import identity
from tests import people
from tests.intake import story

CLERK = people.BY_ROLE["receiving_clerk"]
MANAGER = people.BY_ROLE["core_manager"]
GIVEN = {"signed_by": "Ren Ito", "evidence": (story.PHOTO,), "place": "Gate 2"}


def codes(hall, who):
    """What lies in his basket."""
    return [one.row.code for one in hall.ask(queries.basket_of, who)]


def announced(hall, *serials):
    """Announced cores, each put into the clerk's basket."""
    cases = [hall.do(story.announced, serial=one) for one in serials]
    for case in cases:
        hall.do(actions.put, CLERK, hall.case(case).item.code)
    return cases


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


def test_what_was_scanned_twice_counts_once(hall):
    """The row is named, and counts how often."""
    (case,) = announced(hall, "1")
    row, twice = hall.do(actions.put, CLERK, hall.case(case).item.code)
    assert (twice, row.times) == (True, 2)
    assert len(codes(hall, CLERK)) == 1


def test_a_stranger_s_code_and_an_unknown_one_look_alike(hall):
    """Nobody learns whose part it is; a blank tag of ours is told apart."""
    other = hall.do(lambda tx: actions.announce(tx, people.OUTSIDER, core=actions.Core(**story.CLAIMED), owner="X"))
    theirs = other.subject.uri.rpartition("/")[2]
    blank = hall.do(actions.issue_tags, CLERK, count=1).body.codes[0]
    for code in (theirs, identity.new_item_code(lambda _: 7), blank):
        hall.do(actions.put, CLERK, code)
    seen = {one.row.code: (one.seen.known, one.seen.blank) for one in hall.ask(queries.basket_of, CLERK)}
    assert seen[theirs] == seen[identity.new_item_code(lambda _: 7)] == (False, False)
    assert seen[blank] == (False, True)
    with pytest.raises(Conflict) as refused:
        hall.do(actions.move_all, CLERK, list(seen), place="Rack 1")
    assert set(refused.value.details["blockers"]) == {"no-record", "blank-tag"}


def test_a_blank_tag_that_a_core_took_is_a_part(hall):
    """It was scanned before the core had a record; now it can be moved."""
    blank = hall.do(actions.issue_tags, CLERK, count=1).body.codes[0]
    hall.do(actions.put, CLERK, blank)
    hall.do(story.received, claimed={"tag": blank})
    (done,) = hall.do(actions.move_all, CLERK, [blank], place="Rack 1")
    assert done.body.place == "Rack 1"


def test_nobody_accepts_what_he_graded(hall):
    """What many are worth nobody says, so it counts as above the limit; a second account of his does not help."""
    both = people.member("both", "core_inspector", "core_manager")
    hall.do(story.publish)
    case = hall.do(story.received)
    hall.do(story.identified, case)
    hall.do(lambda tx: actions.grade(tx, both, case, answers=story.GOOD))
    code = hall.case(case).item.code
    hall.do(actions.put, both, code)
    with pytest.raises(Conflict) as refused:
        hall.do(actions.accept_all, both, [code])
    assert set(refused.value.details["blockers"]) == {"own-grade"}
    with pytest.raises(OwnWork):
        hall.do(actions.accept, both, case)
    hall.do(actions.put, MANAGER, code)
    assert len(hall.do(actions.accept_all, MANAGER, [code], note="As agreed.")) == 1
    assert hall.case(case).state == "ACCEPTED"


def test_what_was_seen_is_what_is_done(hall):
    """A row that came since, an empty basket, a full one."""
    announced(hall, "1")
    with pytest.raises(Conflict) as refused:
        hall.do(actions.move_all, CLERK, [], place="Rack 1")
    assert refused.value.details["why"] == "basket-changed"
    with pytest.raises(Conflict) as refused:
        hall.do(actions.move_all, MANAGER, [], place="Rack 1")
    assert refused.value.details["why"] == "basket-empty"
    made = iter(range(10, 400))

    def fill(tx):
        rows = [
            {"org_id": people.WORKSHOP, "ref": CLERK.ref, "code": f"X{next(made)}", "times": 1, "n": n}
            for n in range(2, 201)
        ]
        tx.execute(sa.insert(BasketRow), rows)

    hall.do(fill)
    with pytest.raises(Conflict) as refused:
        hall.do(actions.put, CLERK, identity.new_item_code(lambda _: 9))
    assert refused.value.details["why"] == "basket-full"


def test_a_refusal_in_the_middle_names_its_part(hall):
    """The rule let it pass, the act did not: no trace is left, and the code says which."""
    (case,) = announced(hall, "1")
    with pytest.raises(BadInput) as refused:
        hall.do(actions.receive_all, CLERK, codes(hall, CLERK), **{**GIVEN, "packing": "in a sock"})
    assert refused.value.details["code"] == hall.case(case).item.code
    assert hall.case(case).state == "ANNOUNCED"
