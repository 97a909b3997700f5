"""The second of a scan's two statements: every event of a part, its place in the log, and the way to the signed root.

One proof a chain is enough: each event names the one before it, so the newest one under the checkpoint stands for all
before it. The nodes of those proofs come by the same statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.ledger.models import EventRow, Log, LogCheckpoint, LogEntry, LogNode, LogPending
from remanu.ledger.record import MAIN_LOG
from remanu.provenance.queries.lookup import chains
from remanu.rules import merkle

_EVENT, _NODE, _HEAD = 0, 1, 2
_TALLEST = 48

_org: sa.BindParameter[str] = sa.bindparam("org_id", type_=sa.Text())
_item: sa.BindParameter[str] = sa.bindparam("item_id", type_=sa.Text())
_head = (
    sa.select(LogCheckpoint.size, LogCheckpoint.note, LogCheckpoint.at, Log.origin)
    .join(Log, Log.id == LogCheckpoint.log_id)
    .where(LogCheckpoint.log_id == MAIN_LOG)
    .order_by(LogCheckpoint.size.desc())
    .limit(1)
    .cte("head")
)
_size = sa.select(_head.c.size).scalar_subquery()
_event = (
    sa.select(
        EventRow.subject_id,
        EventRow.seq,
        EventRow.id,
        EventRow.kind,
        EventRow.canonical,
        EventRow.commitment,
        EventRow.previous,
        EventRow.position,
        LogEntry.idx,
        LogEntry.position.label("entered"),
        LogPending.position.label("waiting"),
    )
    .outerjoin(
        LogEntry,
        sa.and_(
            LogEntry.log_id == MAIN_LOG, LogEntry.org_id == EventRow.org_id, LogEntry.event_id == EventRow.id
        ),
    )
    .outerjoin(
        LogPending,
        sa.and_(LogPending.log_id == MAIN_LOG, LogPending.position == EventRow.position),
    )
    .where(EventRow.org_id == _org, EventRow.subject_id.in_(chains(_org, _item)))
    .cte("mine")
    # Looked up once for all that read it; otherwise a planner may begin at the other end, with the whole log.
    .prefix_with("MATERIALIZED")
)
_newest = (
    sa.select(sa.func.max(_event.c.idx).label("idx"))
    .where(_event.c.idx < _size)
    .group_by(_event.c.subject_id)
    .cte("newest")
)
_level = sa.select(sa.literal(0, sa.Integer()).label("level")).cte("height", recursive=True)
_level = _level.union_all(sa.select(_level.c.level + 1).where(_level.c.level < _TALLEST))


def _at(number: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    return number.bitwise_rshift(_level.c.level)


# On the way up from a leaf stand its siblings; what is ragged at the right is covered by the tree's own edge.
_sibling = _at(_newest.c.idx) + 1 - 2 * (_at(_newest.c.idx) % 2)
_places = sa.union(
    sa.select(_level.c.level, _sibling.label("idx")).select_from(sa.join(_newest, _level, sa.true())),
    sa.select(_level.c.level, (_at(_head.c.size) - 1).label("idx"))
    .select_from(sa.join(_head, _level, sa.true()))
    .where(_at(_head.c.size) % 2 == 1),
).cte("place")


def _no(kind: sa.types.TypeEngine[Any]) -> sa.ColumnElement[Any]:
    return sa.cast(sa.null(), kind)


_text, _whole, _bytes = sa.Text(), sa.BigInteger(), sa.LargeBinary()
_READ: sa.CompoundSelect[Any] = sa.union_all(
    sa.select(
        sa.literal(_EVENT, sa.Integer()).label("what"),
        _event.c.subject_id.label("one"),
        _event.c.id.label("two"),
        _event.c.kind.label("three"),
        _event.c.seq.label("first"),
        _event.c.position.label("second"),
        _event.c.idx.label("third"),
        _event.c.entered.label("fourth"),
        _event.c.waiting.label("fifth"),
        _event.c.canonical.label("raw"),
        _event.c.commitment.label("digest"),
        _event.c.previous.label("before"),
    ),
    sa.select(
        sa.literal(_NODE, sa.Integer()),
        *(_no(_text),) * 3,
        sa.cast(LogNode.level, _whole),
        LogNode.idx,
        *(_no(_whole),) * 3,
        LogNode.hash,
        *(_no(_bytes),) * 2,
    ).join(
        _places,
        sa.and_(LogNode.log_id == MAIN_LOG, LogNode.level == _places.c.level, LogNode.idx == _places.c.idx),
    ),
    sa.select(
        sa.literal(_HEAD, sa.Integer()),
        _head.c.note,
        _head.c.origin,
        sa.type_coerce(_head.c.at, _text),
        _head.c.size,
        *(_no(_whole),) * 4,
        *(_no(_bytes),) * 3,
    ),
)


class Link(NamedTuple):
    """An event as it lies in the store, and its place in the log: `idx` when entered, `waiting` while it is not."""

    subject_id: str
    id: str
    kind: str
    seq: int
    position: int
    idx: int | None
    entered: int | None
    waiting: int | None
    canonical: bytes
    commitment: bytes
    previous: bytes | None


@dataclass(frozen=True, slots=True)
class Head:
    """The newest checkpoint, as it was signed."""

    note: str
    origin: str
    at: str
    size: int


@dataclass(frozen=True, slots=True)
class Record:
    """A part's whole record: its events in their order, the newest checkpoint, and nodes of the log's tree."""

    links: tuple[Link, ...]
    head: Head | None
    nodes: dict[merkle.Place, bytes]


def read(connection: Connection, org_id: str, item_id: str) -> Record:
    """The record of one part with those of its components, by one statement."""
    links: list[Link] = []
    nodes: dict[merkle.Place, bytes] = {}
    head: Head | None = None
    values = {"org_id": org_id, "item_id": item_id}
    for what, *columns in connection.execute(_READ, values):
        if what == _EVENT:
            links.append(Link(*columns))
        elif what == _NODE:
            nodes[columns[3], columns[4]] = columns[8]
        else:
            head = Head(*columns[:4])
    links.sort(key=lambda link: link.position)
    return Record(tuple(links), head, nodes)
