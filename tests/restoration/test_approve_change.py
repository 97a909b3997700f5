"""Somebody who did not propose a change approves it; from then on it counts."""

from __future__ import annotations

import pytest

from remanu.errors import Conflict, Forbidden, NotFound, OwnWork
from remanu.restoration import actions
from remanu.restoration.queries import changes
from tests.restoration.test_propose_change import NUMBERS, propose

TOLD = {"family": "diesel-engine", "component": "turbocharger"}


def test_from_its_approval_it_counts(yard):
    """The part number may come in for the other one, however either is written."""
    made = propose(yard, **NUMBERS)
    yard.do(actions.approve_change, yard.who["approver"], made.subject.id)
    found = yard.ask(changes.substitution, yard.org_id, part_number="nw turbo 2", instead_of="NWTURBOCHARGER", **TOLD)
    assert found.number == "EC-1"
    assert changes.Standing(found).state == "approved"
    assert yard.ask(changes.substitution, yard.org_id, part_number="NW-X", instead_of="NW-TURBOCHARGER", **TOLD) is None


def test_nobody_approves_his_own(yard):
    """By person, whatever his roles are."""
    both = yard.place.actor(yard.place.member("both", "engineering", "approver"))
    made = yard.do(
        actions.propose_change, both, number="EC-9", what="delete", why="variant", **TOLD
    )
    with pytest.raises(OwnWork):
        yard.do(actions.approve_change, both, made.subject.id)


def test_not_yours_missing_twice(yard, outsider):
    """An approver of the organisation alone, once."""
    made = propose(yard, **NUMBERS)
    with pytest.raises(Forbidden):
        yard.do(actions.approve_change, yard.who["engineering"], made.subject.id)
    with pytest.raises(NotFound):
        yard.do(actions.approve_change, yard.who["approver"], "nothing")
    yard.do(actions.approve_change, yard.who["approver"], made.subject.id)
    with pytest.raises(Conflict) as refused:
        yard.do(actions.approve_change, yard.who["approver"], made.subject.id)
    assert refused.value.details["why"] == "change-decided"
