"""Logs: their own rows, every event in one of them exactly once, and each signed head over what it covers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.clock import stamp
from remanu.errors import BadInput, Damaged
from remanu.keys import Keyring
from remanu.ledger import checkpoint, fork, lineage, raw
from remanu.ledger.checks import events
from remanu.ledger.models import EventRow, Log, LogCheckpoint, LogEntry, LogNode, LogPending
from remanu.ledger.record import MAIN_LOG
from remanu.ledger.report import Problem
from remanu.ledger.walk import Walk

_STEP = 500
_ENTERED = sa.and_(LogEntry.org_id == EventRow.org_id, LogEntry.event_id == EventRow.id)
_WAITING = sa.and_(LogPending.org_id == EventRow.org_id, LogPending.event_id == EventRow.id)


def check(
    connection: Connection, keyring: Keyring, *, origin: str | None, head: str | None
) -> Iterator[Problem]:
    """What is wrong with the logs; `origin` is what the main log is called, where that is known.

    `head` was read from beside the keys before the snapshot began: a log that is signed meanwhile is not old.
    """
    known = {raw.shown(row["id"]): row for row in raw.table(connection, raw.stored(Log))}
    if MAIN_LOG not in known:
        yield Problem("log", MAIN_LOG, "id", "missing")
    for log_id, row in known.items():
        yield from _own(known, row, keyring, origin if log_id == MAIN_LOG else None)
        yield from _walk(connection, log_id, row)
    yield from _head(connection, keyring, known, head)
    yield from _homeless(connection)


def _own(known: dict[str, raw.Row], row: raw.Row, keyring: Keyring, origin: str | None) -> Iterator[Problem]:
    name = raw.shown(row["id"])
    if row["key"] != keyring.log_key().public_key().public_bytes_raw():
        yield Problem("log", name, "key", "is not the key that signs")
    if origin is not None and row["origin"] != origin.encode():
        yield Problem("log", name, "origin", f"is {raw.shown(row['origin'])}, the settings say {origin}")
    if row["successor"] is not None and raw.shown(row["successor"]) not in known:
        yield Problem("log", name, "successor", "there is no such log")


def _walk(connection: Connection, log_id: str, log: raw.Row) -> Iterator[Problem]:
    size = _count(connection, LogEntry, LogEntry.log_id == log_id)
    walk = Walk(connection, log_id, 0, {})
    signed = sa.select(*raw.columns(connection, raw.stored(LogCheckpoint))).where(
        LogCheckpoint.log_id == log_id
    )
    turns = [1]
    for row in list(raw.rows(connection, signed.order_by(LogCheckpoint.size))):
        _go(walk, min(_int(row["size"]), size))
        yield from _signed(walk, log, row, turns)
    _go(walk, size)
    yield from walk.problems
    yield from _strays(connection, log_id, size)


def _go(walk: Walk, end: int) -> None:
    while walk.size < end:
        walk.to(min(walk.size + _STEP, end))


def _signed(walk: Walk, log: raw.Row, row: raw.Row, turns: list[int]) -> Iterator[Problem]:
    """One head, and its name in `turns`: a log that went on under another name never signs under a former one."""
    name = raw.key(raw.stored(LogCheckpoint), row)
    origin, key = raw.shown(log["origin"]), log["key"]
    try:
        head = lineage.verify(raw.shown(row["note"]), origin, key if isinstance(key, bytes) else b"")
    except (BadInput, ValueError) as error:
        yield Problem("log_checkpoint", name, "note", f"is not signed by the log: {error}")
        return
    turns.append(lineage.turn(origin, head.origin))
    if turns[-1] < max(turns):
        yield Problem("log_checkpoint", name, "note", f"is signed as {head.origin}, a name that was given up")
    said = checkpoint.time_of(head)
    if head.size != row["size"]:
        yield Problem(
            "log_checkpoint", name, "size", f"is {raw.shown(row['size'])}, the note says {head.size}"
        )
    if said is None or row["at"] != stamp(said).encode():
        yield Problem("log_checkpoint", name, "at", f"is {raw.shown(row['at'])}, the note says {said}")
    if head.size > walk.size:
        yield Problem("log_checkpoint", name, "size", f"covers {head.size} entries, the log has {walk.size}")
    elif head.size == walk.size and head.root != walk.root():
        yield Problem("log_checkpoint", name, "note", "its root is not that of the events it covers")


def _strays(connection: Connection, log_id: str, size: int) -> Iterator[Problem]:
    """Entries and nodes where the tree has none."""
    outside = sa.or_(LogEntry.idx < 0, LogEntry.idx >= size)
    chosen = sa.select(*raw.columns(connection, raw.stored(LogEntry))).where(
        LogEntry.log_id == log_id, outside
    )
    for row in raw.rows(connection, chosen):
        yield Problem("log_entry", raw.key(raw.stored(LogEntry), row), "idx", "stands outside the log")
    span = [(level, size >> level) for level in range(size.bit_length())]
    inside = [sa.and_(LogNode.level == level, LogNode.idx >= 0, LogNode.idx < many) for level, many in span]
    nodes = sa.select(*raw.columns(connection, raw.stored(LogNode))).where(LogNode.log_id == log_id)
    for row in raw.rows(connection, nodes.where(~sa.or_(sa.false(), *inside))):
        yield Problem("log_node", raw.key(raw.stored(LogNode), row), "idx", "stands outside the tree")


def _head(
    connection: Connection, keyring: Keyring, known: dict[str, raw.Row], head: str | None
) -> Iterator[Problem]:
    """The newest head that lies beside the keys (trust.md T33)."""
    if MAIN_LOG not in known:
        return
    try:
        origin = raw.shown(known[MAIN_LOG]["origin"])
        fork.check_note(connection, keyring, head, log_id=MAIN_LOG, origin=origin)
    except Damaged as error:
        yield Problem("log", MAIN_LOG, "head", f"{error.details['what']}: {error.details['why']}")


def _homeless(connection: Connection) -> Iterator[Problem]:
    """Events in no log or in two places, and rows of logs that belong to no log or no event."""
    for model in (LogEntry, LogNode, LogCheckpoint, LogPending):
        lost = ~sa.exists().where(Log.id == model.log_id)
        yield from _said(connection, model, lost, ("log_id", "there is no such log"))
    for waiting in (True, False):
        entered = sa.exists().where(_ENTERED) if waiting else ~sa.exists().where(_ENTERED)
        pending = sa.exists().where(_WAITING) if waiting else ~sa.exists().where(_WAITING)
        why = "stands in the log and is still pending" if waiting else "stands in no log and is not pending"
        yield from _events(connection, sa.and_(entered, pending), why)
    yield from _events(connection, _twice(), "stands in a log twice")
    yield from _said(connection, LogPending, ~sa.exists().where(_WAITING), ("event_id", "names no event"))
    moved = sa.exists().where(_WAITING, LogPending.position != EventRow.position)
    yield from _said(connection, LogPending, moved, ("position", "is not that of its event"))
    shifted = sa.exists().where(_WAITING, LogPending.position != EventRow.position)
    yield from _events(connection, shifted, "its position is not the one that is pending")
    drifted = sa.exists().where(_ENTERED, LogEntry.position != EventRow.position)
    yield from _events(connection, drifted, "its position is not the one in the log")


def _twice() -> sa.ColumnElement[bool]:
    many = sa.select(sa.func.count()).select_from(LogEntry).where(_ENTERED).correlate(EventRow)
    return many.scalar_subquery() > 1


def _events(connection: Connection, where: sa.ColumnElement[bool], why: str) -> Iterator[Problem]:
    chosen = sa.select(*raw.columns(connection, raw.stored(EventRow), ("org_id", "id"))).where(where)
    for row in raw.rows(connection, chosen):
        yield Problem("event", events.key(row), "position", why)


def _said(
    connection: Connection, model: Any, where: sa.ColumnElement[bool], what: tuple[str, str]
) -> Iterator[Problem]:
    table = raw.stored(model)
    for row in raw.rows(connection, sa.select(*raw.columns(connection, table)).where(where)):
        yield Problem(table.name, raw.key(table, row), *what)


def _count(connection: Connection, model: Any, *where: sa.ColumnElement[bool]) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(model).where(*where)).scalar_one())


def _int(value: raw.Value) -> int:
    return value if isinstance(value, int) else 0
