"""A restored old copy goes on: what it lacks is recorded, lost numbers are void, its log has a new name (I38, T33)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from remanu.config import for_tests
from remanu.db import connect
from remanu.errors import IssuingHalted
from remanu.keys import open_keyring
from remanu.ledger import checkpoint, fork, notes
from remanu.parts.events import Cited
from remanu.release import actions, queries
from remanu.rules import canonical as jcs
from tests.accounts.place import Place, founded
from tests.release import desk as desks

ALONE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def _correct(desk) -> str:
    """One more certificate, which takes the next number."""
    paper = desk.paper()
    longer = {"claim_class": paper.claim_class, "warranty_days": paper.warranty_days + 1}
    done = desk.act("certifying_staff", "supersede", paper.id, reason="warranty-corrected", **longer)
    actions.settle(desk.place.database)
    return done.body.issue.record.number


def _numbers(desk) -> list[tuple[str, str]]:
    return [(row.number, row.state) for row in desk.place.ask(queries.issued, desk.place.org_id)]


@pytest.fixture
def desk(database, config, storage):
    """A workshop that issued its first certificate."""
    desk = desks.opened(founded(database, config))
    photo = storage.put(b"photo" * 99)
    desk.yard.photo = Cited(digest=photo, media_type="image/jpeg", size=495, shows="plate")
    desk.until("RELEASED")
    actions.settle(database)
    return desk


@pytest.fixture
def made(run, tmp_path, desk):
    """A back-up from that moment; two more certificates were issued afterwards."""
    said = run("backup", "create", "--into", tmp_path / "copies", "--json")
    assert said.code == 0, said.err
    assert [_correct(desk), _correct(desk)] == ["RC-000002", "RC-000003"]
    return Path(said.json["backup"])


@pytest.fixture
def there(run, made, empty):
    """The same commands in the folder to which the old copy is brought back."""
    folder, url = empty

    def there(*words: str, **more):
        return run(*words, folder=folder, REMANU_DATABASE_URL=url, **more)

    return there


@pytest.fixture
def restored(there, made, empty, desk, config):
    """The workshop as it is in the copy, whose keys know what was signed."""
    folder, url = empty
    for name in ("log.head", "numbers"):
        shutil.copyfile(config.keys_dir / name, folder / "keys" / name)
    assert there("backup", "restore", made).code == 1
    here = for_tests(folder, **({"database_url": url} if url else {}))
    opened = connect(here, clock=desk.place.database.clock, keyring=open_keyring(folder / "keys"))
    desk.yard.place = Place(opened, desk.place.org_id, here)
    yield desk
    opened.close()


def test_lost_numbers_are_void_and_never_taken_again(there, restored, keyring, config):
    """Of 1, 2 and 3 the copy knows 1: nothing is issued until 2 and 3 are void; then 4 follows, and all is whole."""
    with pytest.raises(IssuingHalted):
        _correct(restored)
    assert there("issuing", "resume", answer="n\n").code == 1
    assert _numbers(restored) == [("RC-000001", "ISSUED")]

    said = there("issuing", "resume", "--yes", "--json")
    assert said.code == 0, said.err
    assert said.json["void"] == {"Workshop One": ["RC-000002", "RC-000003"]}
    assert _correct(restored) == "RC-000004"
    assert _numbers(restored) == [
        ("RC-000004", "ISSUED"),
        ("RC-000003", "VOID"),
        ("RC-000002", "VOID"),
        ("RC-000001", "SUPERSEDED"),
    ]
    for check in (("verify",), ("rebuild", "--check"), ("rebuild",), ("verify",)):
        assert there(*check).code == 0, there(*check)
    _the_record_says_it(restored)
    _the_log_has_another_name(
        restored, former=notes.parse(fork.head(keyring)).checkpoint, origin=config.log_origin
    )


def _the_record_says_it(restored):
    """The event names what was signed, what is here, and what is void."""
    (event,) = restored.place.ask(queries.restored, restored.place.org_id)
    body = jcs.decode(event.canonical)["body"]
    assert (body["numbers"], body["first"], body["last"]) == (["RC-000002", "RC-000003"], 2, 3)
    assert body["signed"] > body["here"]


def _the_log_has_another_name(restored, *, former, origin):
    """Nobody can take one history for the other; a copy from before is old, and would get a third name."""
    database = restored.place.database
    note = fork.head(database.keyring)
    head = notes.parse(note).checkpoint
    key = database.keyring.log_key().public_key().public_bytes_raw()
    assert (former.origin, head.origin) == (origin, f"{origin}/2")
    assert notes.verify(note, {head.origin: key}) == head
    with database.reading() as connection:
        assert checkpoint.latest(connection).size == head.size
        assert fork.after(connection, head, log_id="main", origin=origin).log == f"{origin}/3"


@ALONE
def test_without_the_list_beside_the_keys_the_operator_says_it(there, restored, empty):
    """2 until the last number is named, and where it is none."""
    (empty[0] / "keys" / "numbers").unlink()
    for said in ((), ("--last", "x"), ("--last", "20000"), ("--last", "Elsewhere=3")):
        refused = there("issuing", "resume", "--yes", *said)
        assert (refused.code, "last" in refused.err or "organisation" in refused.err) == (2, True), said
    said = there("issuing", "resume", "--yes", "--last", "Workshop One=RC-000005", "--json")
    assert said.json["void"]["Workshop One"] == [f"RC-00000{no}" for no in range(2, 6)]
    assert there("verify").code == 0


@ALONE
def test_a_checkpoint_kept_elsewhere_is_enough(run, there, made, empty, keyring, tmp_path):
    """The keys know nothing: the note tells the age, the command ends with 1, and the operator says the number."""
    note = tmp_path / "newest"
    note.write_text(fork.head(keyring))
    for name in ("log.head", "numbers"):
        (empty[0] / "keys" / name).unlink(missing_ok=True)
    said = there("backup", "restore", made, "--seen", note, "--json")
    assert (said.code, said.json["whole"]) == (1, True)
    assert "older than its last checkpoint" in said.json["old"]
    said = there("issuing", "resume", "--yes", "--seen", note, "--last", "3", "--json")
    assert said.json["log"].endswith("/2")
    assert there("verify").code == 0


@ALONE
def test_numbers_alone_tell_of_a_loss(there, made, empty):
    """No head and no note: whoever knows of a later number says so; one that is here already is no loss."""
    for name in ("log.head", "numbers"):
        (empty[0] / "keys" / name).unlink(missing_ok=True)
    assert there("backup", "restore", made).code == 0
    assert "log" not in there("issuing", "resume", "--last", "1", "--json").json
    assert there("issuing", "resume", "--yes", "--last", "3", "--json").json["log"].endswith("/2")
