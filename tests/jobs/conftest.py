"""A place for jobs to run in."""

from __future__ import annotations

import pytest

from remanu.config import for_tests
from remanu.jobs.worker import Place
from remanu.storage import Folder


@pytest.fixture
def place(database, tmp_path):
    """The installation as a job sees it, its clock standing still."""
    config = for_tests(tmp_path, database_url=database.write_engine.url.render_as_string(hide_password=False))
    return Place(config=config, database=database, storage=Folder(tmp_path / "evidence"))
