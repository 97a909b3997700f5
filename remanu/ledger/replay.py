"""Doing events over again: the same effects, from the record alone, in an empty store or in place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

import sqlalchemy as sa

from remanu.clock import parse_stamp
from remanu.db import Base, Database, Tx, sqlite_module
from remanu.ids import Ids
from remanu.ledger.kinds import Recorded, Registry

_START = parse_stamp("2000-01-01T00:00:00.000000Z")  # replaced by each event's own moment


def views() -> list[sa.Table]:
    """The tables that are drawn from events, each after those it refers to."""
    return [table for table in Base.metadata.sorted_tables if table.info.get("class") == "view"]


@contextmanager
def scratch(database: Database) -> Iterator[Tx]:
    """An empty store that nobody else sees; large ones spill to a file that is gone with it."""
    with _engine().connect() as connection:
        # References are the store's business; here one damaged event must not bring down those after it.
        for pragma in ("foreign_keys=OFF", "journal_mode=MEMORY", "synchronous=OFF"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        connection.exec_driver_sql("BEGIN")
        Base.metadata.create_all(connection, checkfirst=False)
        yield Tx(connection, _START, Ids(), database.keyring, database.label_origin)


@cache
def _engine() -> sa.Engine:
    """Each connection is a store of its own; what an effect does is compiled once a process, not once a check."""
    module = sqlite_module()
    return sa.create_engine(
        "sqlite://",
        module=module,
        creator=lambda: module.connect("", isolation_level=None, check_same_thread=False),
        poolclass=sa.pool.NullPool,
    )


def again(tx: Tx, registry: Registry, event: Recorded[Any]) -> None:
    """Apply an event as it was applied then. Reactions are not run: what they did is recorded in events of its own."""
    registry[event.kind].apply(replace(tx, now=event.recorded_at, reactions={}), event)
