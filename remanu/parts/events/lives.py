"""What can happen to limited lives: counters read by rating, installations told by documents, parts kept apart."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts.events.bodies import Cited
from remanu.parts.events.effects import cite
from remanu.parts.models import CounterReading, PartControl, TraceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What one rating's share of a counter was: a reading of its own."""

    reading: str
    rating: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitRead:
    """A counter read with all its ratings at once; they sum to the total that was read with them (I9)."""

    counter: str
    total: str
    unit: str
    origin: str
    splits: tuple[Split, ...]
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """What a counter showed when an installation began and ended; no end where the document gives none."""

    counter: str
    rating: str = ""
    unit: str
    start: str
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """One installation from before this record, as a document tells it (I5); days as YYYY-MM-DD.

    `host` is the serial of what the part sat in. Who operated that is sealed. `corrects` names a row that was wrong.
    """

    row: str
    host: str
    since: str
    until: str
    part: tuple[Ends, ...]
    host_counters: tuple[Ends, ...] = ()
    document: str
    corrects: str | None = None
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Controlled:
    """A removed part is kept from being fitted by mistake: record, tag, marking or a place apart (SM-9 no. 7)."""

    method: str
    reference: str
    evidence: tuple[Cited, ...] = ()


def _read_split(tx: Tx, done: Recorded[SplitRead]) -> None:
    b = done.body
    key = {"org_id": done.org_id, "item_id": done.subject.id, "counter": b.counter, "unit": b.unit}
    rows = [
        {"id": one.reading, "rating": one.rating, "value": one.value, "corrects": None, **key}
        for one in b.splits
    ]
    tx.execute(sa.insert(CounterReading), [{**row, "origin": b.origin, "read_at": done.at} for row in rows])
    cite(tx, done, b.evidence)


def _trace(tx: Tx, done: Recorded[Traced]) -> None:
    b = done.body
    tx.execute(
        sa.insert(TraceRow).values(
            org_id=done.org_id,
            id=b.row,
            item_id=done.subject.id,
            event_id=done.id,
            host=b.host,
            since=b.since,
            until=b.until,
            part_counts=json.dumps([asdict(one) for one in b.part]),
            host_counts=json.dumps([asdict(one) for one in b.host_counters]),
            digest=b.document,
            corrects=b.corrects,
            entered_at=done.at,
        )
    )
    cite(tx, done, b.evidence)


def _control(tx: Tx, done: Recorded[Controlled]) -> None:
    keep_apart(tx, done, method=done.body.method, reference=done.body.reference)
    cite(tx, done, done.body.evidence)


def keep_apart(tx: Tx, done: Recorded[Any], *, method: str, reference: str | None) -> None:
    """The event's item is under control by this method, or made useless where it is `mutilation` (I11)."""
    tx.execute(
        sa.insert(PartControl).values(
            org_id=done.org_id,
            item_id=done.subject.id,
            event_id=done.id,
            method=method,
            reference=reference,
            controlled_at=done.at,
        )
    )


READ_SPLIT = Kind("parts.read_split", 1, SplitRead, _read_split)
TRACE_INSTALLATION = Kind("parts.trace_installation", 1, Traced, _trace)
CONTROL_PART = Kind("parts.control_part", 1, Controlled, _control)
KINDS = (READ_SPLIT, TRACE_INSTALLATION, CONTROL_PART)
