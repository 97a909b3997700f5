"""Rows deleted, inserted, moved, swapped, cut off or rewritten are named (trust.md G12)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.ledger import checkpoint, notes, outside, tree
from remanu.ledger.integrate import entry, subject_uri
from remanu.ledger.models import EventRow
from remanu.ledger.verify import verify
from remanu.rules import canonical as jcs
from remanu.rules import merkle
from tests.builders import make_item
from tests.ledger import history
from tests.ledger.spoil import spoil


@pytest.fixture
def whole(database, storage, kinds):
    """A record with a history under two heads, and a look at what is wrong with it."""
    history.write(database, storage)
    checkpoint.advance(database)
    database.clock.advance(hours=1)
    history.more(database)
    checkpoint.advance(database)
    history.more(database)
    return lambda: {
        (one.table, one.key.split(" ")[-1], one.what) for one in verify(database, storage, kinds).problems
    }


def _events(database, *where):
    with database.reading() as connection:
        return connection.execute(
            sa.select(EventRow.__table__).where(*where).order_by(EventRow.position)
        ).all()


def _longest(database):
    """The chain of the engine, which has the most events."""
    chains = {}
    for row in _events(database):
        chains.setdefault(row.subject_id, []).append(row)
    return max(chains.values(), key=len)


def test_a_deleted_event_leaves_a_gap(database, whole):
    """The next event of its chain and its entry in the log say that it is gone."""
    chain = _longest(database)
    spoil(database, "DELETE FROM event WHERE id = :id", id=chain[1].id)
    found = whole()
    assert ("event", chain[2].id, "seq") in found
    assert any(table == "log_entry" and what == "event" for table, _, what in found)


def test_an_event_deleted_everywhere_leaves_the_signed_root(database, whole):
    """Without its entry the numbers of the log have a gap."""
    chain = _longest(database)
    gone = (
        "DELETE FROM log_node WHERE level = 0 AND idx = (SELECT idx FROM log_entry WHERE event_id = :id)",
        "DELETE FROM log_entry WHERE event_id = :id",
        "DELETE FROM event WHERE id = :id",
    )
    spoil(database, *gone, id=chain[-1].id)
    assert {"log_entry", "log_node"} <= {table for table, _, _ in whole()}


def test_an_inserted_event_stands_in_no_log(database, whole):
    """A forged event with sound bytes and commitment is in no log."""
    last = _longest(database)[-1]
    document = jcs.decode(last.canonical) | {
        "seq": last.seq + 1,
        "prev": last.commitment.hex(),
        "id": "forged",
    }
    canonical = jcs.encode(document)
    row = dict(last._mapping) | {
        "position": 10_000,
        "id": "forged",
        "seq": last.seq + 1,
        "canonical": canonical,
        "commitment": jcs.commitment(canonical),
        "previous": last.commitment,
    }
    columns = sa.table("event", *map(sa.column, row))
    spoil(database, columns.insert().values(row | {"occurred_at": _stamp(row), "recorded_at": _stamp(row)}))
    assert ("event", "forged", "position") in whole()


def _stamp(row):
    return row["recorded_at"].strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def test_reordered_events_are_named(database, whole):
    """Two events of one chain that change places contradict their numbers and the log."""
    first, second = _longest(database)[:2]
    swap = "UPDATE event SET position = :to WHERE id = :id"
    spoil(database, swap, to=20_000, id=first.id)
    spoil(database, swap, to=first.position, id=second.id)
    spoil(database, swap, to=second.position, id=first.id)
    found = whole()
    assert {("event", first.id, "position"), ("event", second.id, "position")} <= found


def test_swapped_events_of_two_parts_are_named(database, whole):
    """An event that is put into another part's chain still says whose it is."""
    one, other = (rows[0] for rows in (_longest(database), _events(database)[-1:]))
    move = "UPDATE event SET subject_id = :to, seq = :seq WHERE id = :id"
    spoil(database, move, to="nobody", seq=0, id=one.id)
    spoil(database, move, to=one.subject_id, seq=one.seq, id=other.id)
    spoil(database, move, to=other.subject_id, seq=other.seq, id=one.id)
    assert {("event", one.id, "subject_id"), ("event", other.id, "subject_id")} <= whole()


def test_a_cut_tail_is_seen_by_the_signed_heads(database, whole):
    """Events that are gone from every table are still counted by the head over them."""
    size = checkpoint.advance(database).size
    last = _events(database)[-1]
    spoil(
        database,
        "DELETE FROM log_node WHERE idx >= (:size - 1) >> level"
        if database.is_sqlite
        else "DELETE FROM log_node WHERE idx >= (:size - 1) >> level::int",
        size=size,
    )
    spoil(
        database, "DELETE FROM log_entry WHERE event_id = :id", "DELETE FROM event WHERE id = :id", id=last.id
    )
    found = whole()
    assert ("log_checkpoint", str(size), "size") in found
    assert ("log", "main", "head") in found


