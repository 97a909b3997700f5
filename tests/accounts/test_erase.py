"""A person is forgotten: name, login, credentials and sessions; the record stays whole."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from remanu.accounts import actions, events, queries
from remanu.accounts.models import Credential, Person, PersonRef, Session
from remanu.db import sqlite_module
from remanu.errors import BadInput, Conflict, FactorNeeded, Forbidden, NotFound
from remanu.ledger import kinds, record, seal
from remanu.ledger.models import EventRow, Sealed, VaultKey
from remanu.rules import canonical as jcs

SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
CANARY = b"a canary that stood in clear 7d1f"


@pytest.fixture
def ref(place):
    """Somebody with a password, a badge and an open session."""
    one = place.member()
    place.sign_in()
    return one


def forget(place, admin, ref):
    """What the command does: the act, then the files."""
    done = place.do(actions.erase, admin, ref)
    actions.settle(place.database)
    return done


def test_the_name_is_gone(place, admin, ref, keyring):
    """Neither name nor login can be read, and the list has no name."""
    forget(place, admin, ref)
    assert place.ask(queries.name_of, keyring, place.org_id, ref) is None
    listed = {one["ref"]: one for one in place.ask(queries.members, keyring, place.org_id)}
    assert (listed[ref]["name"], listed[ref]["login"], listed[ref]["roles"]) == (None, None, [])


def test_nothing_of_the_person_is_left(place, admin, ref):
    """Person, pseudonym, credentials, key and sessions are deleted."""
    person = place.ask(queries.find_person, place.org_id, ref)
    forget(place, admin, ref)
    for table, column, value in (
        (Person, Person.id, person.id),
        (PersonRef, PersonRef.ref, ref),
        (Credential, Credential.person_id, person.id),
        (Session, Session.person_id, person.id),
        (VaultKey, VaultKey.ref, person.key_ref),
    ):
        assert (
            place.ask(lambda c, t=table, k=column, v=value: c.execute(sa.select(t).where(k == v)).all()) == []
        )


def test_he_cannot_sign_in(place, admin, ref):
    """There is nobody to sign in as."""
    forget(place, admin, ref)
    with pytest.raises(BadInput):
        place.sign_in()


def test_every_event_still_verifies(place, admin, ref):
    """Commitments over what he did are those of before."""
    rows = sa.select(EventRow.canonical, EventRow.commitment).order_by(EventRow.position)
    before = place.ask(lambda c: c.execute(rows).all())
    done = forget(place, admin, ref)
    after = place.ask(lambda c: c.execute(rows).all())
    assert after[: len(before)] == before
    assert all(jcs.commitment(row.canonical) == row.commitment for row in after)
    assert after[-1].commitment == done.commitment


def test_documents_sealed_for_him_are_gone(place, admin, ref, keyring):
    """What only his key opened is deleted with it."""
    key = place.ask(queries.find_person, place.org_id, ref).key_ref
    place.do(seal.put, org_id=place.org_id, event_id="e", key_ref=key, private=b'{"note":"x"}')
    assert place.ask(seal.open_sealed, keyring, org_id=place.org_id, event_id="e") == {"note": "x"}
    forget(place, admin, ref)
    assert place.ask(lambda c: c.execute(sa.select(Sealed)).all()) == []


def test_the_event_names_the_destroyed_key(place, admin, ref):
    """So that a restored back-up can be made to forget again."""
    key = place.ask(queries.find_person, place.org_id, ref).key_ref
    done = forget(place, admin, ref)
    assert (done.body.keys, done.body.kept) == ((key,), ())


def test_a_restored_name_is_forgotten_again(place, admin, ref, keyring):
    """Applying the event once more after a restore takes the name that the back-up brought."""
    tables = (VaultKey, Person, PersonRef, Credential)
    kept = {
        t: place.ask(lambda c, t=t: [dict(r) for r in c.execute(sa.select(t.__table__)).mappings()])
        for t in tables
    }
    done = forget(place, admin, ref)
    for table, rows in kept.items():
        here = place.ask(lambda c, t=table: set(c.execute(sa.select(*t.__table__.primary_key)).all()))
        lost = [r for r in rows if tuple(r[k.name] for k in table.__table__.primary_key) not in here]
        place.do(lambda tx, t=table, rows=lost: tx.execute(sa.insert(t), rows))
    assert place.ask(queries.name_of, keyring, place.org_id, ref) == "Name of clerk"
    place.do(events.ERASE.apply, done)
    assert place.ask(queries.name_of, keyring, place.org_id, ref) is None


def test_another_organisation_keeps_its_member(place, admin, other, keyring):
    """A person who also works elsewhere is forgotten here alone; his documents here are gone."""
    ref = place.member()
    person = place.ask(queries.find_person, place.org_id, ref)
    far = other.do(
        lambda tx: actions.members.join(
            record.begin(tx, other.system, "accounts.join"), person.id, roles=("technician",)
        )
    )
    for org_id in (place.org_id, other.org_id):
        place.do(seal.put, org_id=org_id, event_id="e", key_ref=person.key_ref, private=b"{}")
    done = forget(place, admin, ref)
    assert (done.body.keys, done.body.kept) == ((), (person.key_ref,))
    assert place.ask(queries.name_of, keyring, place.org_id, ref) is None
    assert place.ask(queries.name_of, keyring, other.org_id, far) == "Name of clerk"
    assert place.ask(lambda c: c.execute(sa.select(Sealed.org_id)).scalars().all()) == [other.org_id]


def files(place) -> bytes:
    """All bytes of the database file and its write-ahead log."""
    folder = Path(place.config.dir)
    return b"".join(path.read_bytes() for path in folder.glob("remanu.sqlite3*"))


@SQLITE
def test_the_files_hold_neither_name_nor_what_the_key_opened(place, admin, ref):
    """Name, login, sealed name and wrapped key are found in no byte of the database and its log."""
    person = place.ask(queries.find_person, place.org_id, ref)
    wrapped = place.ask(
        lambda c: c.execute(sa.select(VaultKey.wrapped).where(VaultKey.ref == person.key_ref)).scalar()
    )
    before = files(place)
    assert person.sealed_name in before
    assert wrapped in before
    forget(place, admin, ref)
    after = files(place)
    for trace in (b"Name of clerk", person.sealed_name, wrapped, bytes(person.login_digest)):
        assert trace not in after


@SQLITE
def test_the_name_never_stood_there_in_clear(place, ref):
    """Even before erasing, no byte tells the name; a canary stored in clear is found by the same search."""
    place.do(lambda tx: tx.execute(sa.insert(VaultKey).values(ref="canary", wrapped=CANARY)))
    found = files(place)
    assert CANARY in found
    assert b"Name of clerk" not in found


@SQLITE
def test_a_deleted_canary_leaves_the_files_too(place, admin, ref):
    """What was stored in clear and deleted goes with the same emptying of the log; without it, it stays."""
    place.do(lambda tx: tx.execute(sa.insert(VaultKey).values(ref="canary", wrapped=CANARY)))
    place.do(seal.destroy, "canary")
    assert CANARY in files(place)
    forget(place, admin, ref)
    assert CANARY not in files(place)


@SQLITE
def test_a_backup_made_afterwards_does_not_know_him(place, admin, ref, tmp_path):
    """A copy of the store made after erasing holds nothing of him."""
    person = place.ask(queries.find_person, place.org_id, ref)
    forget(place, admin, ref)
    target = tmp_path / "copy.sqlite3"
    sqlite = sqlite_module()
    source, copy = sqlite.connect(place.config.dir / "remanu.sqlite3"), sqlite.connect(target)
    with closing(source), closing(copy):
        source.backup(copy)
    assert person.sealed_name not in target.read_bytes()


def test_not_by_a_technician(place, ref):
    """Erasing is the administrator's."""
    with pytest.raises(Forbidden):
        place.do(actions.erase, place.actor(place.member("b")), ref)


