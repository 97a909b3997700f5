"""Job rows: claimed once, resumed where they were left, given up after three tries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.errors import Conflict, NotFound
from remanu.jobs import rows


@pytest.fixture
def job(database):
    """A waiting job."""
    return database.transact(lambda tx: rows.create(tx, "t.count", {"to": 3}, org_id="o1"))


def test_a_claim_carries_what_was_asked(database, job):
    """The first worker gets kind and arguments, nothing done yet."""
    held = rows.claim(database, job)
    assert (held.kind, held.args, held.done, held.attempt) == ("t.count", {"to": 3}, 0, 1)


def test_a_held_job_is_nobody_elses(database, job):
    """While the lease runs, a second worker gets nothing."""
    rows.claim(database, job)
    assert rows.claim(database, job) is None


def test_an_expired_lease_is_taken_over_where_it_stood(database, job):
    """The next worker goes on behind what is done, and the former holder can no longer write."""
    first = rows.claim(database, job)
    rows.advance(database, first, done=2, total=3)
    database.clock.advance(seconds=61)

    second = rows.claim(database, job)

    assert (second.done, second.attempt) == (2, 2)
    for late in (
        lambda: rows.advance(database, first, done=3, total=3),
        lambda: rows.finish(database, first, None),
    ):
        with pytest.raises(Conflict):
            late()


def test_progress_renews_the_lease(database, job):
    """A job that keeps saying how far it is keeps its worker."""
    held = rows.claim(database, job)
    for done in (1, 2):
        database.clock.advance(seconds=45)
        rows.advance(database, held, done=done, total=3)
    assert rows.claim(database, job) is None


def test_a_finished_job_is_not_done_again(database, job):
    """An answer closes the row."""
    rows.finish(database, rows.claim(database, job), {"n": 3})
    database.clock.advance(days=1)
    with database.reading() as connection:
        row = rows.find(connection, "o1", job)
    assert (rows.claim(database, job), row.state, row.answer) == (None, "done", '{"n": 3}')


def test_a_lost_message_and_a_dead_worker_are_found(database, job):
    """A job that nobody holds is due again: after ten seconds unseen, or when its lease ran out."""
    assert _overdue(database) == []
    database.clock.advance(seconds=11)
    assert _overdue(database) == [job]
    rows.claim(database, job)
    assert _overdue(database) == []
    database.clock.advance(seconds=61)
    assert _overdue(database) == [job]


def test_three_dead_workers_end_a_job(database, job):
    """A job that kills its workers is closed and says so."""
    for _ in range(rows.TRIES):
        rows.claim(database, job)
        database.clock.advance(seconds=61)
    assert _overdue(database) == []
    assert database.transact(rows.give_up) == 1
    with database.reading() as connection:
        assert rows.find(connection, "o1", job).problem == "worker-died"


def test_a_named_job_is_asked_for_once(database):
    """Asking twice for the same day's work is one row."""
    for _ in range(2):
        database.transact(lambda tx: rows.create(tx, "t.daily", {}, job_id="t.daily:2026-01-01"))
    database.clock.advance(seconds=11)
    assert _overdue(database) == ["t.daily:2026-01-01"]


def test_another_organisation_does_not_see_it(database, job):
    """Progress is shown to the organisation that asked."""
    with database.reading() as connection, pytest.raises(NotFound):
        rows.find(connection, "o2", job)


def test_ended_rows_are_forgotten(database, job):
    """Old rows that ended go; waiting ones stay."""
    database.transact(lambda tx: rows.create(tx, "t.count", {}))
    rows.fail(database, rows.claim(database, job), "refused")
    now = database.clock.advance(days=31)
    assert database.transact(lambda tx: rows.forget(tx, now - timedelta(days=30))) == 1
    assert len(_overdue(database)) == 1


def _overdue(database):
    with database.reading() as connection:
        return rows.overdue(connection, database.clock.now())
