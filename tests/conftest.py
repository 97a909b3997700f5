"""What all tests share: a migrated store on both engines, a clock that stands still, closed sockets."""

from __future__ import annotations

import os
import socket

import pytest
from hypothesis import settings

from remanu.keys import open_keyring
from remanu.storage import Folder
from tests import application, postgres, stores
from tests.browsers import launch

__all__ = ["launch"]

# A gate gives the same answer twice; whoever works on a rule gets new examples with every run.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

# One worker gets a whole file. What takes longest comes first, so that none is left alone with it at the end.
_LONG = (
    *("journeys/test_phone.py", "test_matrix.py", "demo/", "journeys/", "ledger/", "cli/", "restoration/"),
    "test_unwritable.py",
)
_LOCAL = ("127.", "::1", "localhost")
_connect = socket.socket.connect


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Long files first, the others as they were found."""
    items.sort(key=lambda item: _rank(item.nodeid.removeprefix("tests/")))


def _rank(name: str) -> int:
    return next((at for at, start in enumerate(_LONG) if name.startswith(start)), len(_LONG))


def _stay_at_home(self, address):
    if isinstance(address, tuple) and not str(address[0]).startswith(_LOCAL):
        raise AssertionError(f"a test reached for {address[0]}")
    return _connect(self, address)


@pytest.fixture(scope="session", autouse=True)
def _closed_sockets():
    """No test talks to another machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _stay_at_home)
        yield


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """The stores that tests of this process start from."""
    made = stores.Stores(tmp_path_factory.mktemp("prepared"))
    yield made
    made.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request):
    """Which engine the test runs on; a test that needs one alone parametrises this indirectly."""
    return request.param


@pytest.fixture
def config(prepared, engine, tmp_path):
    """The settings of an installation in the test's own folder, its store migrated and empty."""
    try:
        return prepared.config(tmp_path, engine)
    except postgres.NoServer as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {error}")


@pytest.fixture
def keyring(config):
    """The installation's keys."""
    return open_keyring(config.keys_dir)


@pytest.fixture
def database(prepared, config, keyring):
    """The store with its reactions, on both engines, its clock standing at `stores.START`."""
    opened = prepared.open(config, keyring)
    opened.reactions = application.reactions()
    yield opened
    prepared.shut(opened)


@pytest.fixture
def environment(config):
    """The settings of the test's installation, as an operator exports them."""
    return {
        "REMANU_DATABASE_URL": "" if config.database_url.startswith("sqlite") else config.database_url,
        "REMANU_LABEL_ORIGIN": config.label_origin,
        "REMANU_LOG_ORIGIN": config.log_origin,
        "REMANU_SECRET": config.secret,
        "REMANU_PASSWORD_COST": "cheap",
    }


@pytest.fixture
def clock(database):
    """The clock of the store, to be moved by `advance`."""
    return database.clock


@pytest.fixture
def storage(config):
    """Where evidence lies."""
    return Folder(config.evidence_dir)


@pytest.fixture(scope="session")
def seeded(prepared, tmp_path_factory):
    """One world for all tests that knock at every door; what is refused does not change it."""
    from tests.matrix import world  # noqa: PLC0415 -- tests of one feature run while another is being written

    config = prepared.config(tmp_path_factory.mktemp("seeded"), "sqlite")
    database = prepared.open(config, open_keyring(config.keys_dir))
    database.reactions = application.reactions()
    yield world.build(config, database)
    database.close()


@pytest.fixture(scope="session")
def registry():
    """Everything that can happen."""
    return application.registry()
