"""Reference data of one organisation, and its pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import application
from tests.accounts.place import WORKSHOP, founded
from tests.intake.conftest import Hall
from tests.intake.desk import Desk


@pytest.fixture
def hall(database, registry):
    """The workshop, empty."""
    return Hall(database, registry)


@pytest.fixture
def place(database, config):
    """Workshop One with members who can sign in."""
    return founded(database, config)


@pytest.fixture
def web(place):
    """The whole application over the test's store."""
    return application.site(place.config, place.database)


@pytest.fixture
def desk(place, web):
    """Its browsers."""
    return Desk(place, web)


@pytest.fixture
def other(database, config, web):
    """The browsers of another organisation in the same store."""
    return Desk(founded(database, config, replace(WORKSHOP, name_en="Workshop Two")), web)
