"""What counters showed."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table
from remanu.parts.models.items import of_item


class CounterReading(Base):
    """What a counter showed: hours, cycles, starts, impressions; cumulative values never fall (I6).

    `corrects` names a reading that was wrong and counts no more.
    """

    __tablename__ = "counter_reading"
    __table_args__ = table(
        "view",
        *of_item(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.Index("ix_counter_reading_org_id_item_id", "org_id", "item_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    counter: Mapped[str] = column("public")
    rating: Mapped[str] = column("public")
    value: Mapped[str] = column("public")
    unit: Mapped[str] = column("public")
    origin: Mapped[str] = column("public")
    corrects: Mapped[str | None] = column("public")
    read_at: Mapped[datetime] = column("public")
