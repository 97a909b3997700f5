"""What sat in what, from when to when, what both showed at both ends, and what sits where now."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table
from remanu.parts.models.items import of_item


class Installation(Base):
    """From when to when an item sat in which position of which host; any item may be a host.

    `began` is `found` where it was seen sitting there and nobody recorded how it came in: `from_at` is then the
    moment since when the host was in the workshop's hands. `papers` and `papers_out` name the documents.
    """

    __tablename__ = "installation"
    __table_args__ = table(
        "view",
        *of_item(
            sa.ForeignKeyConstraint(["org_id", "host_id"], ["item.org_id", "item.id"]),
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.Index("ix_installation_org_id_item_id", "org_id", "item_id"),
            # Trees and pages of them are answered from this alone; an index on the host would read a row for each part.
            sa.Index(
                "ix_installation_org_id_host_id_position",
                "org_id",
                "host_id",
                "position",
                "from_at",
                "to_at",
                "item_id",
            ),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    host_id: Mapped[str] = column("internal")
    position: Mapped[str] = column("public")
    from_at: Mapped[datetime] = column("public")
    to_at: Mapped[datetime | None] = column("public")
    began: Mapped[str | None] = column("public")
    papers: Mapped[str | None] = column("public")
    ended: Mapped[str | None] = column("public")
    papers_out: Mapped[str | None] = column("public")


class InstallationReading(Base):
    """What a counter of the item, or of the host, showed when an installation began or ended (I5).

    `edge` is start or end, `whose` is item or host. `item_id` is whose counter it was: of the host's, that of the
    nearest assembly above which is counted.
    """

    __tablename__ = "installation_reading"
    __table_args__ = table(
        "view",
        *of_item(
            sa.ForeignKeyConstraint(["org_id", "installation_id"], ["installation.org_id", "installation.id"]),
            sa.PrimaryKeyConstraint("org_id", "installation_id", "edge", "whose", "counter", "rating"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    installation_id: Mapped[str] = column("internal")
    edge: Mapped[str] = column("public")
    whose: Mapped[str] = column("public")
    counter: Mapped[str] = column("public")
    rating: Mapped[str] = column("public")
    item_id: Mapped[str] = column("internal")
    value: Mapped[str] = column("public")
    unit: Mapped[str] = column("public")
    read_at: Mapped[datetime] = column("public")


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
