"""Using an approved concession for one more part (SM-3 no. 8): its scope, its last day, and no farther."""

from __future__ import annotations

import pytest

from remanu.errors import GuardFailed, NotFound
from remanu.inspection import queries
from tests.inspection import board as boards
from tests.inspection import shop


@pytest.fixture
def again(board):
    """The board before a second engine, with a concession of the first one's crankshaft."""
    board.bench.measure("crankshaft", "main-journal-diameter", *boards.WORN)
    held = board.row(board.approved()).concession_id
    first = board.bench
    board.bench = shop.build(
        first.database, inspector=first.inspector, technician=first.technician, number="2"
    )
    return board, held


def test_sm3_no_8_a_second_part_of_the_scope(again):
    """A part of the same number that deviates no farther uses it without asking anew; then the quantity is used up."""
    board, held = again
    board.bench.measure("crankshaft", "main-journal-diameter", *(("64.971",) * 6), "64.940")
    found = board.reviewed()
    board.act("apply_concession", found, concession=held)
    (one,) = board.bench.ask(queries.conceded, board.bench.org_id, board.bench.case)
    assert (board.row(found).state, one.terms.number) == ("CONCESSION_APPROVED", "CON-000001")
    assert one.terms.deviations[0].value == "64.940"
    assert len(board.bench.ask(queries.uses, board.bench.org_id, held)) == 2
    _not_covered(board, held)


def test_no_farther_than_conceded(again):
    """A part that deviates more is not covered, nor is another component; nobody else's concession exists here."""
    board, held = again
    board.bench.measure("crankshaft", "main-journal-diameter", *(("64.971",) * 6), "64.870")
    _not_covered(board, held)
    _not_covered(board, held, "piston")
    with pytest.raises(NotFound):
        board.act("apply_concession", board.reviewed(), concession="none")


def _not_covered(board, held, position="crankshaft"):
    found = board.reviewed(position)
    with pytest.raises(GuardFailed) as refused:
        board.act("apply_concession", found, concession=held)
    assert refused.value.details["missing"] == ["concession_covers"]
