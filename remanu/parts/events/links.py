"""What can happen between two records of one part: ours says which other one it goes on from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts.models import RecordLink


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLinked:
    """The part has another record: its address, and the digest of the event that set what it said at this moment.

    `state` is what it said, absent where nobody here could look.
    """

    uri: str
    digest: str
    state: str | None = None


def _link_record(tx: Tx, done: Recorded[RecordLinked]) -> None:
    b = done.body
    tx.execute(
        sa.insert(RecordLink).values(
            org_id=done.org_id,
            item_id=done.subject.id,
            uri=b.uri,
            digest=b.digest,
            state=b.state,
            linked_at=done.at,
        )
    )


def hear(tx: Tx, done: Recorded[Any], *, uri: str, state: str, digest: str, at: datetime) -> None:
    """The record that the event's part goes on from says this now; of any other record nothing is kept here."""
    mine = (RecordLink.org_id == done.org_id, RecordLink.item_id == done.subject.id, RecordLink.uri == uri)
    tx.execute(sa.update(RecordLink).where(*mine).values(heard=state, heard_digest=digest, heard_at=at))


LINK_RECORD = Kind("parts.link_record", 1, RecordLinked, _link_record)
KINDS = (LINK_RECORD,)
