"""Identifiers that items have beside our own code, and the GS1 company prefixes that organisations may mint under."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table
from remanu.parts.models.items import of_item


class ItemIdentifier(Base):
    """An identifier of an item (labels.md §1.1): another's mark that was read, or a GS1 key that was minted here.

    `occupies` holds scheme and normalised value while it stands, so that the store itself refuses it on a second item
    of the organisation. `evidence` is the digest of a file that shows it.
    """

    __tablename__ = "item_identifier"
    __table_args__ = table(
        "view",
        *of_item(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.UniqueConstraint("org_id", "occupies"),
            sa.Index("ix_item_identifier_org_id_item_id", "org_id", "item_id"),
            sa.Index("ix_item_identifier_normalised_scheme", "normalised", "scheme"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    scheme: Mapped[str] = column("public")
    value: Mapped[str] = column("public")
    # Keys of a product are looked up as a range, which only an order by code points keeps together.
    normalised: Mapped[str] = column("public", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"))
    issuer: Mapped[str] = column("public")
    is_marked_on_part: Mapped[bool] = column("public")
    minted: Mapped[bool] = column("public")
    first_seen: Mapped[datetime] = column("public")
    evidence: Mapped[str | None] = column("public")
    occupies: Mapped[str | None] = column("internal")
    withdrawn_at: Mapped[datetime | None] = column("public")
    why: Mapped[str | None] = column("public")


class CompanyPrefix(Base):
    """A GS1 company prefix that an administrator confirmed, by its document, to be the organisation's own.

    From `applies_from` until the day before `ended_from`, days of the organisation's zone, keys may be minted under it.
    """

    __tablename__ = "company_prefix"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.Index("ix_company_prefix_prefix", "prefix"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    prefix: Mapped[str] = column("public")
    applies_from: Mapped[str] = column("public")
    document: Mapped[str] = column("internal")
    confirmed_at: Mapped[datetime] = column("public")
    ended_from: Mapped[str | None] = column("public")
