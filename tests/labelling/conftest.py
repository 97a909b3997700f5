"""A workshop with a released engine on both engines of the store."""

from __future__ import annotations

import pytest

from tests.accounts.place import founded
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
