"""The queue: plain messages, on the safe library, durable."""

from __future__ import annotations

import json

import pytest

from remanu import db, schema
from remanu.jobs.queue import Queue


@pytest.fixture
def opened(config):
    """Queues of one installation, emptied and closed afterwards."""
    made = []

    def make(run=None):
        made.append(Queue(config, run))
        return made[-1]

    yield make
    for queue in made:
        queue.huey.flush()
        queue.close()


def test_a_message_reaches_the_function(opened):
    """What one process sends, another runs with the job's id."""
    seen = []
    opened().send("job-1")
    receiving = opened(seen.append)

    receiving.huey.execute(receiving.huey.dequeue())

    assert seen == ["job-1"]


def test_messages_are_json(opened):
    """Nothing in the queue file can run code when it is read."""
    queue = opened()
    queue.send("job-1")
    (message,) = queue.huey.storage.enqueued_items()
    assert json.loads(bytes(message))[1:] == ["job-1"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_queue_is_durable(opened):
    """The queue file is written by the safe library with synchronous=FULL and a write-ahead log."""
    connection = opened().huey.storage.conn
    assert type(connection).__module__.split(".")[0] == db.sqlite_module().__name__
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_sender_runs_nothing(opened, caplog):
    """A web process that should only send refuses to do the work itself."""
    queue = opened()
    queue.send("job-1")
    queue.huey.execute(queue.huey.dequeue())
    assert "this process only sends" in caplog.text


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_the_queue_lies_in_the_store(opened, database):
    """On PostgreSQL nothing beside the database is needed, and the library's own tables are no difference."""
    opened().send("job-1")
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM huey_task").scalar_one() == 1
    assert schema.check(database) == []
