"""An engine and its papers, told as far as a test wants it."""

from __future__ import annotations

import pytest

from remanu.bench.engine import begin_engine, workshop
from remanu.bench.papers import Papers
from remanu.ledger import checkpoint
from remanu.provenance import queries
from tests.provenance import site


class Told:
    """One engine, and what everybody may know of it."""

    def __init__(self, database):
        self.database = database
        self.engine = begin_engine(database, workshop(database))
        self.papers = Papers(self.engine)
        self.code = self.engine.code

    def tested(self, components=3):
        """The engine up to its passed test."""
        self.engine.receive(private={"owner": "CANARY-OWNER", "price": "CANARY-PRICE"})
        self.engine.take_apart(components)
        self.engine.inspect()
        self.engine.restore()
        self.engine.replace(list(self.engine.pieces)[-1])
        self.engine.try_out()
        return self

    def released(self, components=3):
        """The engine with a certificate."""
        self.tested(components)
        self.papers.submit()
        self.papers.release()
        return self

    def labelled(self, components=3):
        """The engine with a label that was read back; `label` is its code."""
        self.released(components)
        self.label = self.papers.reserve()
        self.papers.print(self.label)
        self.papers.hang(self.label)
        return self

    def sign(self):
        """Everything so far goes under a checkpoint."""
        return checkpoint.advance(self.database)

    def known(self):
        """What everybody may know now."""
        key = self.database.keyring.log_key().public_key().public_bytes_raw()
        with self.database.reading() as connection:
            found = queries.find(connection, self.code)
            return queries.known(connection, found, key=key, at=self.database.clock.now())


@pytest.fixture
def told(database):
    """An engine that was announced."""
    return Told(database)


@pytest.fixture
def stranger(config, database):
    """Somebody who scans a label."""
    return site.browser(config, database)
