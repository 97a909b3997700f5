"""Other records of a part: which ours goes on from, what they say, and what is said under an address here."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.parts.models import Code, Item, Notice, PublicState, RecordLink
from remanu.parts.queries.one import Row

DOUBTED = ("revoked", "under-review", "scrapped")
"""What a record may say of a part that nobody should rely on as it is."""

UNCERTIFIED = ("suspended", "withdrawn")
"""What a body may say of the product certification behind a unit that it names."""
_SAID: sa.Select[*tuple[Any, ...]] = (
    sa.select(Code.org_id, Code.item_id, Item.uri, PublicState.state, PublicState.since, PublicState.digest)
    .join(Item, sa.and_(Item.org_id == Code.org_id, Item.id == Code.item_id))
    .outerjoin(PublicState, PublicState.uri == Item.uri)
    .where(Code.code == sa.bindparam("code"))
)


def said_under(connection: Connection, code: str) -> Row | None:
    """Whose part a code here names, and what is said of it to everybody; nothing else is read of another's record."""
    return connection.execute(_SAID, {"code": code}).first()


def links_of(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """The other records that a part's record goes on from, the newest first."""
    chosen = (
        sa.select(RecordLink.__table__)
        .where(RecordLink.org_id == org_id, RecordLink.item_id == item_id)
        .order_by(RecordLink.linked_at.desc(), RecordLink.uri)
    )
    return list(connection.execute(chosen))


def waiting(connection: Connection, limit: int) -> list[Row]:
    """Notices to any organisation that its record has not heard yet, the oldest first."""
    chosen = (
        sa.select(Notice.__table__)
        .where(Notice.received_at.is_(None))
        .order_by(Notice.said_at, Notice.org_id, Notice.item_id, Notice.digest)
        .limit(limit)
    )
    return list(connection.execute(chosen))
