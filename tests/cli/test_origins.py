"""The address on printed labels: nothing starts under another one unless the old one still leads here."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.clock import parse_stamp
from remanu.labelling.models import PrintedOrigin

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
OLD, NEW = "https://id.example.test", "https://id.new.test"


@pytest.fixture
def printed(database):
    """A label was printed under the former address."""
    row = {"org_id": "an-organisation", "origin": OLD, "since": parse_stamp("2026-01-01T00:00:00.000000Z")}
    database.transact(lambda tx: tx.execute(sa.insert(PrintedOrigin).values(**row)))


@pytest.mark.usefixtures("printed")
def test_another_address_stops_the_start(run):
    """2, with the setting that would help; `db check` names it too."""
    said = run("serve", "--port", "1", REMANU_LABEL_ORIGIN=NEW)
    assert said.code == 2
    assert "REMANU_LABEL_ALIASES" in said.err
    checked = run("db", "check", "--json", REMANU_LABEL_ORIGIN=NEW)
    assert (checked.code, checked.json["differences"]) == (1, [f"labels say {OLD}, which leads here no more"])


@pytest.mark.usefixtures("printed")
def test_an_alias_lets_it_go_on(run):
    """The former one among the aliases; and nothing is said of the one in use."""
    assert run("db", "check", REMANU_LABEL_ORIGIN=NEW, REMANU_LABEL_ALIASES=OLD).code == 0
    assert run("db", "check", REMANU_LABEL_ORIGIN=OLD).code == 0
