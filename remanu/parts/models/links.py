"""Which other record a part's record goes on from, what that one says of it, and notices that wait to be heard."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table
from remanu.parts.models.items import of_item


class RecordLink(Base):
    """A part has a record elsewhere: its address there, and the digest of what was said of it (architecture.md §4).

    `state` is what it said when the two were linked, `heard` what its newest notice says since then.
    """

    __tablename__ = "record_link"
    __table_args__ = table(
        "view",
        *of_item(
            sa.PrimaryKeyConstraint("org_id", "item_id", "uri"),
            sa.Index("ix_record_link_uri", "uri"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    uri: Mapped[str] = column("public")
    digest: Mapped[str] = column("public")
    state: Mapped[str | None] = column("public")
    linked_at: Mapped[datetime] = column("public")
    heard: Mapped[str | None] = column("public")
    heard_digest: Mapped[str | None] = column("public")
    heard_at: Mapped[datetime | None] = column("public")


class Notice(Base):
    """What another organisation's record says of a part that ours links to; it waits until ours has recorded it.

    Working data: the source's act writes it, and the receiver's own event is what stays. It refers to no view, so
    that views can be rebuilt under it.
    """

    __tablename__ = "notice"
    __table_args__ = table(
        "working",
        sa.PrimaryKeyConstraint("org_id", "item_id", "digest"),
        sa.Index(
            "ix_notice_waiting",
            "org_id",
            "item_id",
            sqlite_where=sa.text("received_at IS NULL"),
            postgresql_where=sa.text("received_at IS NULL"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    digest: Mapped[str] = column("public")
    uri: Mapped[str] = column("public")
    kind: Mapped[str] = column("public")
    state: Mapped[str] = column("public")
    said_at: Mapped[datetime] = column("public")
    received_at: Mapped[datetime | None] = column("internal")
