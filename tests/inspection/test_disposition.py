"""The disposition sheet is closed (SM-1 no. 14)."""

from __future__ import annotations

import pytest

from remanu.errors import Forbidden, GuardFailed, NotFound
from remanu.inspection import actions
from tests import people

GOOD = (
    ("crankshaft", "REUSE_AS_IS"),
    ("cylinder-block", "REUSE_AS_IS"),
    ("piston", "REPLACE_NEW"),
    ("main-bearing-shell", "REPLACE_MANDATORY"),
)


@pytest.fixture
def decided(bench):
    """Every component has its disposition."""
    bench.measure_all()
    bench.move("INSPECTED")
    for position, disposition in GOOD:
        bench.do(actions.dispose, bench.inspector, bench.parts[position], disposition=disposition)
    return bench


def test_it_works(decided):
    """The sheet stands in the event, one line a component (I15)."""
    body = decided.do(actions.disposition, decided.inspector, decided.case).body
    assert {(one.position, one.disposition) for one in body.sheet} == set(GOOD)
    assert decided.view().state == "DISPOSITIONED"


def test_not_while_one_component_has_none(bench):
    """I15: the guard is named."""
    bench.measure_all()
    bench.move("INSPECTED")
    bench.do(actions.dispose, bench.inspector, bench.parts["crankshaft"], disposition="REUSE_AS_IS")
    with pytest.raises(GuardFailed) as told:
        bench.do(actions.disposition, bench.inspector, bench.case)
    assert told.value.details["missing"] == ["components_disposed"]


def test_not_when_a_later_result_contradicts(decided):
    """Reuse was decided on readings that no longer count."""
    decided.measure("crankshaft", "crankshaft-cracks", "1", why="second-opinion")
    with pytest.raises(GuardFailed) as told:
        decided.do(actions.disposition, decided.inspector, decided.case)
    assert told.value.details["missing"] == ["components_disposed"]
    decided.do(
        actions.dispose,
        decided.inspector,
        decided.parts["crankshaft"],
        disposition="REPLACE_REMAN",
        why="new-result",
    )
    assert (
        decided.do(actions.disposition, decided.inspector, decided.case).body.step.target == "DISPOSITIONED"
    )


def test_not_by_a_technician(decided):
    """Deciding is the inspector's and the board's."""
    with pytest.raises(Forbidden):
        decided.do(actions.disposition, decided.technician, decided.case)


def test_not_of_another_workshop(decided):
    """Their cases do not exist here."""
    with pytest.raises(NotFound):
        decided.do(actions.disposition, people.OUTSIDER, decided.case)
