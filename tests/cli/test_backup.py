"""Back-ups: made online, verified by their list, restored; an old copy knows that it is old."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from remanu import backup
from remanu.accounts import queries
from remanu.clock import SystemClock
from remanu.config import for_tests
from remanu.db import connect
from remanu.errors import Damaged
from remanu.ledger import checkpoint
from remanu.parts import actions as parts
from remanu.parts import events
from tests import people
from tests.accounts.place import founded
from tests.builders import make_item
from tests.ledger import processes


@pytest.fixture
def filled(database, storage):
    """An installation with a member, a part and a photograph that an event cites."""
    place = founded(database, None)
    place.member("ada")
    item = database.transact(make_item)
    shown = events.Cited(digest=storage.put(b"photo" * 99), media_type="image/jpeg", size=495, shows="plate")
    place.do(parts.attach, people.TECHNICIAN, item.subject.id, evidence=(shown,))
    checkpoint.advance(database)
    return place


@pytest.fixture
def made(run, tmp_path, filled):
    """A back-up of it."""
    said = run("backup", "create", "--into", tmp_path / "copies", "--json")
    assert said.code == 0, said.err
    return Path(said.json["backup"])


def _restore(run, made, empty, *words):
    folder, url = empty
    return run("backup", "restore", made, "--json", *words, folder=folder, REMANU_DATABASE_URL=url)


def _opened(empty, keyring):
    folder, url = empty
    config = for_tests(folder, **({"database_url": url} if url else {}))
    return connect(config, clock=SystemClock(), keyring=keyring)


def test_a_whole_back_up(run, made):
    """Store, files, list and signature are there, and agree."""
    assert run("backup", "verify", made, "--json").json == {"whole": True, "problems": []}
    assert [path for path in (made / "evidence").rglob("*") if path.is_file()]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "name", ["database.sqlite3", "evidence.txt", "manifest.json", "manifest.sig", "evidence"]
)
def test_a_flipped_bit_in_it_is_named(run, made, name):
    """1, and which file."""
    path = (
        next(one for one in sorted((made / name).rglob("*")) if one.is_file())
        if name == "evidence"
        else made / name
    )
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    said = run("backup", "verify", made, "--json")
    assert said.code == 1
    assert said.json["problems"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_anothers_back_up_is_named(run, made, tmp_path):
    """A list signed by another installation's key does not pass for ours."""
    assert run("db", "upgrade", folder=tmp_path / "other").code == 0
    said = run("backup", "verify", made, folder=tmp_path / "other")
    assert (said.code, "another installation" in said.out) == (1, True)
    assert run("backup", "verify", made).code == 0


def test_it_is_restored_whole(run, made, empty, keyring):
    """Record, files and names are back, and the log signs on from where it was."""
    said = _restore(run, made, empty)
    assert (said.code, said.json["whole"], said.json["old"]) == (0, True, None), said
    restored = _opened(empty, keyring)
    try:
        with restored.reading() as connection:
            house = queries.organisation_meant(connection, None)
            names = {one["name"] for one in queries.members(connection, keyring, house.org_id)}
        assert names == {"Name of ada"}
        restored.transact(make_item)
        assert checkpoint.advance(restored).size > 0
    finally:
        restored.close()


def test_writing_goes_on_meanwhile(run, config, database, storage, tmp_path, filled, empty):
    """A back-up made while somebody writes is whole, and holds what was acknowledged before it began."""
    with processes.start(config, "honest", 10_000) as writer:
        before = [writer.stdout.readline().strip() for _ in range(5)]
        said = run("backup", "create", "--into", tmp_path / "copies", "--json")
        writer.kill()
        writer.stdout.read()
    restored = _restore(run, said.json["backup"], empty)
    assert (restored.code, restored.json["whole"]) == (0, True)
    assert restored.json["counted"]["events"] >= len(before)


def test_an_old_copy_knows_that_it_is_old(run, database, made, empty, config, keyring):
    """Its log signs nothing, and it says how far it is behind and what to do (trust.md T33)."""
    database.transact(lambda tx: [make_item(tx), make_item(tx)])
    signed = checkpoint.advance(database).size
    shutil.copyfile(config.keys_dir / "log.head", empty[0] / "keys" / "log.head")
    said = _restore(run, made, empty)
    assert (said.code, said.json["whole"]) == (1, False)
    assert f"{signed} entries were signed, {signed - 2} are here" in said.json["old"]
    assert "must not sign another history" in said.json["old"]
    old = _opened(empty, keyring.__class__(keyring.master, keyring.log_seed, empty[0] / "keys"))
    try:
        old.transact(make_item)
        with pytest.raises(Damaged, match="older than its last checkpoint"):
            checkpoint.advance(old)
    finally:
        old.close()


def test_a_checkpoint_kept_elsewhere_tells_the_age_too(run, database, made, empty, tmp_path):
    """Keys that were copied long ago know nothing; the newest note does."""
    database.transact(make_item)
    note = tmp_path / "newest"
    note.write_text(checkpoint.advance(database).note)
    (empty[0] / "keys" / "log.head").unlink()
    said = _restore(run, made, empty, "--seen", note)
    assert "older than its last checkpoint" in said.json["old"]


def test_who_was_erased_since_stays_erased(run, database, made, empty, config, keyring):
    """The list beside the keys is gone over again, so that an old copy brings no name back (trust.md §7)."""
    assert run("person", "erase", "ada", "--yes").code == 0
    for name in ("erasures", "log.head"):
        shutil.copyfile(config.keys_dir / name, empty[0] / "keys" / name)
    said = _restore(run, made, empty)
    assert said.json["erased_again"] == 1
    restored = _opened(empty, keyring)
    try:
        with restored.reading() as connection:
            house = queries.organisation_meant(connection, None)
            assert [one["name"] for one in queries.members(connection, keyring, house.org_id)] == [None]
    finally:
        restored.close()


def test_nothing_is_restored_over_a_store(run, made):
    """2, and the store stays as it was."""
    said = run("backup", "restore", made)
    assert said.code == 2
    assert run("verify").code == 0


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_broken_back_up_is_not_restored(run, made, empty):
    """2, and nothing is written."""
    (made / "database.sqlite3").write_bytes(b"")
    assert _restore(run, made, empty).code == 2
    assert [path.name for path in empty[0].iterdir()] == ["keys"]


def test_the_keys_are_apart(made, database, keyring):
    """The copy of the store opens no name without the file beside it."""
    store = (made / backup._FILES[database.write_engine.dialect.name]).read_bytes()
    keys = (made / backup.VAULT).read_text()
    assert '"' in keys
    with database.reading() as connection:
        ref = queries.ref_by_login(
            connection, keyring, queries.organisation_meant(connection, None).org_id, "ada"
        )
        person = queries.find_person(connection, queries.organisation_meant(connection, None).org_id, ref)
        wrapped = bytes(connection.exec_driver_sql("SELECT wrapped FROM vault_key").scalars().all()[0])
    assert person.key_ref in keys
    assert wrapped not in store
