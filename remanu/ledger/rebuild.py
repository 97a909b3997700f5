"""`remanu rebuild`: views compared with a replay of all events, or thrown away and made again from them."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from remanu.db import Database, Tx
from remanu.ledger import raw, replay
from remanu.ledger.checks import events, views
from remanu.ledger.kinds import Registry, read
from remanu.ledger.models import EventRow
from remanu.ledger.report import Problem, Report

_BATCH = 500
_NEXT = (
    sa.select(EventRow.position, EventRow.canonical)
    .where(EventRow.position > sa.bindparam("last"))
    .order_by(EventRow.position)
    .limit(_BATCH)
)


def check(database: Database, registry: Registry) -> Report:
    """Replay every event into an empty store and compare; nothing is changed."""
    counted: Counter[str] = Counter()
    wrong: list[Problem] = []
    with raw.snapshot(database) as connection, replay.scratch(database) as scratch:
        for rows in events.batches(connection):
            for one in [events.check(row, registry, wrong) for row in rows]:
                if one is not None:
                    views.apply(scratch, registry, one, wrong)
            counted["events"] += len(rows)
        wrong += views.compare(connection, scratch, counted)
    return Report(tuple(wrong), dict(counted))


def rebuild(database: Database, registry: Registry) -> int:
    """Throw the views away and make them again from the events, in one transaction; returns how many events.

    Damaged, with the views as they were, when an event cannot be read: `verify` names it.
    """

    def work(tx: Tx) -> int:
        for table in reversed(replay.views()):
            tx.execute(sa.delete(table))
        count, last = 0, -1
        while rows := tx.execute(_NEXT, {"last": last}).all():
            for row in rows:
                replay.again(tx, registry, read(registry, row.canonical))
            count, last = count + len(rows), rows[-1].position
        tx.execute(sa.text("ANALYZE"))
        return count

    return database.transact(work)
