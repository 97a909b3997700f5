"""A workshop with an authorised certifier, and a browser for each of two people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.accounts.place import WORKSHOP, founded
from tests.release import desk as desks
from tests.release import site
from tests.restoration import story


@pytest.fixture
def place(database, config):
    """Workshop One."""
    return founded(database, config)


@pytest.fixture
def desk(place):
    """Its certifier's desk; the engine comes when a test asks how far."""
    return desks.opened(place)


@pytest.fixture
def outsider(database, config):
    """A member of another organisation who holds every role of a workshop."""
    other = founded(database, config, replace(WORKSHOP, name_en="Workshop Two"))
    return other.actor(other.member("outsider", *story.ROLES))


@pytest.fixture
def web(desk):
    """The application over the desk's store."""
    return site.build(desk)


@pytest.fixture
def certifier(web):
    """The certifier's browser."""
    return site.browser(web, "certifying_staff")


@pytest.fixture
def quality(web):
    """Quality's browser."""
    return site.browser(web, "quality")
