"""A workshop with its people, and an engine in it; and its pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import application
from tests.accounts.place import PASSWORD, WORKSHOP, founded
from tests.restoration import story


@pytest.fixture
def place(database, config):
    """Workshop One."""
    return founded(database, config)


@pytest.fixture
def yard(place):
    """Its people and instruments; the engine comes when a test asks how far."""
    return story.staffed(place)


@pytest.fixture
def outsider(database, config):
    """A member of another organisation who holds every role of a workshop."""
    other = founded(database, config, replace(WORKSHOP, name_en="Workshop Two"))
    return other.actor(other.member("outsider", *story.ROLES))


@pytest.fixture
def enter(config, database):
    """A way in: `enter(role)` is the browser of the person with this role."""
    app = application.site(config, database)
    app.config["PREFERRED_URL_SCHEME"] = "https"

    def browser(login: str):
        client = app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        assert client.post("/sign-in", data={"login": login, "password": PASSWORD}).status_code == 303
        return client

    return browser