def test_not_oneself(place, admin):
    """Nobody erases himself; another administrator or the operator does."""
    with pytest.raises(Forbidden):
        place.do(actions.erase, admin, admin.ref)


def test_it_wants_a_fresh_factor(place, admin, ref):
    """What cannot be undone is confirmed."""
    with pytest.raises(FactorNeeded):
        place.do(actions.erase, replace(admin, fresh_until=None), ref)


def test_not_twice(place, admin, ref):
    """The second is told."""
    forget(place, admin, ref)
    with pytest.raises(Conflict):
        place.do(actions.erase, admin, ref)


def test_not_of_another_organisation(place, admin, other):
    """Members elsewhere do not exist here."""
    with pytest.raises(NotFound):
        place.do(actions.erase, admin, other.member("far"))


def test_the_login_is_free_again(place, admin, ref):
    """Somebody else may have the login, as another person."""
    forget(place, admin, ref)
    again = place.member()
    assert place.ask(queries.person_of, place.org_id, again) != ref


def test_the_registry_reads_the_event(place, admin, ref):
    """An erasure is an event like any other."""
    forget(place, admin, ref)
    last = place.ask(
        lambda c: c.execute(
            sa.select(EventRow.canonical).order_by(EventRow.position.desc()).limit(1)
        ).scalar()
    )
    assert kinds.read(kinds.registry(events.KINDS), last).kind == "accounts.erase"
