"""A workshop with its people and instruments, the whole application, and a visitor for each role."""

from __future__ import annotations

import pytest

from remanu.accounts.actions import hashed
from remanu.demo import seed
from tests import application
from tests.journeys.forms import Visitor

PASSWORD = "harbour bolt seven ledge"


@pytest.fixture(scope="session")
def browser(launch):
    """The one that most journeys share."""
    opened = launch()
    yield opened
    opened.close()


@pytest.fixture
def crew(database):
    """Harbour Renewal Works: one person a role, instruments in calibration, editions in force."""
    # A running clock stands between whole seconds; whoever needs whole ones must be found out here.
    database.clock.advance(microseconds=417_203)
    secret = hashed(PASSWORD, login="workshop", cost="cheap")
    made, _ = database.transact(lambda tx: seed.found(tx, secret))
    database.transact(lambda tx: seed.equip(tx, made))
    return made


@pytest.fixture
def site(config, database, crew):
    """The whole application over the test's store."""
    return application.site(config, database)


@pytest.fixture
def visitor(site):
    """Somebody's browser: signed in as the role that is named, nobody's for an empty name."""

    def make(role: str = "") -> Visitor:
        client = site.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        one = Visitor(client)
        return one.sign_in(role, PASSWORD) if role else one

    known: dict[str, Visitor] = {}
    return lambda role="": known.setdefault(role, make(role))
