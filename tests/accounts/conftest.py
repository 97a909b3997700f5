"""An organisation with its administrator, another beside it, and a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.accounts.place import WORKSHOP, founded


@pytest.fixture
def place(database, config):
    """Workshop One."""
    return founded(database, config)


@pytest.fixture
def other(database, config):
    """Another organisation in the same store."""
    return founded(database, config, replace(WORKSHOP, name_en="Workshop Two"))


@pytest.fixture
def admin(place):
    """The administrator of Workshop One."""
    return place.actor(place.member("admin-one", "admin"))


@pytest.fixture
def web(place):
    """The application over the test's store."""
    from remanu import app as application  # noqa: PLC0415 -- tests of actions run without all pages

    return application.create_app(place.config, place.database)


@pytest.fixture
def browser(web):
    """A browser that nobody is signed in on."""
    return web.test_client()
