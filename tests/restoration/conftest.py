"""A workshop with its people, and an engine in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.accounts.place import WORKSHOP, founded
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
