"""The first administrator, and a person who is forgotten."""

from __future__ import annotations

import pytest

from remanu.accounts import queries
from tests.accounts.place import WORKSHOP, founded

HOUSE = (
    "admin",
    "first",
    *("--organisation", WORKSHOP.name_en, "--country", "xa", "--zone", "Asia/Shanghai"),
    *("--login", "boss", "--name", "Bo Ss"),
)


def test_the_first_administrator(run, config):
    """The link opens the organisation, once; asking again is refused."""
    said = run(*HOUSE, "--json")
    assert said.code == 0, said.err
    assert said.json["link"].startswith(f"{config.label_origin}/invitations/")
    again = run(*HOUSE)
    assert (again.code, "administrator-exists" in again.err) == (2, True)


def test_a_country_that_is_none(run, database):
    """2, and nothing was founded."""
    said = run(*[word if word != "xa" else "x1" for word in HOUSE])
    assert said.code == 2
    assert "country" in said.err
    with database.reading() as connection:
        assert queries.organisation_named(connection, WORKSHOP.name_en) is None


def test_a_person_is_forgotten(run, database, keyring):
    """The name is found nowhere, the record stays whole, and the list beside the keys knows."""
    place = founded(database, None)
    ref = place.member("ada")
    said = run("person", "erase", "ada", "--yes", "--json")
    assert (said.code, said.json["ref"]) == (0, ref)
    assert place.ask(queries.name_of, keyring, place.org_id, ref) is None
    assert (keyring.folder / "erasures").read_text().startswith("destroy ")
    assert run("verify").code == 0
    assert run("rebuild", "--check").code == 0
    assert run("person", "erase", "ada", "--yes").code == 2


def test_it_asks_first(run, database, keyring):
    """Without a yes nothing happens."""
    place = founded(database, None)
    ref = place.member("ada")
    assert run("person", "erase", "ada", answer="n\n").code == 1
    assert place.ask(queries.name_of, keyring, place.org_id, ref) == "Name of ada"


@pytest.mark.parametrize("words", [["nobody"], ["ada", "--organisation", "Elsewhere"]])
def test_nobody_by_that_name(run, database, words):
    """2, and nothing changed."""
    founded(database, None).member("ada")
    assert run("person", "erase", *words, "--yes").code == 2
