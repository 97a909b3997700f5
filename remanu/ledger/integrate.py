"""Entering events in the log: pending rows are drained in the order of their positions under one lock."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.db import Tx
from remanu.errors import NotFound
from remanu.ledger import tree
from remanu.ledger.models import EventRow, Log, LogEntry, LogNode, LogPending
from remanu.ledger.record import MAIN_LOG
from remanu.rules import canonical as jcs
from remanu.rules import merkle

_BATCH = 500
_TURN = "LOCK TABLE log_pending IN SHARE UPDATE EXCLUSIVE MODE"
_LOCK: sa.Select[*tuple[Any, ...]] = (
    sa.select(Log.origin, Log.key).where(Log.id == sa.bindparam("log_id")).with_for_update()
)
_PENDING: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        LogPending.position,
        LogPending.org_id,
        LogPending.event_id,
        EventRow.canonical,
        EventRow.commitment,
    )
    .join(EventRow, sa.and_(EventRow.org_id == LogPending.org_id, EventRow.id == LogPending.event_id))
    .where(LogPending.log_id == sa.bindparam("log_id"))
    .order_by(LogPending.position)
    .limit(_BATCH)
)


def open_log(tx: Tx, origin: str, *, log_id: str = MAIN_LOG) -> None:
    """Begin the log of an installation; a log that is there already is left alone."""
    if tx.execute(sa.select(Log.id).where(Log.id == log_id)).first() is None:
        key = tx.keyring.log_key().public_key().public_bytes_raw()
        tx.execute(sa.insert(Log).values(id=log_id, origin=origin, key=key))


def lock(connection: Connection, log_id: str) -> sa.Row[*tuple[Any, ...]]:
    """Take the log's lock until the transaction ends: `origin` and `key`; NotFound where there is no such log.

    On SQLite the transaction holds the store's one write lock already. On PostgreSQL a table lock comes first: unlike
    a row lock it is waited for before the transaction's view of the store is taken, so that whoever waited sees what
    the other entered, instead of failing and trying again. It holds up nobody who writes events.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_TURN)
    row = connection.execute(_LOCK, {"log_id": log_id}).first()
    if row is None:
        raise NotFound(what="log", log=log_id)
    return row


def integrate(tx: Tx, log_id: str = MAIN_LOG) -> int:
    """Enter every pending event in the log; returns how many.

    The rows themselves say what is left, never a highest position seen: events commit concurrently, and a lower
    position may commit after a higher one. On PostgreSQL two who drain the same rows fail to serialise, and the
    second is run again.
    """
    lock(tx.connection, log_id)
    size = start = tree.size(tx.connection, log_id)
    while rows := tx.execute(_PENDING, {"log_id": log_id}).all():
        _enter(tx, log_id, size, rows)
        size += len(rows)
    return size - start


def _enter(tx: Tx, log_id: str, size: int, rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> None:
    positions = [row.position for row in rows]
    tx.execute(sa.delete(LogPending).where(LogPending.log_id == log_id, LogPending.position.in_(positions)))
    entries = [
        {
            "log_id": log_id,
            "idx": idx,
            "org_id": row.org_id,
            "event_id": row.event_id,
            "position": row.position,
        }
        for idx, row in enumerate(rows, size)
    ]
    leaves = [merkle.leaf_hash(entry(subject_uri(row.canonical), row.commitment)) for row in rows]
    get = tree.reader(tx.connection, log_id, merkle.edge(size))
    nodes = [
        {"log_id": log_id, "level": node.level, "idx": node.idx, "hash": node.hash}
        for node in merkle.append(size, leaves, get)
    ]
    tx.execute(sa.insert(LogEntry), entries)
    tx.execute(sa.insert(LogNode), nodes)


def subject_uri(canonical: bytes) -> str:
    """The URI of the subject that an event's canonical bytes name."""
    return str(jcs.decode(canonical)["subject"])


def entry(uri: str, commitment: bytes) -> bytes:
    """What the log holds of an event: 64 bytes that show nothing, and that a holder of the URI can look for."""
    return hashlib.sha256(uri.encode()).digest() + commitment
