"""Other records of a part: which ours goes on from, what they say, and what is said under an address here."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.parts.models import Code, Item, Notice, PublicState, RecordLink
from remanu.parts.queries.one import Row

DOUBTED = ("revoked", "under-review", "scrapped")
"""What a record may say of a part that nobody should rely on as it is."""

UNCERTIFIED = ("suspended", "withdrawn", "reduced")
"""What a body may say of the product certification that covers a unit."""
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


def doubted_by_bodies(connection: Connection, org_id: str, item_id: str) -> bool:
    """Whether the last word that any body left about this part is that its product certification does not hold."""
    last: dict[str, str] = {}
    chosen = sa.select(Notice.uri, Notice.state).where(Notice.org_id == org_id, Notice.item_id == item_id)
    for one in connection.execute(chosen.order_by(Notice.said_at, Notice.digest)):
        last[one.uri] = one.state
    return any(state in UNCERTIFIED for state in last.values())


def words_before(connection: Connection, org_id: str, item_id: str, *, uri: str, state: str) -> list[str]:
    """The digests of what was said of a part under an address in a state."""
    mine = (Notice.org_id == org_id, Notice.item_id == item_id, Notice.uri == uri, Notice.state == state)
    return list(connection.execute(sa.select(Notice.digest).where(*mine)).scalars())
