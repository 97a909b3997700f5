"""Replaying what happened makes the same views."""

from __future__ import annotations

import pytest

from remanu.accounts import events as accounts
from remanu.catalogue import events as catalogue
from remanu.inspection import actions, events
from remanu.ledger import rebuild
from remanu.ledger.kinds import registry
from remanu.parts import events as parts
from tests.inspection import board, shop

WORN = ("64.971",) * 6 + ("64.800",)


@pytest.fixture
def known():
    """Every kind that these tests use."""
    return registry((*accounts.KINDS, *catalogue.KINDS, *parts.KINDS, *events.KINDS, *shop.KINDS))


@pytest.fixture
def told(bench, place):
    """A story in which everything of inspection happens."""
    bench.measure_all(main_journal_diameter=WORN)
    bench.measure("crankshaft", "crankpin-diameter", why="reading-doubted")
    bench.do(actions.inspect, bench.inspector, bench.case)
    shaft = bench.parts["crankshaft"]
    bench.do(actions.dispose, bench.inspector, shaft, disposition="REPLACE_NEW")
    bench.do(actions.dispose, bench.inspector, shaft, disposition="SALVAGE_SIZE_STEP", why="no-replacement")
    for position, word in (
        ("cylinder-block", "REUSE_AS_IS"),
        ("piston", "REUSE_AS_IS"),
        ("main-bearing-shell", "REPLACE_MANDATORY"),
    ):
        bench.do(actions.dispose, bench.inspector, bench.parts[position], disposition=word)
    bench.do(actions.disposition, bench.inspector, bench.case)
    raised = bench.do(actions.raise_nonconformity, bench.technician, shaft, cause="damage", note="Rust")
    quality = place.actor(place.member("quality", "quality"))
    bench.do(board.settled, quality, bench.inspector, raised.body.nonconformity)
    return bench


def test_a_replay_finds_the_same_views(told, database, known):
    """Row for row."""
    report = rebuild.check(database, known)
    assert report.problems == ()


def test_views_made_again_answer_the_same(told, database, known):
    """Thrown away and made from events."""
    before = told.facts(), told.results("crankshaft")
    rebuild.rebuild(database, known)
    assert (told.facts(), told.results("crankshaft")) == before
