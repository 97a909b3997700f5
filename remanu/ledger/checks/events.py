"""Events against their own canonical bytes: the commitment over them, and every column that repeats them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.clock import stamp
from remanu.errors import Refusal
from remanu.ledger import raw
from remanu.ledger.kinds import Recorded, Registry, stated
from remanu.ledger.models import EventRow
from remanu.ledger.report import Problem
from remanu.rules import canonical as jcs

_BATCH = 500
FIRST = -(2**63)


@dataclass(frozen=True, slots=True)
class Seen:
    """An event whose bytes state one: where it stands, the decoded bytes, and what they say."""

    position: int
    key: str
    document: Any
    event: Recorded[Any]


def key(row: raw.Row) -> str:
    """Organisation and id, as the row's columns give them."""
    return f"{raw.shown(row['org_id'])} {raw.shown(row['id'])}"


def batches(connection: Connection, *where: sa.ColumnElement[bool]) -> Iterator[list[raw.Row]]:
    """All events in the order of replay, some hundreds at a time."""
    last = FIRST
    while True:
        after = EventRow.position >= last if last == FIRST else EventRow.position > last
        chosen = sa.select(*raw.columns(connection, raw.stored(EventRow))).where(after, *where)
        rows = list(raw.rows(connection, chosen.order_by(EventRow.position).limit(_BATCH)))
        if not rows:
            return
        yield rows
        last = int(str(rows[-1]["position"]))


def check(row: raw.Row, registry: Registry, wrong: list[Problem]) -> Seen | None:
    """The event of a row, or None where its bytes state none; what is wrong is added to `wrong`."""
    name, canonical = key(row), row["canonical"]
    assert isinstance(canonical, bytes)  # noqa: S101 -- the column holds nothing else on either engine
    commitment = jcs.commitment(canonical)
    if commitment != row["commitment"]:
        wrong.append(Problem("event", name, "commitment", "is not the digest of the canonical bytes"))
    try:
        document = jcs.decode(canonical)
        event = stated(registry, document, commitment)
        told = _told(event)
    except (Refusal, LookupError, TypeError, ValueError, AttributeError) as error:
        wrong.append(Problem("event", name, "canonical", f"states no event: {error}"))
        return None
    for column, said in told.items():
        if row[column] != said:
            wrong.append(
                Problem("event", name, column, f"is {raw.shown(row[column])}, was {raw.shown(said)}")
            )
    return Seen(int(str(row["position"])), name, document, event)


def _told(event: Recorded[Any]) -> dict[str, raw.Value]:
    """What the canonical bytes say of each column."""
    texts = {
        "org_id": event.org_id,
        "id": event.id,
        "subject_id": event.subject.id,
        "kind": event.kind,
        "act_id": event.act_id,
        "actor_ref": event.actor_ref,
        "occurred_at": stamp(event.at),
        "recorded_at": stamp(event.recorded_at),
    }
    numbers = {"seq": event.seq, "version": event.version}
    return {name: text.encode() for name, text in texts.items()} | numbers | {"previous": event.previous}
