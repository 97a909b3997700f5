"""A checkpoint is signed over what is committed and verified, carries its time, and proofs lead to it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import Damaged
from remanu.ledger import checkpoint, notes, outside, tree
from remanu.ledger.integrate import integrate
from remanu.rules import merkle
from tests.builders import make_item
from tests.ledger.spoil import spoil

LOG = "main"


def _keys(keyring):
    return {"id.example.test/log": keyring.log_key().public_key().public_bytes_raw()}


def test_a_checkpoint_states_size_root_and_time(database, keyring):
    """The note is signed by the log's key, and its extension line says when."""
    database.transact(lambda tx: [make_item(tx) for _ in range(3)])
    signed = checkpoint.advance(database)
    read = notes.verify(signed.note, _keys(keyring))
    with database.reading() as connection:
        assert (read.size, read.root) == (3, tree.root(connection, LOG, 3)) == (signed.size, signed.root)
        assert checkpoint.latest(connection) == signed
    assert checkpoint.time_of(read) == database.clock.now()


def test_nothing_new_is_not_signed_again(database):
    """Without news the newest checkpoint stands, with its own time."""
    database.transact(make_item)
    first = checkpoint.advance(database)
    database.clock.advance(minutes=1)
    assert checkpoint.advance(database) == first


def test_an_older_tree_is_the_beginning_of_the_newer(database):
    """Consistency holds between two checkpoints."""
    database.transact(lambda tx: [make_item(tx) for _ in range(3)])
    old = checkpoint.advance(database)
    database.transact(lambda tx: [make_item(tx) for _ in range(4)])
    new = checkpoint.advance(database)
    with database.reading() as connection:
        proof = tree.consistency(connection, LOG, old.size, at=new.size)
    assert merkle.verify_consistency(old.size, new.size, old_root=old.root, new_root=new.root, proof=proof)


def test_an_event_is_proved_under_the_newest_checkpoint(database):
    """Inclusion holds for each logged event, and there is none for one that is only durable."""
    events = database.transact(lambda tx: [make_item(tx) for _ in range(6)])
    checkpoint.advance(database)
    late = database.transact(make_item)
    database.transact(integrate)
    with database.reading() as connection:
        for done in events:
            found = checkpoint.inclusion(connection, done.org_id, done.id)
            assert merkle.verify_inclusion(
                found.index,
                found.under.size,
                leaf=merkle.leaf_hash(found.entry),
                proof=found.proof,
                expected=found.under.root,
            )
            assert found.entry[32:] == done.commitment
        assert checkpoint.inclusion(connection, late.org_id, late.id) is None


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE event SET canonical = X'7B7D' WHERE seq = 0", "log_entry main 2"),
        ("UPDATE log_node SET hash = commitment FROM event WHERE level = 0 AND idx = 3", "log_node main 0 3"),
        ("DELETE FROM log_node WHERE level = 1 AND idx = 1", "log_node main 1 1"),
        ("DELETE FROM log_entry WHERE idx = 2", "log_entry main 2"),
        ("UPDATE log_node SET hash = commitment FROM event WHERE level = 1 AND idx = 0", "log"),
    ],
)
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_spoilt_tree_is_not_signed(database, statement, named):
    """What does not verify is named, and no head is made over it."""
    database.transact(lambda tx: [make_item(tx) for _ in range(2)])
    before = checkpoint.advance(database)
    database.transact(lambda tx: [make_item(tx) for _ in range(2)])
    database.transact(integrate)
    spoil(database, statement)
    with pytest.raises(Damaged) as caught:
        checkpoint.advance(database)
    assert caught.value.details["what"].startswith(named)
    with database.reading() as connection:
        assert checkpoint.latest(connection) == before


@pytest.mark.parametrize("spoilt", ["replace(note, '=', '*')", "CAST(X'FF' || CAST(note AS BLOB) AS TEXT)"])
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_spoilt_checkpoint_is_named(database, spoilt):
    """A note that nobody can read any more is damage that is told, whatever stands in its place."""
    database.transact(make_item)
    checkpoint.advance(database)
    spoil(database, f"UPDATE log_checkpoint SET note = {spoilt}")  # noqa: S608 -- our own words
    database.transact(make_item)
    with pytest.raises(Damaged) as caught:
        checkpoint.advance(database)
    assert caught.value.details["what"] == "checkpoint"


def test_a_crash_between_head_and_row_does_no_harm(database, monkeypatch):
    """The head beside the keys may be ahead of its row, because its entries are committed before it is written."""
    database.transact(make_item)

    def crash(*_):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(checkpoint, "Signed", crash)
        with pytest.raises(ZeroDivisionError):
            checkpoint.advance(database)
    assert outside.read(database.keyring, outside.HEAD) is not None
    database.transact(make_item)
    assert checkpoint.advance(database).size == 2


def test_rows_of_the_tree_are_counted_in_the_statement(database):
    """Signing costs a fixed number of statements, however long the log is."""
    database.transact(lambda tx: [make_item(tx) for _ in range(40)])
    checkpoint.advance(database)
    database.transact(make_item)
    seen = []
    sa.event.listen(database.write_engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    database.transact(checkpoint.integrate)
    before = len(seen)
    checkpoint.advance(database)
    assert len(seen) - before <= 20
