"""A workshop with two released engines, one of which can sit in the other, and a neighbour with a part of its own."""

from __future__ import annotations

import pytest

from tests.exchange import fleet


@pytest.fixture
def yard(database, config):
    """Two released engines of one workshop: the part, and the assembly that it comes into."""
    return fleet.told(database, config)


@pytest.fixture
def neighbour(database, config):
    """Another organisation on the same installation."""
    return fleet.neighbour(database, config)
