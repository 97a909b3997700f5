"""A workshop with a released engine on both engines of the store."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from remanu import app as applied
from remanu.jobs.models import Job
from remanu.jobs.worker import Place, Worker
from remanu.labelling import actions
from remanu.storage import Folder
from remanu.web import context
from tests import application
from tests.accounts import site
from tests.accounts.place import PASSWORD, founded
from tests.labelling.place import released
from tests.labelling.press import PRINTER, Press


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


@pytest.fixture
def web(config, database, place):
    """The application over the test's store."""
    return application.site(config, database)


@pytest.fixture
def sign_in(web, place):
    """Opens a browser for a member with these roles."""

    def opened(*roles):
        login = "-".join(roles)
        place.member(login, *roles)
        client = site.browser(web)
        client.post("/sign-in", data={"login": login, "password": PASSWORD})
        return client

    return opened


@pytest.fixture
def officer(sign_in):
    """The label officer's browser."""
    return sign_in("label_officer")


@pytest.fixture
def press():
    """A printer on this machine."""
    with Press() as one:
        yield one


@pytest.fixture
def allowed(web, config, database, press):
    """The settings of an installation whose operator allows it."""
    settings = replace(config, printers={"zebra": press.address})
    context.install(web, applied.installation(settings, database))
    return settings


@pytest.fixture
def work(allowed, database):
    """Runs every job that waits, as the worker does."""

    def done() -> None:
        worker = Worker(
            Place(allowed, database, Folder(allowed.evidence_dir)),
            handlers=applied.JOBS,
            upkeep=(),
            daily=(),
        )
        with database.reading() as connection:
            waiting = list(
                connection.execute(
                    sa.select(Job.id).where(Job.kind == actions.JOB, Job.state == "waiting")
                ).scalars()
            )
        for one in waiting:
            worker.run(one)
        worker.queue.close()

    return done


@pytest.fixture
def printer(allowed, officer, press):
    """The printer's id, entered on its page."""
    answer = officer.post("/printers/add_printer", data={"key": "k", **PRINTER, "outlet": "zebra"})
    assert answer.status_code == 303, answer.text
    return answer.location.rpartition("/")[2]


@pytest.fixture
def three(bench):
    """Three reserved labels of the engine."""
    return [bench.reserve(placement=one) for one in ("part", "packing", "document")]
