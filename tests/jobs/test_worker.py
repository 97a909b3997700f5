"""The worker: runs a job by its row, closes it, finds lost ones, asks for the day's work."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from remanu.errors import NotFound
from remanu.jobs import rows
from remanu.jobs.worker import BEAT, Daily, Every, Worker


@pytest.fixture
def done():
    """What the handlers did, in order."""
    return []


@pytest.fixture
def worker(place, done):
    """A worker with a counting handler, one that is refused, and upkeep every twenty seconds."""

    def count(run):
        for step in range(run.done, run.args["to"]):
            done.append(step)
            run.progress(step + 1, run.args["to"])
        return {"steps": run.args["to"]}

    def refuse(_run):
        raise NotFound(what="item")

    made = Worker(
        place,
        handlers={"t.count": count, "t.refuse": refuse, "t.daily": lambda _run: None},
        upkeep=[Every(2 * BEAT, lambda _place: done.append("upkeep"))],
        daily=[Daily("t.daily", hour=3)],
    )
    yield made
    made.queue.close()


def _ask(worker, kind, **args):
    return worker.place.database.transact(lambda tx: rows.create(tx, kind, args, org_id="o1"))


def _row(worker, job):
    with worker.place.database.reading() as connection:
        return rows.find(connection, "o1", job)


def test_a_job_is_done_once(worker, done):
    """Steps run in order, the answer is kept, a second message does nothing."""
    job = _ask(worker, "t.count", to=2)
    worker.run(job)
    worker.run(job)
    row = _row(worker, job)
    assert (done, row.state, row.done, row.total, row.answer) == ([0, 1], "done", 2, 2, '{"steps": 2}')


def test_a_job_goes_on_where_it_was_left(worker, done):
    """Steps that a dead worker had done are not done twice."""
    job = _ask(worker, "t.count", to=3)
    rows.advance(worker.place.database, rows.claim(worker.place.database, job), done=2, total=3)
    worker.place.database.clock.advance(seconds=61)
    worker.run(job)
    assert (done, _row(worker, job).attempts) == ([2], 2)


def test_a_refused_job_says_why(worker):
    """A refusal closes the row with its code."""
    job = _ask(worker, "t.refuse")
    worker.run(job)
    assert (_row(worker, job).state, _row(worker, job).problem) == ("failed", "not-found")


def test_an_error_of_ours_leaves_the_job_to_its_lease(worker):
    """What nobody foresaw goes to the log, and the job is tried again when the lease is over."""
    job = _ask(worker, "t.unheard")
    with pytest.raises(KeyError):
        worker.run(job)
    assert _row(worker, job).state == "running"


def test_lost_jobs_are_sent_again(worker):
    """A job whose message never came is in the queue after the next beat."""
    job = _ask(worker, "t.count", to=1)
    worker.place.database.clock.advance(seconds=11)
    worker.beat(1)
    task = worker.queue.huey.dequeue()
    assert task.args == (job,)


def test_what_was_just_asked_for_is_taken_up_at_once(worker):
    """Each job once, at the next look; a job that waits too long is the beat's to find."""
    first = _ask(worker, "t.count", to=1)
    worker.take_up(worker.place)
    second = _ask(worker, "t.count", to=1)
    worker.take_up(worker.place)
    worker.take_up(worker.place)
    sent = [message.args[0] for message in worker.queue.huey.pending()]
    assert sent == [first, second]
    worker.place.database.clock.advance(seconds=11)
    with worker.place.database.reading() as connection:
        assert rows.fresh(connection, worker.place.database.clock.now()) == []



def test_upkeep_runs_when_it_is_due(worker, done):
    """Twenty seconds are every second beat."""
    for count in range(4):
        worker.beat(count)
    assert done == ["upkeep", "upkeep"]


def test_upkeep_that_is_refused_passes(worker, place):
    """A store that cannot write now does not end the worker."""

    def refuse(_place):
        raise NotFound(what="disk")

    worker.upkeep = (Every(BEAT, refuse),)
    worker.beat(1)


def test_the_day_begins_at_its_hour(worker, place):
    """A daily job is asked for once a day, not before its hour."""
    place.database.clock.at = datetime(2026, 1, 1, 2, 59, tzinfo=UTC)
    worker.ask_daily()
    assert _waiting(place) == []
    for _ in range(2):
        place.database.clock.advance(minutes=1)
        worker.ask_daily()
    assert _waiting(place) == ["t.daily:2026-01-01"]


def _waiting(place):
    later = place.database.clock.now().replace(year=2030)
    with place.database.reading() as connection:
        return rows.overdue(connection, later)
