"""Some events' places in the log: each is pending, or its leaf leads to the root that was signed last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import BadInput, Damaged
from remanu.ledger import integrate, lineage, notes, tree
from remanu.ledger.checkpoint import latest
from remanu.ledger.models import EventRow, Log, LogEntry, LogPending
from remanu.ledger.record import MAIN_LOG
from remanu.ledger.report import Problem
from remanu.rules import merkle

Row = sa.Row[*tuple[Any, ...]]
_LOG = sa.select(Log.origin, Log.key).where(Log.id == MAIN_LOG)
_PLACES: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        EventRow.org_id,
        EventRow.id,
        EventRow.canonical,
        EventRow.commitment,
        LogEntry.idx,
        LogPending.position.label("waiting"),
    )
    .outerjoin(LogEntry, sa.and_(LogEntry.org_id == EventRow.org_id, LogEntry.event_id == EventRow.id))
    .outerjoin(LogPending, sa.and_(LogPending.org_id == EventRow.org_id, LogPending.event_id == EventRow.id))
)


def check(connection: Connection, *where: sa.ColumnElement[bool]) -> Iterator[Problem]:
    """What is wrong with the places of these events."""
    rows = connection.execute(_PLACES.where(*where)).all()
    for row in rows:
        if (row.idx is None) == (row.waiting is None):
            yield _problem(row, "stands in no log and is not pending, or is both")
    head = _head(connection)
    if isinstance(head, Problem):
        yield head
    elif head is not None:
        yield from _under(
            connection, head, [row for row in rows if row.idx is not None and row.idx < head.size]
        )


def _head(connection: Connection) -> notes.Checkpoint | Problem | None:
    signed, log = latest(connection), connection.execute(_LOG).one()
    if signed is None:
        return None
    try:
        return lineage.verify(signed.note, log.origin, log.key)
    except (BadInput, ValueError) as error:
        return Problem("log_checkpoint", f"{MAIN_LOG} {signed.size}", "note", str(error))


def _under(connection: Connection, head: notes.Checkpoint, rows: Sequence[Row]) -> Iterator[Problem]:
    wanted = {place for row in rows for place in merkle.inclusion_nodes(row.idx, head.size)}
    get = tree.reader(connection, MAIN_LOG, sorted(wanted))
    for row in rows:
        try:
            proof = merkle.inclusion_proof(row.idx, head.size, get)
            leaf = merkle.leaf_hash(integrate.entry(integrate.subject_uri(row.canonical), row.commitment))
            led = merkle.verify_inclusion(row.idx, head.size, leaf=leaf, proof=proof, expected=head.root)
        except (Damaged, BadInput, LookupError, TypeError):
            led = False
        if not led:
            yield _problem(row, "does not lead to the root that was signed")


def _problem(row: Row, why: str) -> Problem:
    return Problem("event", f"{row.org_id} {row.id}", "place", why)
