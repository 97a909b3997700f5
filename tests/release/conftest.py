"""A workshop with an authorised certifier, and a browser for each of two people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner

from remanu.cli import main
from tests.accounts.place import PASSWORD, WORKSHOP, founded
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


@pytest.fixture
def run(desk, config):
    """The command, as an operator types it."""
    environment = {
        "REMANU_DATABASE_URL": "" if config.database_url.startswith("sqlite") else config.database_url,
        "REMANU_LABEL_ORIGIN": config.label_origin,
        "REMANU_LOG_ORIGIN": config.log_origin,
        "REMANU_SECRET": config.secret,
        "REMANU_PASSWORD_COST": "cheap",
    }

    def run(*words: str, typed: str = f"{PASSWORD}\n"):
        return CliRunner().invoke(main, [*words, "--dir", str(config.dir)], input=typed, env=environment)

    return run
