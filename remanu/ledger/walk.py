"""Entries and nodes of a log against the events they stand for, a range at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import BadInput
from remanu.ledger import integrate
from remanu.ledger.models import EventRow, LogEntry, LogNode
from remanu.ledger.report import Problem
from remanu.rules import canonical as jcs
from remanu.rules import merkle

_RANGE: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        LogEntry.idx,
        LogEntry.position,
        EventRow.position.label("at"),
        EventRow.canonical,
        EventRow.commitment,
    )
    .outerjoin(EventRow, sa.and_(EventRow.org_id == LogEntry.org_id, EventRow.id == LogEntry.event_id))
    .where(
        LogEntry.log_id == sa.bindparam("log_id"),
        LogEntry.idx >= sa.bindparam("start"),
        LogEntry.idx < sa.bindparam("end"),
    )
    .order_by(LogEntry.idx)
)
_LEVEL = sa.select(LogNode.idx, LogNode.hash).where(
    LogNode.log_id == sa.bindparam("log_id"),
    LogNode.level == sa.bindparam("level"),
    LogNode.idx >= sa.bindparam("start"),
    LogNode.idx < sa.bindparam("end"),
)


@dataclass(slots=True)
class Walk:
    """A walk along a log: where it is, the nodes that cover what lies behind, what was found wrong on the way."""

    connection: Connection
    log_id: str
    size: int
    edge: dict[merkle.Place, bytes]
    problems: list[Problem] = field(default_factory=list)
    documents: list[Any] = field(default_factory=list)

    def root(self) -> bytes:
        """The root over what lies behind, computed from the events alone."""
        return merkle.root_from_nodes(self.size, lambda level, idx: self.edge[level, idx])

    def to(self, end: int) -> None:
        """Go on to this size, comparing entries and nodes with the events; `documents` are those just passed."""
        values = {"log_id": self.log_id, "start": self.size, "end": end}
        found = {row.idx: row for row in self.connection.execute(_RANGE, values)}
        stored = {level: self._level(level, end) for level in range(end.bit_length())}
        self.documents.clear()
        leaves = [self._leaf(idx, found.get(idx), stored[0]) for idx in range(self.size, end)]
        made = list(merkle.append(self.size, leaves, lambda level, idx: self.edge[level, idx]))
        self.problems.extend(self._nodes({(one.level, one.idx): one.hash for one in made}, stored))
        known = self.edge | {(one.level, one.idx): one.hash for one in made}
        self.size, self.edge = end, {place: known[place] for place in merkle.edge(end)}

    def _level(self, level: int, end: int) -> dict[int, bytes]:
        span = {"start": self.size >> level, "end": end >> level}
        rows = self.connection.execute(_LEVEL, {"log_id": self.log_id, "level": level, **span})
        return {row.idx: row.hash for row in rows}

    def _leaf(self, idx: int, row: sa.Row[*tuple[Any, ...]] | None, stored: dict[int, bytes]) -> bytes:
        why, leaf = _fault(row)
        if why is not None:
            self._wrong("log_entry", str(idx), what="event", why=why)
        if row is not None and row.at is not None and row.position != row.at:
            self._wrong(
                "log_entry", str(idx), what="position", why=f"is {row.position}, the event's is {row.at}"
            )
        if row is not None and row.canonical is not None and leaf is not None:
            self.documents.append(row.canonical)
        return leaf or stored.get(idx, b"\0" * 32)

    def _nodes(
        self, made: dict[merkle.Place, bytes], stored: dict[int, dict[int, bytes]]
    ) -> Iterator[Problem]:
        for (level, idx), known in made.items():
            there = stored[level].get(idx)
            if there != known:
                why = "missing" if there is None else "not the hash over what it stands for"
                yield Problem("log_node", f"{self.log_id} {level} {idx}", "hash", why)

    def _wrong(self, table: str, place: str, *, what: str, why: str) -> None:
        self.problems.append(Problem(table, f"{self.log_id} {place}", what, why))


def _fault(row: sa.Row[*tuple[Any, ...]] | None) -> tuple[str | None, bytes | None]:
    """What is wrong with an entry, if anything, and the hash of its leaf where it can be computed."""
    if row is None:
        return "missing", None
    if row.canonical is None:
        return "names no event", None
    if hashlib.sha256(row.canonical).digest() != row.commitment:
        return "its event's bytes are not what was committed to", None
    try:
        uri = integrate.subject_uri(row.canonical)
    except (BadInput, KeyError, TypeError):
        return "its event's bytes name no subject", None
    return None, merkle.leaf_hash(integrate.entry(uri, row.commitment))


def passed(walk: Walk) -> Iterator[Any]:
    """The decoded events of the last step."""
    return (jcs.decode(canonical) for canonical in walk.documents)