def test_a_log_written_anew_contradicts_its_heads(database, whole):
    """Who changes an event and computes everything after it again cannot sign it, and cannot hide the old head."""
    _forge(database)
    found = whole()
    assert {what for table, _, what in found if table == "log_checkpoint"} == {"note"}
    assert ("log", "main", "head") in found
    spoil(database, "DELETE FROM log_checkpoint")
    assert ("log", "main", "head") in whole()


def _forge(database) -> None:
    """Say something else about the newest part of the log, consistently, in every table but the heads."""
    last = _events(database)[-3]
    canonical = last.canonical.replace(b"Diesel engine", b"Golden engine")
    assert canonical != last.canonical
    change = "UPDATE event SET canonical = :canonical, commitment = :made WHERE id = :id"
    spoil(database, change, canonical=canonical, made=jcs.commitment(canonical), id=last.id)
    spoil(database, "UPDATE item SET name = 'Golden engine' WHERE id = :id", id=last.subject_id)
    told = "UPDATE public_state SET digest = :digest WHERE uri = :uri"
    spoil(database, told, digest=jcs.commitment(canonical).hex(), uri=subject_uri(canonical))
    rows = {row.id: row for row in _events(database)}
    with database.reading() as connection:
        entered = connection.execute(sa.text("SELECT event_id FROM log_entry ORDER BY idx")).scalars().all()
        size = tree.size(connection, "main")
    leaves = [
        merkle.leaf_hash(entry(subject_uri(rows[one].canonical), rows[one].commitment)) for one in entered
    ]
    spoil(database, "DELETE FROM log_node")
    nodes = [
        {"log_id": "main", "level": node.level, "idx": node.idx, "hash": node.hash}
        for node in merkle.append(0, leaves, None)
    ]
    assert size == len(leaves)
    table = sa.table("log_node", *map(sa.column, ("log_id", "level", "idx", "hash")))
    spoil(database, table.insert().values(nodes))


def test_an_old_head_replayed_is_named(database, whole):
    """The newest row with an older note says another size than its note."""
    size = checkpoint.advance(database).size
    older = "SELECT note FROM log_checkpoint ORDER BY size LIMIT 1"
    spoil(database, f"UPDATE log_checkpoint SET note = ({older}) WHERE size = :size", size=size)  # noqa: S608 -- a constant
    assert ("log_checkpoint", str(size), "size") in whole()


def test_a_second_head_of_the_same_size_is_named(database, whole, keyring):
    """Even one that is signed by the log's own key, over another tree."""
    signed = checkpoint.advance(database)
    other = notes.Checkpoint(
        "id.example.test/log", signed.size, b"\1" * 32, notes.parse(signed.note).checkpoint.extensions
    )
    note = notes.sign(other, other.origin, key=keyring.log_key())
    spoil(database, "UPDATE log_checkpoint SET note = :note WHERE size = :size", note=note, size=signed.size)
    assert ("log_checkpoint", str(signed.size), "note") in whole()
    outside.write(keyring, outside.HEAD, note)
    assert ("log", "main", "head") in whole()


def test_evidence_moved_to_another_event_is_named(database, whole):
    """Who cites a file stands in the events."""
    spoil(database, "UPDATE evidence SET event_id = :id", id=_events(database)[0].id)
    assert ("evidence", "event_id") in {(table, what) for table, _, what in whole()}


def test_a_sealed_document_moved_to_another_event_is_named(database, whole):
    """It opens only under the event that it was sealed for."""
    alone = _events(database)[0].id
    spoil(database, "UPDATE sealed SET event_id = :id WHERE key_ref LIKE 'org:%'", id=alone)
    found = whole()
    assert ("sealed", alone, "event_id") in found
    assert len([one for one in found if one[0] == "sealed" and one[2] == "ciphertext"]) == 1


def test_a_lost_sealed_document_is_named(database, whole):
    """A document may be missing only where an event erased its key."""
    spoil(database, "DELETE FROM sealed WHERE key_ref LIKE 'org:%'")
    assert [what for table, _, what in whole() if table == "sealed"] == ["ciphertext"]


def test_a_destroyed_key_without_an_erasure_is_named(database, whole):
    """A key may be missing only where an event erased it."""
    spoil(database, "DELETE FROM vault_key WHERE ref IN (SELECT key_ref FROM sealed)")
    assert [what for table, _, what in whole() if table == "sealed"] == ["key_ref"]


def test_a_forgotten_pending_row_is_named(database, whole):
    """An event that would never be entered in the log is found."""
    spoil(database, "DELETE FROM log_pending")
    assert {what for table, _, what in whole() if table == "event"} == {"position"}


def test_views_that_events_do_not_make_are_named(database, whole):
    """A row too many and a row too few."""
    item = database.transact(make_item)
    spoil(database, "UPDATE item SET id = 'invented' WHERE id = :id", id=item.subject.id)
    found = whole()
    assert {("item", "invented", "row"), ("item", item.subject.id, "row")} <= found
