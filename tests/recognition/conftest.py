"""The office of these tests."""

from __future__ import annotations

import pytest

from tests.recognition import story


@pytest.fixture
def office(database):
    """An office with two stewards and nothing on the desk."""
    return story.began(database)
