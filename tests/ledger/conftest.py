"""What tests of the record share: the application's kinds and those of the tests' own history."""

from __future__ import annotations

import pytest

from tests.ledger import history


@pytest.fixture(scope="session")
def kinds(registry):
    """Everything that can happen, and what the tests make happen beside."""
    return {**registry, **history.KINDS}
