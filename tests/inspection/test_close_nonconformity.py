"""A nonconformity that needs no action is closed, and somebody else says so."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict, Forbidden, NotAllowed, NotFound, OwnWork
from remanu.inspection import actions, queries
from tests import people
from tests.inspection import board


@pytest.fixture
def raised(bench):
    """The id of one that the technician raised."""
    done = bench.do(actions.raise_nonconformity, bench.technician, bench.parts["crankshaft"], cause="damage")
    return done.body.nonconformity


@pytest.fixture
def quality(place):
    """Somebody of quality."""
    return place.actor(place.member("quality", "quality"))


def test_it_works(bench, raised, quality):
    """SM-3 no. 9: it no longer stops the release, and stays readable."""
    bench.do(actions.close_nonconformity, quality, raised, outcome="unfounded", note="It was dirt")
    assert bench.facts()["no_open_nonconformity"]
    row = bench.ask(queries.nonconformities, bench.org_id, bench.case)[0]
    assert (row.state, row.outcome, row.closed_at is not None) == ("CLOSED", "unfounded", True)


def test_not_by_whoever_raised_it(bench, place):
    """Nor by his second account: it is the person that counts."""
    first = place.member("two-hats", "quality")
    second = place.member("two-hats-2", "mrb", same_as=first)
    done = bench.do(actions.raise_nonconformity, place.actor(first), bench.unit, cause="paper")
    for ref in (first, second):
        with pytest.raises(OwnWork):
            bench.do(
                actions.close_nonconformity, place.actor(ref), done.body.nonconformity, outcome="unfounded"
            )


def test_not_twice(bench, raised, quality):
    """The first outcome stands."""
    bench.do(actions.close_nonconformity, quality, raised, outcome="unfounded")
    with pytest.raises(Conflict) as told:
        bench.do(actions.close_nonconformity, quality, raised, outcome="duplicate")
    assert told.value.details["why"] == "already-closed"


def test_not_what_was_decided(bench, raised, quality):
    """SM-3: what the board decided is verified; no short way leads around it."""
    with pytest.raises(BadInput) as told:
        bench.do(actions.close_nonconformity, quality, raised, outcome="reworked")
    assert told.value.details["why"] == "decide-first"
    bench.do(board.decided, quality, raised)
    with pytest.raises(NotAllowed):
        bench.do(actions.close_nonconformity, quality, raised, outcome="unfounded")


def test_not_by_an_inspector_nor_of_another_workshop(bench, raised):
    """Closing is for quality and the board; those of others do not exist here."""
    with pytest.raises(Forbidden):
        bench.do(actions.close_nonconformity, bench.inspector, raised, outcome="unfounded")
    with pytest.raises(NotFound):
        bench.do(actions.close_nonconformity, people.OUTSIDER, raised, outcome="unfounded")
