"""What sat in what, from when to when, and what sits where now."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table
from remanu.parts.models.items import of_item


class Installation(Base):
    """From when to when an item sat in which position of which host."""

    __tablename__ = "installation"
    __table_args__ = table(
        "view",
        *of_item(
            sa.ForeignKeyConstraint(["org_id", "host_id"], ["item.org_id", "item.id"]),
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.Index("ix_installation_org_id_item_id", "org_id", "item_id"),
            sa.Index("ix_installation_org_id_host_id", "org_id", "host_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    host_id: Mapped[str] = column("internal")
    position: Mapped[str] = column("public")
    from_at: Mapped[datetime] = column("public")
    to_at: Mapped[datetime | None] = column("public")


class InstalledNow(Base):
    """Where an item sits at present: one position an item, one item a position (I4)."""

    __tablename__ = "installed_now"
    __table_args__ = table(
        "view",
        *of_item(
            sa.ForeignKeyConstraint(["org_id", "host_id"], ["item.org_id", "item.id"]),
            sa.PrimaryKeyConstraint("org_id", "item_id"),
            sa.UniqueConstraint("org_id", "host_id", "position"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    host_id: Mapped[str] = column("internal")
    position: Mapped[str] = column("public")
