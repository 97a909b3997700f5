"""The four organisations of these tests, told as far as a test asks."""

from __future__ import annotations

import pytest

from tests.certification import story


@pytest.fixture
def begin(database):
    """The organisations alone."""
    return story.began(database)


@pytest.fixture
def told(database):
    """A way to have the story up to a step."""
    return lambda last: story.told(database, last)


@pytest.fixture
def granted(database):
    """A certificate for two models, issued today."""
    return story.told(database, "granted")
