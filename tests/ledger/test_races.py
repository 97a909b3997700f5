"""Two people at once: of two transitions one wins and the other is told; of two observations both stand."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from remanu.errors import Refusal
from remanu.ledger.models import EventRow
from remanu.ledger.record import record
from remanu.parts import actions, events, queries
from tests import people
from tests.builders import make_item
from tests.ledger import history


def _together(database, *works):
    """Run the works at once, each meeting the others after its first statement where the engine lets it."""
    barrier = threading.Barrier(len(works))

    def run(work):
        met = []

        def once(tx):
            tx.execute(sa.select(EventRow.seq).limit(1))
            if not met and not database.is_sqlite:
                met.append(True)
                barrier.wait(5)
            return work(tx)

        try:
            return database.transact(once)
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def _chain(database, subject_id):
    with database.reading() as connection:
        asked = sa.select(EventRow.seq, EventRow.kind).where(EventRow.subject_id == subject_id)
        return [tuple(row) for row in connection.execute(asked.order_by(EventRow.seq))]


@pytest.fixture
def item(database):
    """A part with an announced case."""

    def work(tx):
        item = make_item(tx)
        record(
            history.act(tx),
            history.OPEN,
            item.subject,
            history.Opened(case="c1", number=1, state="ANNOUNCED"),
        )
        return item

    return database.transact(work)


def _receive(tx):
    case = queries.find_case(tx.connection, people.WORKSHOP, "c1")
    step = actions.check_step(case, "receive", {"custody_signed": True})
    return record(history.act(tx), history.MOVE, case.subject, history.Moved(step=step))


def test_one_of_two_transitions_wins(database, item):
    """The loser gets 409 and is told what can be done now; the chain has one transition."""
    done, told = sorted(_together(database, _receive, _receive), key=lambda one: isinstance(one, Refusal))
    assert not isinstance(done, Refusal)
    assert told.status == 409
    assert told.code in {"not-allowed", "conflict"}
    assert _chain(database, item.subject.id)[2:] == [(2, "test.move")]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.postgresql
def test_without_the_guard_both_would_win(database, item):
    """Control: a transition that checks nothing is recorded twice."""

    def careless(tx):
        subject = queries.subject_of(queries.find_item(tx.connection, people.WORKSHOP, item.subject.id))
        return record(history.act(tx), history.NOTE, subject, history.Noted(text="received"))

    assert not [one for one in _together(database, careless, careless) if isinstance(one, Refusal)]
    assert len(_chain(database, item.subject.id)) == 4


def test_two_observations_both_stand(database, item):
    """Independent readings of one part are put one behind the other."""

    def read(mark):
        return lambda tx: actions.read_mark(tx, people.TECHNICIAN, item.subject.id, kind="plate", mark=mark)

    first, second = _together(database, read("A-1"), read("B-2"))
    assert {first.seq, second.seq} == {2, 3}
    assert [seq for seq, _ in _chain(database, item.subject.id)] == [0, 1, 2, 3]
    with database.reading() as connection:
        marks = queries.marks(connection, people.WORKSHOP, item.subject.id)
    assert {row.text for row in marks} == {"A-1", "B-2"}


def test_eight_at_once_on_one_part(database, item):
    """Eight readings at the same moment give a chain without gap or fork."""
    works = [
        lambda tx, at=at: actions.read_counter(
            tx, people.TECHNICIAN, item.subject.id, counter="hours", value=str(at), unit="h", origin="photo"
        )
        for at in range(1)
    ]
    works += [
        lambda tx, at=at: actions.read_mark(
            tx, people.TECHNICIAN, item.subject.id, kind="plate", mark=f"M-{at}"
        )
        for at in range(7)
    ]
    done = _together(database, *works)
    assert sorted(one.seq for one in done) == list(range(2, 10))
    assert {one.body.reading for one in done if isinstance(one.body, events.CounterRead)}
