"""Two people at one part: of two transitions one wins, two readings stand in order."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from remanu.errors import Refusal
from remanu.ledger.models import EventRow
from remanu.parts import actions, queries


def together(database, *works):
    """Run them at once, each meeting the others after its first look where the engine lets it."""
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


def test_one_of_two_returns_wins(hall):
    """The other is told with 409; one new case, one event."""
    case = hall.case("IN_SERVICE")
    hall.do("technician", actions.read_counter, case.item.id, counter="hours", value="9", origin="photo")
    who = hall.who("logistics")
    work = lambda tx: actions.return_core(tx, who, case.id)  # noqa: E731 -- run twice at once
    done, told = sorted(together(hall.database, work, work), key=lambda one: isinstance(one, Refusal))
    assert not isinstance(done, Refusal)
    assert (told.status, told.code) == (409, "conflict")
    kinds = [row.kind for row in hall.ask(queries.history, case.item.id)]
    assert kinds.count("parts.return_core") == 1


def test_of_two_readings_the_lower_never_stands_last(hall):
    """I6 under a race: whichever comes second is measured against the first."""
    item = hall.item()
    who = hall.who("technician")

    def read(value):
        given = {"counter": "hours", "value": value, "origin": "photo"}
        return lambda tx: actions.read_counter(tx, who, item.id, **given)

    together(hall.database, read("10"), read("20"))
    values = [row.value for row in hall.ask(queries.counters, item.id)]
    assert values in (["10", "20"], ["20"])


def test_one_of_two_lifts_wins(hall):
    """A hold is lifted once."""
    case = hall.case()
    hold = hall.do("quality", actions.hold, case.id, why="paper").body.hold
    who = hall.who("quality")
    work = lambda tx: actions.lift_hold(tx, who, case.id, hold_id=hold)  # noqa: E731 -- run twice at once
    done = together(hall.database, work, work)
    assert sorted(isinstance(one, Refusal) for one in done) == [False, True]
