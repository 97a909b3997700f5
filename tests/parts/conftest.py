"""A workshop with one person a role, another organisation beside it, and browsers for both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import application
from tests.accounts.place import WORKSHOP, founded
from tests.parts.hall import Hall


@pytest.fixture
def place(database, config):
    """Workshop One."""
    return founded(database, config)


@pytest.fixture
def hall(place):
    """Its people and parts."""
    return Hall(place)


@pytest.fixture
def other(database, config):
    """Another organisation's people and parts in the same store."""
    return Hall(founded(database, config, replace(WORKSHOP, name_en="Workshop Two")))


@pytest.fixture
def web(place):
    """The whole application over the test's store."""
    return application.site(place.config, place.database)


@pytest.fixture
def quality(hall, web):
    """A browser of quality."""
    return hall.browser(web, "quality")


@pytest.fixture
def technician(hall, web):
    """A technician's browser."""
    return hall.browser(web, "technician")


@pytest.fixture
def inspector(hall, web):
    """A core inspector's browser."""
    return hall.browser(web, "core_inspector")


@pytest.fixture
def logistics(hall, web):
    """A browser of logistics."""
    return hall.browser(web, "logistics")
