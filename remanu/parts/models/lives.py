"""What is known of limited lives beside counters: installations from before this record, and parts under control."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table
from remanu.parts.models.items import of_item


class TraceRow(Base):
    """One installation of a part before it came into this record, as a document tells it (back to birth, I5).

    `part_counts` and `host_counts` are JSON lists of counter, rating, unit, start and end. Who operated the host is
    sealed with the event `event_id`. `corrects` names a row that was wrong and counts no more.
    """

    __tablename__ = "trace_row"
    __table_args__ = table(
        "view",
        *of_item(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.Index("ix_trace_row_org_id_item_id", "org_id", "item_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")
    host: Mapped[str] = column("public")
    since: Mapped[str] = column("public")
    until: Mapped[str | None] = column("public")
    part_counts: Mapped[str] = column("public")
    host_counts: Mapped[str] = column("public")
    digest: Mapped[str] = column("public")
    corrects: Mapped[str | None] = column("public")
    entered_at: Mapped[datetime] = column("public")


class PartControl(Base):
    """How a removed part is kept from being fitted by mistake, or that it was made useless (14 CFR 43.10, I11)."""

    __tablename__ = "part_control"
    __table_args__ = table(
        "view",
        *of_item(
            sa.PrimaryKeyConstraint("org_id", "item_id", "event_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")
    method: Mapped[str] = column("public")
    reference: Mapped[str | None] = column("public")
    controlled_at: Mapped[datetime] = column("public")
