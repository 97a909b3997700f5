"""The log takes in every committed event once, in the order of the positions that it can see."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import NotFound
from remanu.ledger import tree
from remanu.ledger.integrate import entry, integrate, open_log, subject_uri
from remanu.ledger.models import EventRow, LogEntry, LogNode, LogPending
from remanu.rules import merkle
from tests.builders import make_item


def _entries(database):
    with database.reading() as connection:
        return connection.execute(sa.select(LogEntry.__table__).order_by(LogEntry.idx)).all()


def test_pending_events_are_entered_in_order(database):
    """Each event becomes one entry, nothing stays pending, and a second run finds nothing."""
    database.transact(lambda tx: [make_item(tx) for _ in range(5)])
    assert database.transact(integrate) == 5
    assert database.transact(integrate) == 0

    entries = _entries(database)
    assert [row.idx for row in entries] == [0, 1, 2, 3, 4]
    assert [row.position for row in entries] == sorted(row.position for row in entries)
    with database.reading() as connection:
        assert connection.execute(sa.select(LogPending)).first() is None


def test_the_stored_nodes_are_the_tree(database):
    """The root from the nodes is the root over subject digest and commitment of every event."""
    for many in (1, 2, 5):
        database.transact(lambda tx, many=many: [make_item(tx) for _ in range(many)])
        database.transact(integrate)
    with database.reading() as connection:
        events = connection.execute(
            sa.select(EventRow.canonical, EventRow.commitment).order_by(EventRow.position)
        ).all()
        leaves = [merkle.leaf_hash(entry(subject_uri(one.canonical), one.commitment)) for one in events]
        assert tree.size(connection, "main") == 8
        assert tree.root(connection, "main", 8) == merkle.root(leaves)
        assert tree.root(connection, "main", 3) == merkle.root(leaves[:3])
        count = sa.select(sa.func.count()).select_from(LogNode)
        assert connection.execute(count).scalar_one() == 15


def test_a_lower_position_that_commits_later_is_not_skipped(database):
    """What counts is the pending row, never the highest position seen (architecture.md §3)."""
    first, second = database.transact(lambda tx: [make_item(tx), make_item(tx)])
    pending = {}

    def hide(tx):
        pending.update(
            tx.execute(sa.select(LogPending.__table__).order_by(LogPending.position)).first()._mapping
        )
        tx.execute(sa.delete(LogPending).where(LogPending.position == pending["position"]))

    database.transact(hide)
    assert database.transact(integrate) == 1
    database.transact(lambda tx: tx.execute(sa.insert(LogPending).values(**pending)))
    assert database.transact(integrate) == 1
    assert [row.event_id for row in _entries(database)] == [second.id, first.id]


def test_an_unknown_log_is_not_drained(database):
    """A log that was never opened is refused."""
    with pytest.raises(NotFound):
        database.transact(lambda tx: integrate(tx, "nowhere"))


def test_opening_a_log_twice_changes_nothing(database):
    """The log's own row stays as it was."""
    database.transact(lambda tx: open_log(tx, "another.example.test/log"))
    with database.reading() as connection:
        origins = connection.execute(sa.text("SELECT origin FROM log")).scalars().all()
    assert origins == ["id.example.test/log"]
