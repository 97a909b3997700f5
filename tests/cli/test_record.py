"""Tables, verify and rebuild: 0 is whole, 1 is named, 2 could not be done."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
import sqlalchemy as sa

from remanu.parts import queries
from tests.builders import make_item
from tests.ledger.processes import ROOT
from tests.ledger.spoil import spoil


@pytest.fixture
def item(database):
    """A part of the record."""
    done = database.transact(make_item)
    with database.reading() as connection:
        return queries.find_item(connection, done.org_id, done.subject.id)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_upgrade_makes_an_installation(run, tmp_path):
    """Folder, keys and tables come by one command; a second time nothing is to be done."""
    new = tmp_path / "new"
    assert run("db", "upgrade", "--json", folder=new).json["changed"] is True
    assert run("db", "upgrade", "--json", folder=new).json["changed"] is False
    assert {path.name for path in (new / "keys").iterdir()} == {"log.key", "master.key", "secret"}
    assert run("verify", folder=new).code == 0


def test_check_names_a_difference(run, database):
    """0 where tables fit, 1 with the difference."""
    assert run("db", "check").code == 0
    database.transact(lambda tx: tx.execute(sa.text("CREATE INDEX surplus ON item (org_id)")))
    said = run("db", "check", "--json")
    try:
        assert (said.code, said.json["differences"]) == (1, ["remove index: surplus"])
    finally:
        database.transact(lambda tx: tx.execute(sa.text("DROP INDEX surplus")))


@pytest.mark.usefixtures("item")
def test_a_whole_record(run):
    """0, and what was looked at."""
    said = run("verify", "--json")
    assert (said.code, said.json["whole"], said.json["counted"]["events"]) == (0, True, 1)
    assert run("rebuild", "--check").code == 0


def test_a_damaged_record_is_named(run, database, item):
    """1, with table, key, what and why; the one part is named by its own check."""
    spoil(database, "UPDATE event SET actor_ref = 'somebody else'")
    said = run("verify", "--json")
    assert (said.code, said.json["whole"]) == (1, False)
    assert ("event", "actor_ref") in {(one["table"], one["what"]) for one in said.json["problems"]}
    assert "actor_ref" in run("verify").out
    assert run("verify", "--item", item.code).code == 1


def test_one_part(run, item):
    """A part is checked by its public code, as it is typed."""
    said = run("verify", "--json", "--item", f"{item.code[:4]}-{item.code[4:]}".lower())
    assert (said.code, said.json["counted"]) == (0, {"events": 1})


@pytest.mark.parametrize(
    ("code", "named"),
    [("0000000000000", "unknown-code"), ("1234", "not-a-code"), ("123456789ABCD", "check-character")],
)
def test_what_is_no_part_cannot_be_checked(run, code, named):
    """2, and why."""
    said = run("verify", "--item", code)
    assert said.code == 2
    assert named in said.err


def test_views_are_made_again(run, database, item):
    """A spoilt view is named by both checks and gone after `rebuild`."""
    spoil(database, "UPDATE item SET name = 'Golden engine'")
    said = run("rebuild", "--check", "--json")
    assert (said.code, [one["key"] for one in said.json["problems"]]) == (1, [f"{item.org_id} {item.id}"])
    assert run("verify").code == 1
    assert run("rebuild", "--json").json == {"events": 1}
    assert (run("rebuild", "--check").code, run("verify").code) == (0, 0)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("words", ["verify", "rebuild", "rebuild --check", "db check", "serve", "worker"])
def test_no_installation_is_no_traceback(run, tmp_path, words):
    """2 in plain words where there is nothing."""
    said = run(*words.split(), folder=tmp_path / "nowhere")
    assert (said.code, said.out) == (2, "")
    assert "remanu db upgrade" in said.err


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_store_that_is_no_store(run, config):
    """2 where the file cannot be read at all."""
    (config.dir / "remanu.sqlite3").write_bytes(b"no database" * 1000)
    said = run("verify")
    assert said.code == 2
    assert "file is not a database" in said.err


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_an_odd_setting_stops(run):
    """2, and the setting is named."""
    said = run("verify", REMANU_LABEL_ORIGIN="somewhere")
    assert said.code == 2
    assert "REMANU_LABEL_ORIGIN" in said.err


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_as_a_process(config, environment, database):
    """The program itself ends with these codes, and prints nothing but the object."""
    words = [sys.executable, "-m", "remanu.cli", "verify", "--json", "--dir", config.dir]

    def go():
        return subprocess.run(words, cwd=ROOT, env=os.environ | environment, capture_output=True, check=False)

    done = go()
    assert (done.returncode, json.loads(done.stdout)["whole"], done.stderr) == (0, True, b"")
    database.transact(make_item)
    spoil(database, "UPDATE item SET name = 'Golden engine'")
    assert go().returncode == 1
    (config.keys_dir / "master.key").unlink()
    assert go().returncode == 2
