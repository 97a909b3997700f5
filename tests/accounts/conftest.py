"""An organisation with its administrator, another beside it, and a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.accounts import site
from tests.accounts.place import PASSWORD, WORKSHOP, founded


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
    """The pages over the test's store."""
    return site.build(place.config, place.database)


@pytest.fixture
def browser(web):
    """A browser that nobody is signed in on."""
    return site.browser(web)


@pytest.fixture
def clerk(place, browser):
    """A technician's browser, signed in; the pseudonym stands beside it as `ref`."""
    browser.ref = place.member()
    browser.post("/sign-in", data={"login": "clerk", "password": PASSWORD})
    return browser


@pytest.fixture
def boss(place, web):
    """An administrator's browser, signed in."""
    one = site.browser(web)
    one.ref = place.member("boss", "admin")
    one.post("/sign-in", data={"login": "boss", "password": PASSWORD})
    return one
