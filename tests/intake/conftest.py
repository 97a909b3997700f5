"""A short way to do, to ask and to look at what an act left behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
import sqlalchemy as sa

from remanu.db import Database
from remanu.ledger import rebuild
from remanu.ledger.models import EventRow
from remanu.parts import queries as parts
from tests import application, people
from tests.accounts.place import WORKSHOP, founded
from tests.intake.desk import Desk


@dataclass(slots=True)
class Hall:
    """The workshop of the tests: one store, and what stands in it."""

    database: Database
    registry: Any

    def do(self, work, *args, **values):
        """Run an act, or a step of the story, in a unit of work of its own."""
        return self.database.transact(lambda tx: work(tx, *args, **values))

    def ask(self, query, *args, **values):
        """Ask on a reading connection."""
        with self.database.reading() as connection:
            return query(connection, *args, **values)

    def case(self, case_id: str):
        """The case as it stands."""
        return self.ask(parts.find_case, people.WORKSHOP, case_id)

    def events(self) -> int:
        """How many events there are."""
        return self.ask(lambda connection: connection.execute(sa.select(sa.func.count(EventRow.id))).scalar())

    def kinds(self, case_id: str) -> list[str]:
        """What was recorded of the case's item, in order."""
        item = self.case(case_id).item.id
        chosen = sa.select(EventRow.kind).where(EventRow.subject_id == item).order_by(EventRow.seq)
        return self.ask(lambda connection: list(connection.execute(chosen).scalars()))

    def holds(self) -> bool:
        """Whether the views are what the events say."""
        return not rebuild.check(self.database, self.registry).problems


@pytest.fixture
def hall(database, registry):
    """The workshop, empty."""
    return Hall(database, registry)


@pytest.fixture
def place(database, config):
    """Workshop One with members who can sign in."""
    return founded(database, config)


@pytest.fixture
def web(place):
    """The whole application over the test's store."""
    return application.site(place.config, place.database)


@pytest.fixture
def desk(place, web):
    """Its browsers."""
    return Desk(place, web)


@pytest.fixture
def other(database, config, web):
    """The browsers of another organisation in the same store."""
    return Desk(founded(database, config, replace(WORKSHOP, name_en="Workshop Two")), web)
