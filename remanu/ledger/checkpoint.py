"""Signed tree heads: made only over what is committed and verified, kept outside, proved from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.clock import parse_stamp, stamp
from remanu.db import Database, Tx
from remanu.errors import Damaged
from remanu.ledger import erasures, fork, notes, numbers, outside, tree
from remanu.ledger.integrate import entry, integrate, lock, subject_uri
from remanu.ledger.models import EventRow, LogCheckpoint, LogEntry
from remanu.ledger.record import MAIN_LOG
from remanu.ledger.walk import Walk, passed
from remanu.rules import merkle

_STEP = 500
_TIME = "time "
_NEWEST = (
    sa.select(LogCheckpoint.size, LogCheckpoint.note, LogCheckpoint.at)
    .where(LogCheckpoint.log_id == sa.bindparam("log_id"))
    .order_by(LogCheckpoint.size.desc())
    .limit(1)
)
_ENTRY = (
    sa.select(LogEntry.log_id, LogEntry.idx, EventRow.canonical, EventRow.commitment)
    .join(EventRow, sa.and_(EventRow.org_id == LogEntry.org_id, EventRow.id == LogEntry.event_id))
    .where(LogEntry.org_id == sa.bindparam("org_id"), LogEntry.event_id == sa.bindparam("event_id"))
    .where(LogEntry.log_id == sa.bindparam("log_id"))
)


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint as it was signed: the log's size and root at a moment, and the note that says so."""

    log_id: str
    size: int
    root: bytes
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That an event is entry `index` of the log under a checkpoint; `entry` is the 64 bytes of the leaf."""

    index: int
    entry: bytes
    proof: tuple[bytes, ...]
    under: Signed


def advance(database: Database, log_id: str = MAIN_LOG) -> Signed:
    """Enter what is pending and sign the new head: the newest checkpoint, a new one where there was news.

    Two transactions, because a head may only be signed over entries that are committed (see `fork`).
    """
    database.transact(lambda tx: integrate(tx, log_id))
    with outside.turn(database.keyring):
        return database.transact(lambda tx: sign_checkpoint(tx, log_id))


def sign_checkpoint(tx: Tx, log_id: str = MAIN_LOG) -> Signed:
    """Sign the head of what is integrated; call it in a transaction of its own, or better call `advance`.

    Damaged, naming the row, when the new part of the tree does not verify, and when the store is older than what
    was signed already (trust.md T33).
    """
    log = lock(tx.connection, log_id)
    name = fork.check(tx.connection, tx.keyring, log_id=log_id, origin=log.origin)
    return _signed(tx, log_id, name)


def succeed(database: Database, gap: fork.Gap, log_id: str = MAIN_LOG) -> Signed:
    """Sign the first head of the name under which an old copy goes on, over what says that it does.

    From here on the newest head beside the keys is this one; what the former name signed is no guard any more.
    """
    database.transact(lambda tx: integrate(tx, log_id))

    def work(tx: Tx) -> Signed:
        lock(tx.connection, log_id)
        return _signed(tx, log_id, gap.log)

    with outside.turn(database.keyring):
        return database.transact(work)


def _signed(tx: Tx, log_id: str, name: str) -> Signed:
    before, size = latest(tx.connection, log_id), tree.size(tx.connection, log_id)
    if before is not None and before.size == size:
        return before
    root = _verified(tx, log_id, before, size)
    return _sign(tx, log_id, notes.Checkpoint(name, size, root, (_TIME + stamp(tx.now),)))


def _verified(tx: Tx, log_id: str, before: Signed | None, size: int) -> bytes:
    """The root over `size` entries, whose part after the former checkpoint was computed from the events."""
    start = 0 if before is None else before.size
    get = tree.reader(tx.connection, log_id, merkle.edge(start))
    walk = Walk(tx.connection, log_id, start, {place: get(*place) for place in merkle.edge(start)})
    if before is not None and walk.root() != before.root:
        raise Damaged(what="log_node", why="the root is not the one that was signed", log=log_id, size=start)
    erased: list[str] = []
    taken: list[tuple[str, int]] = []
    while walk.size < size:
        walk.to(min(walk.size + _STEP, size))
        if walk.problems:
            one = walk.problems[0]
            raise Damaged(what=f"{one.table} {one.key}", why=f"{one.what}: {one.why}")
        for document in passed(walk):
            erased.extend(erasures.lines(document))
            taken.extend(numbers.taken(document))
    erasures.keep(tx.keyring, erased)
    numbers.keep(tx.keyring, taken)
    return walk.root()


def _sign(tx: Tx, log_id: str, head: notes.Checkpoint) -> Signed:
    note = notes.sign(head, head.origin, key=tx.keyring.log_key())
    fork.keep(tx.keyring, note)
    tx.execute(sa.insert(LogCheckpoint).values(log_id=log_id, size=head.size, note=note, at=tx.now))
    return Signed(log_id, head.size, head.root, tx.now, note)


def latest(connection: Connection, log_id: str = MAIN_LOG) -> Signed | None:
    """The newest checkpoint, or None while nothing was signed; its signature is `verify`'s business."""
    row = connection.execute(_NEWEST, {"log_id": log_id}).first()
    if row is None:
        return None
    return Signed(log_id, row.size, notes.parse(row.note).checkpoint.root, row.at, row.note)


def time_of(head: notes.Checkpoint) -> datetime | None:
    """When a checkpoint says it was signed; None where no extension line says so."""
    said = next((line for line in head.extensions if line.startswith(_TIME)), None)
    try:
        return None if said is None else parse_stamp(said.removeprefix(_TIME))
    except ValueError:
        return None


def inclusion(
    connection: Connection, org_id: str, event_id: str, *, log_id: str = MAIN_LOG
) -> Inclusion | None:
    """The proof that an event stands under the newest checkpoint; None while it is durable but not yet logged."""
    row = connection.execute(_ENTRY, {"log_id": log_id, "org_id": org_id, "event_id": event_id}).first()
    under = latest(connection, log_id)
    if row is None or under is None or row.idx >= under.size:
        return None
    proof = tree.inclusion(connection, log_id, row.idx, at=under.size)
    return Inclusion(row.idx, entry(subject_uri(row.canonical), row.commitment), proof, under)
