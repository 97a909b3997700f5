"""Engineering proposes that another part number may come in, or that units may go without a component."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict, Forbidden
from remanu.restoration import actions
from remanu.restoration.queries import changes

ASKED = {"family": "diesel-engine", "component": "turbocharger", "why": "improved"}
NUMBERS = {"part_number": "NW-TURBO-2", "instead_of": "NW-TURBOCHARGER"}


def propose(yard, role="engineering", **given):
    """One proposal."""
    return yard.do(actions.propose_change, yard.who[role], **{"number": "EC-1", "what": "substitute", **ASKED, **given})


def test_a_proposal_counts_for_nothing_yet(yard):
    """It is in the list, newest first, and no part comes in by it."""
    first = propose(yard, **NUMBERS)
    second = propose(yard, number="EC-2", what="delete", part_number="ignored")
    rows = yard.ask(changes.changes, yard.org_id)
    assert [row.id for row in rows] == [second.subject.id, first.subject.id]
    assert [row.part_number for row in rows] == [None, "NW-TURBO-2"]
    assert [changes.Standing(row).state for row in rows] == ["proposed", "proposed"]
    assert yard.ask(changes.changes, yard.org_id, after=second.subject.id)[0].number == "EC-1"
    told = {"family": "diesel-engine", "component": "turbocharger", **NUMBERS}
    assert yard.ask(changes.substitution, yard.org_id, **told) is None


def test_not_yours_and_not_twice(yard):
    """A technician proposes nothing; a number names one change."""
    with pytest.raises(Forbidden):
        propose(yard, "technician", **NUMBERS)
    propose(yard, **NUMBERS)
    with pytest.raises(Conflict) as refused:
        propose(yard, **NUMBERS)
    assert refused.value.details["why"] == "number-taken"


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"what": "paint"}, "what", "not-a-choice"),
        ({"family": "submarine"}, "family", "not-a-choice"),
        ({"component": "engine"}, "component", "not-a-choice"),
        ({"why": "boredom"}, "why", "not-a-choice"),
        ({"part_number": None}, "part_number", "required"),
        ({"instead_of": ""}, "instead_of", "required"),
        ({"number": " "}, "number", "empty"),
    ],
)
def test_odd_entries(yard, given, field, why):
    """Each is named with its reason."""
    with pytest.raises(BadInput) as refused:
        propose(yard, **{**NUMBERS, **given})
    assert (refused.value.details["field"], refused.value.details["why"]) == (field, why)
