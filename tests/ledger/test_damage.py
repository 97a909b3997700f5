"""Rarer damage than a flipped bit: bytes that state nothing, logs and tables that are gone, one part's own check."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import Damaged, NotFound
from remanu.ledger import checkpoint, erasures, fork, notes, rebuild, seal, tree
from remanu.ledger.models import EventRow, Sealed
from remanu.ledger.verify import subject, verify
from remanu.rules import canonical as jcs
from tests import people
from tests.builders import make_item
from tests.ledger import history
from tests.ledger.spoil import spoil

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


class Kept:
    """A few parts under a signed head, and a look at what is wrong."""

    def __init__(self, database, storage, kinds):
        self.database, self.storage, self.kinds = database, storage, kinds
        made = [database.transact(make_item) for _ in range(3)]
        self.item, self.event = made[0].subject, made[0].id
        checkpoint.advance(database)

    def wrong(self):
        """Table, last part of the key and what, of the whole record."""
        found = verify(self.database, self.storage, self.kinds).problems
        return {(one.table, one.key.split(" ")[-1], one.what) for one in found}

    def own(self):
        """The same of the one part alone."""
        with self.database.reading() as connection:
            found = subject(connection, self.kinds, self.item.org_id, self.item.id).problems
        return {(one.table, one.key.split(" ")[-1], one.what) for one in found}


@pytest.fixture
def kept(database, storage, kinds):
    """Nothing is wrong yet."""
    one = Kept(database, storage, kinds)
    assert one.wrong() == one.own() == set()
    return one


def test_bytes_that_state_nothing_are_named(kept):
    """Sound bytes and commitment that state no event: by the event, by its entry, and by the comparison of views."""
    canonical = jcs.encode({"no": "event"})
    change = "UPDATE event SET canonical = :canonical, commitment = :made WHERE id = :id"
    spoil(kept.database, change, canonical=canonical, made=jcs.commitment(canonical), id=kept.event)
    assert {("event", kept.event, "canonical"), ("log_entry", "0", "event")} <= kept.wrong()
    found = {(one.table, one.what) for one in rebuild.check(kept.database, kept.kinds).problems}
    assert {("event", "canonical"), ("item", "row")} <= found
    assert ("event", kept.event, "place") in kept.own()
    with pytest.raises(Damaged):
        rebuild.rebuild(kept.database, kept.kinds)


def test_views_are_made_again_from_events(kept):
    """What somebody wrote into a view is gone."""
    spoil(kept.database, "UPDATE item SET name = 'Golden engine'")
    assert rebuild.check(kept.database, kept.kinds).code == 1
    assert rebuild.rebuild(kept.database, kept.kinds) == 3
    assert kept.wrong() == set()


def test_before_the_first_head_a_part_is_whole_too(database, kinds):
    """Durable and pending; nobody has signed over it yet."""
    item = database.transact(make_item).subject
    with database.reading() as connection:
        report = subject(connection, kinds, item.org_id, item.id)
    assert (report.code, report.counted) == (0, {"events": 1})


def test_where_no_event_can_be_read_each_is_named(kept):
    """Nothing is left to compare anything with."""
    spoil(kept.database, "UPDATE event SET canonical = :junk", junk=b"junk")
    assert {("event", kept.event, "commitment"), ("event", kept.event, "canonical")} <= kept.wrong()


def test_a_part_that_nobody_knows_has_no_record(kept):
    """There is nothing to check."""
    with kept.database.reading() as connection, pytest.raises(NotFound):
        subject(connection, kept.kinds, kept.item.org_id, "nothing")


@pytest.mark.parametrize(
    "damage", ["UPDATE log_node SET hash = zeroblob(32) WHERE level = 0", "DELETE FROM log_node WHERE idx > 0"]
)
def test_a_part_says_that_its_leaf_leads_nowhere(kept, damage):
    """A node of the tree is another one, or gone: and nothing is signed over it."""
    spoil(kept.database, damage)
    assert kept.own() == {("event", kept.event, "place")}
    kept.database.transact(make_item)
    with pytest.raises(Damaged):
        checkpoint.advance(kept.database)


def test_a_part_says_that_it_is_entered_and_still_pending(kept):
    """It can be one alone."""
    again = "INSERT INTO log_pending SELECT log_id, position, org_id, event_id FROM log_entry WHERE event_id = :id"
    spoil(kept.database, again, id=kept.event)
    assert kept.own() == {("event", kept.event, "place")}


def test_a_part_says_that_the_head_is_not_signed(kept):
    """A head with another size under the same signature."""
    change = "UPDATE log_checkpoint SET note = replace(note, char(10) || '3' || char(10), :other)"
    spoil(kept.database, change, other="\n2\n")
    assert kept.own() == {("log_checkpoint", "3", "note")}


def test_a_log_that_is_gone_is_named(kept):
    """With everything that belonged to it."""
    spoil(kept.database, "DELETE FROM log")
    assert {("log", "main", "id"), ("log_checkpoint", "3", "log_id")} <= kept.wrong()


def test_a_name_that_was_given_up_signs_nothing_more(kept, keyring):
    """A log that went on as another one, whose former name then signed again with the same key."""
    with kept.database.reading() as connection:
        former = fork.name(connection, log_id="main", origin="id.example.test/log")
        gap = fork.after(connection, None, log_id="main", origin=former)
    kept.database.transact(make_item)
    checkpoint.succeed(kept.database, gap)
    kept.database.transact(make_item)
    newest = checkpoint.advance(kept.database)
    said = notes.parse(newest.note).checkpoint
    assert said.origin == gap.log
    note = notes.sign(notes.Checkpoint(former, said.size, said.root, said.extensions), former, key=keyring.log_key())
    spoil(kept.database, "UPDATE log_checkpoint SET note = :note WHERE size = :size", note=note, size=said.size)
    assert ("log_checkpoint", str(said.size), "note") in kept.wrong()


def test_what_a_given_up_name_signed_is_no_guard_any_more(kept, keyring):
    """Beyond what was taken over it may say anything; within it, it must say the same (trust.md T33)."""
    origin = "id.example.test/log"

    def signed(size):
        note = notes.sign(notes.Checkpoint(origin, size, b"\1" * 32), origin, key=keyring.log_key())
        with kept.database.reading() as connection:
            return fork.gap(connection, keyring, [note], log_id="main", origin=origin)

    assert (signed(9).signed, signed(3).signed) == (9, 3)
    with kept.database.reading() as connection:
        gap = fork.after(connection, None, log_id="main", origin=origin)
        with pytest.raises(Damaged):
            fork.gap(connection, keyring, ["no note"], log_id="main", origin=origin)
    kept.database.transact(make_item)
    checkpoint.succeed(kept.database, gap)
    assert signed(9) is None
    assert signed(3).signed == 3


def test_nothing_is_signed_over_another_root(kept, keyring):
    """Even where the newest head no longer lies beside the keys: the store has it too."""
    (keyring.folder / "log.head").unlink()
    spoil(kept.database, "UPDATE log_node SET hash = zeroblob(32) WHERE level = 0")
    kept.database.transact(make_item)
    with pytest.raises(Damaged) as refusal:
        checkpoint.advance(kept.database)
    assert refusal.value.details["why"] == "the root is not the one that was signed"


def test_a_store_without_a_table_is_not_read(kept):
    """That is another matter than something wrong in it."""
    spoil(kept.database, "DROP TABLE log_checkpoint")
    with pytest.raises(Damaged) as refusal:
        kept.wrong()
    assert refusal.value.details["what"] == "store"


def test_a_tree_is_not_asked_for_what_it_lacks(kept):
    """A log that is shorter has no such root."""
    with kept.database.reading() as connection, pytest.raises(Damaged):
        tree.root(connection, "main", 4)


# -- sealed documents


def sealed(database):
    """What is sealed for the organisation: event, key."""
    with database.reading() as connection:
        return connection.execute(sa.select(Sealed.event_id, Sealed.key_ref).where(Sealed.key_ref.like("org:%"))).one()


@pytest.fixture
def private(database, storage, kinds):
    """A history with sealed documents."""
    history.write(database, storage)
    return lambda: [
        (one.table, one.key.split(" ")[-1], one.what) for one in verify(database, storage, kinds).problems
    ]


def test_another_document_under_the_right_key_is_named(database, private):
    """Whoever has the keys can seal anew, but the event says what was sealed."""
    event, key = sealed(database)
    spoil(database, "DELETE FROM sealed WHERE event_id = :id", id=event)
    other = jcs.encode({"note": "something else"})
    database.transact(lambda tx: seal.put(tx, org_id=people.WORKSHOP, event_id=event, key_ref=key, private=other))
    assert private() == [("sealed", event, "ciphertext")]


def test_a_document_whose_event_cannot_be_read_is_named(database, private):
    """It is there, and nobody knows what for."""
    event, _ = sealed(database)
    spoil(database, "UPDATE event SET canonical = :junk WHERE id = :id", junk=b"junk", id=event)
    assert ("sealed", event, "event_id") in private()


def test_a_document_whose_key_was_erased_may_lie_there_unread(database, private, keyring):
    """An old back-up brings its bytes back; the list beside the keys tells that the key is gone by will."""
    with database.reading() as connection:
        ref = connection.execute(sa.select(Sealed.key_ref).where(~Sealed.key_ref.like("org:%"))).scalars().first()
    erasures.keep(keyring, [f"destroy {ref}"])
    spoil(database, "DELETE FROM vault_key WHERE ref = :ref", ref=ref)
    assert private() == []


def test_one_organisation_forgets_and_the_other_keeps(database, private, keyring):
    """Erased once more after a back-up was restored: the documents of that organisation alone."""
    event, key = sealed(database)
    erasures.keep(keyring, [f"forget {key} {people.WORKSHOP}", f"forget {key} elsewhere"])
    lines = len(erasures.kept(keyring))
    erasures.keep(keyring, [f"forget {key} elsewhere"])
    assert erasures.reapply(database) == lines == len(erasures.kept(keyring))
    with database.reading() as connection:
        assert seal.open_sealed(connection, keyring, org_id=people.WORKSHOP, event_id=event) is None
    assert private() == []


def test_documents_open_many_at_a_time(database, private, keyring):
    """Those whose key is gone are left out; nothing is asked where nothing is wanted."""
    event, _ = sealed(database)
    with database.reading() as connection:
        every = connection.execute(sa.select(EventRow.id).where(EventRow.org_id == people.WORKSHOP)).scalars().all()
        before = seal.open_all(connection, keyring, people.WORKSHOP, every)
        assert seal.open_all(connection, keyring, people.WORKSHOP, []) == {}
        assert before[event] == seal.open_sealed(connection, keyring, org_id=people.WORKSHOP, event_id=event)
    spoil(database, "DELETE FROM vault_key WHERE ref IN (SELECT key_ref FROM sealed)")
    with database.reading() as connection:
        assert set(seal.open_all(connection, keyring, people.WORKSHOP, every)) == {event} < set(before)
    assert private() != []


def test_nothing_is_sealed_under_a_key_that_is_gone(database):
    """Better no event than one whose private half nobody can ever open."""
    with pytest.raises(Damaged):
        database.transact(
            lambda tx: seal.put(tx, org_id=people.WORKSHOP, event_id="e", key_ref="gone", private=b"{}")
        )
