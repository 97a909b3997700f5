"""A workshop with a released engine on both engines of the store."""

from __future__ import annotations

import pytest

from tests import application
from tests.accounts import site
from tests.accounts.place import PASSWORD, founded
from tests.labelling.place import released


@pytest.fixture
def place(database, config):
    """Workshop One."""
    return founded(database, config)


@pytest.fixture
def bench(place):
    """Its label officer's bench with one released engine."""
    return released(place)


@pytest.fixture
def in_process(place):
    """A bench with an engine that is still being worked on."""
    return released(place, state="IN_WORK", serial="E-4712")


@pytest.fixture
def web(config, database, place):
    """The application over the test's store."""
    return application.site(config, database)


@pytest.fixture
def sign_in(web, place):
    """Opens a browser for a member with these roles."""

    def opened(*roles):
        login = "-".join(roles)
        place.member(login, *roles)
        client = site.browser(web)
        client.post("/sign-in", data={"login": login, "password": PASSWORD})
        return client

    return opened


@pytest.fixture
def officer(sign_in):
    """The label officer's browser."""
    return sign_in("label_officer")
