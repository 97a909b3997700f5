"""Asking to use a part as it is (SM-3 no. 4)."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import BadInput, Conflict, Forbidden, GuardFailed
from remanu.families.loader import load_all
from remanu.inspection import queries
from remanu.inspection.events import Deviates
from tests.inspection import board as boards


@pytest.fixture
def worn(board):
    """A board with a worn crankshaft before it."""
    board.bench.measure("crankshaft", "main-journal-diameter", *boards.WORN)
    return board


def test_sm3_no_4_what_deviates_is_frozen_with_the_request(worn):
    """The result with its limits, scope and last day; it caps the class (I28), and the case waits (I22)."""
    found = worn.pending(customer=True)
    row = worn.row(found)
    held = worn.bench.ask(queries.find_concession, worn.bench.org_id, row.concession_id)
    terms = queries.terms_of(held)
    (one,) = terms.deviations
    assert (row.state, held.state, held.number) == ("CONCESSION_PENDING", "pending", "CON-000001")
    assert (one.characteristic, one.value, one.new_min, one.new_max) == (
        "main-journal-diameter",
        "64.900",
        "64.965",
        "64.985",
    )
    assert (terms.quantity, terms.expires, terms.customer, terms.caps) == (2, "2026-12-31", True, True)
    assert not worn.bench.facts()["concessions_approved"]


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"expires": date(2026, 2, 1)}, "expires", "ends-before"),
        ({"quantity": None, "serials": ("CR-9",)}, "serials", "own-serial-missing"),
        ({"quantity": -1}, "quantity", "negative"),
        ({"quantity": 1_000_000}, "quantity", "too-large"),
    ],
)
def test_a_scope_that_cannot_be(worn, given, field, why):
    """SM-3: named serial numbers or a quantity, and a last day that is not over."""
    found = worn.reviewed()
    with pytest.raises(BadInput) as refused:
        worn.act("request_concession", found, **{**boards.ASKED, **given})
    assert (refused.value.details["field"], refused.value.details["why"]) == (field, why)


def test_a_scope_is_named(worn):
    """SM-3: without serials and quantity nothing is asked; nor by a technician; nor for what was released."""
    found = worn.reviewed()
    with pytest.raises(GuardFailed) as refused:
        worn.act("request_concession", found, **{**boards.ASKED, "quantity": None})
    assert refused.value.details["missing"] == ["concession_scoped"]
    with pytest.raises(Forbidden):
        worn.act("request_concession", found, worn.bench.technician, **boards.ASKED)
    worn.bench.move("RELEASED")
    with pytest.raises(Conflict) as told:
        worn.act("request_concession", found, **boards.ASKED)
    assert told.value.details["why"] == "released-already"


@pytest.mark.parametrize(
    ("family", "component", "criticality", "may"),
    [
        ("diesel-engine", "crankshaft", "critical", True),
        ("copier", "fuser", "safety", False),
        ("aero-engine", "fan-disk", "none", False),
    ],
)
def test_never_on_what_is_safety_critical(family, component, criticality, may):
    """SM-3: neither a safety-critical characteristic nor a life-limited part, by the words of the pack."""
    one = Deviates(
        result="m", characteristic="c", criticality=criticality, unit="mm", value="1", zone="beyond_service"
    )
    assert queries.permitted(load_all()[family], component, [one]) is may
