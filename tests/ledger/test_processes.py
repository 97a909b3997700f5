"""Writers in processes of their own: killed at any moment, or eight at once, they leave a whole record."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.ledger import checkpoint
from remanu.ledger.models import EventRow, LogEntry
from remanu.ledger.verify import verify
from tests.builders import make_item
from tests.ledger import processes


def _ids(database):
    with database.reading() as connection:
        return connection.execute(sa.select(EventRow.id).order_by(EventRow.position)).scalars().all()


def test_what_was_acknowledged_survives_a_kill(database, config, storage, kinds):
    """After kill -9 every acknowledged event is there, at most one more, and the record is whole (G1)."""
    said = processes.kill_after(config, "honest", 12)
    kept = _ids(database)
    assert kept[: len(said)] == said
    assert len(kept) <= len(said) + 1
    checkpoint.advance(database)
    assert verify(database, storage, kinds).problems == ()


@pytest.mark.drill
@pytest.mark.parametrize("many", range(1, 60))
def test_kills_at_other_moments(database, config, storage, kinds, many):
    """The same wherever the writer is, again and again over one store."""
    for _ in range(5):
        before = _ids(database)
        said = processes.kill_after(config, "honest", many)
        kept = _ids(database)[len(before) :]
        assert kept[: len(said)] == said
    checkpoint.advance(database)
    assert verify(database, storage, kinds).problems == ()


def test_an_acknowledgement_before_the_commit_is_caught(database, config):
    """Control: who acknowledges too early loses what he said."""
    said = processes.kill_after(config, "early", 3)
    assert not set(said) <= set(_ids(database))


def test_eight_writers_leave_one_log(database, config, storage, kinds):
    """Every event is in the log exactly once, and no event before the one it follows (architecture.md §3)."""
    shared = database.transact(make_item)
    writers = [processes.start(config, "busy", 6) for _ in range(8)]
    for one in writers:
        one.stdin.write(f"{shared.subject.id}\n")
        one.stdin.flush()
    said = {line for one in writers for line in one.communicate()[0].split()}
    assert [one.returncode for one in writers] == [0] * 8
    assert len(said) == 8 * 6 * 2
    with database.reading() as connection:
        entries = connection.execute(
            sa.select(LogEntry.event_id, EventRow.subject_id, EventRow.seq)
            .join(EventRow, EventRow.id == LogEntry.event_id)
            .order_by(LogEntry.idx)
        ).all()
    assert sorted(row.event_id for row in entries) == sorted({*said, shared.id})
    chain = [row.seq for row in entries if row.subject_id == shared.subject.id]
    assert chain == list(range(8 * 6 + 1))
    assert verify(database, storage, kinds).problems == ()
