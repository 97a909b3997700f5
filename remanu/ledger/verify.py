"""`remanu verify`: everything that can be computed again is, and what is wrong is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.db import Database, Tx
from remanu.errors import Damaged, NotFound
from remanu.keys import Keyring
from remanu.ledger import fork, raw, replay
from remanu.ledger.checks import chains, events, files, logs, places, vault, views
from remanu.ledger.kinds import Registry
from remanu.ledger.models import EventRow, LogCheckpoint, LogEntry
from remanu.ledger.report import Problem, Report
from remanu.storage import Storage


def verify(database: Database, storage: Storage, registry: Registry, *, origin: str | None = None) -> Report:
    """Check the whole record over one snapshot, while others go on writing.

    Events, chains, logs, heads, vault, evidence files, and views by replay. `origin` is what the settings call
    the log. Damaged when the store cannot be read at all: that is exit code 2, not 1.
    """
    counted: Counter[str] = Counter()
    head = fork.head(database.keyring)
    try:
        with raw.snapshot(database) as connection, replay.scratch(database) as scratch:
            found = _pages(connection)
            found += _events(connection, scratch, registry, counted)
            found += chains.check(connection)
            found += logs.check(connection, database.keyring, origin=origin, head=head)
            found += _vault(connection, database.keyring)
            found += _files(connection, storage, counted)
            found += views.compare(connection, scratch, counted)
            counted.update(_sizes(connection))
    except sa.exc.DatabaseError as error:
        raise Damaged(what="store", why=f"cannot be read: {error.orig}") from error
    return Report(tuple(dict.fromkeys(found)), dict(counted))


def _pages(connection: Connection) -> list[Problem]:
    """The engine's own look at its file: it sees broken pages, and does not see changed values."""
    if connection.dialect.name != "sqlite":
        return []
    told = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return [Problem("store", "pages", "integrity_check", str(line)) for line in told if line != "ok"]


def _events(connection: Connection, scratch: Tx, registry: Registry, counted: Counter[str]) -> list[Problem]:
    wrong: list[Problem] = []
    documents = vault.Documents(connection, scratch.keyring)
    for rows in events.batches(connection):
        seen = [one for row in rows if (one := events.check(row, registry, wrong)) is not None]
        documents.check(seen)
        for one in seen:
            views.apply(scratch, registry, one, wrong)
        counted["events"] += len(rows)
    wrong += documents.rest()
    counted["sealed documents"] = documents.count
    return wrong


def _vault(connection: Connection, keyring: Keyring) -> Iterator[Problem]:
    yield from vault.keys(connection, keyring)
    yield from vault.rows(connection, keyring)


def _files(connection: Connection, storage: Storage, counted: Counter[str]) -> Iterator[Problem]:
    for problem in files.check(connection, storage):
        counted["files"] += 1
        if problem is not None:
            yield problem


def _sizes(connection: Connection) -> dict[str, int]:
    return {
        name: int(connection.execute(sa.select(sa.func.count()).select_from(model)).scalar_one())
        for name, model in (("log entries", LogEntry), ("checkpoints", LogCheckpoint))
    }


def subject(connection: Connection, registry: Registry, org_id: str, subject_id: str) -> Report:
    """Check one part's own chain, for its page: events, their order, and their places under the newest head.

    It does not replay and looks at no other chain. NotFound where there is no event.
    """
    mine = (EventRow.org_id == org_id, EventRow.subject_id == subject_id)
    wrong: list[Problem] = []
    count = 0
    for rows in events.batches(connection, *mine):
        count += len([events.check(row, registry, wrong) for row in rows])
    if count == 0:
        raise NotFound(what="subject")
    wrong += [*chains.check(connection, *mine), *places.check(connection, *mine)]
    return Report(tuple(dict.fromkeys(wrong)), {"events": count})
