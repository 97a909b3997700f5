"""The drawings that an organisation made for its labels and tags."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


class LabelDesign(Base):
    """One version of a drawing as JSON in millimetres: draft, approved, superseded or retired.

    `occupies` holds kind and stock while labels are drawn by it, so that the store itself refuses a second one.
    """

    __tablename__ = "label_design"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.UniqueConstraint("org_id", "name", "version"),
        sa.UniqueConstraint("org_id", "occupies"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    name: Mapped[str] = column("internal")
    version: Mapped[int] = column("internal")
    kind: Mapped[str] = column("internal")
    media: Mapped[str] = column("internal")
    drawing: Mapped[str] = column("internal")
    digest: Mapped[str] = column("internal")
    side: Mapped[str] = column("internal")
    share: Mapped[str] = column("internal")
    rows: Mapped[str] = column("internal")
    state: Mapped[str] = column("internal")
    occupies: Mapped[str | None] = column("internal")
    author: Mapped[str] = column("internal")
    drafted_at: Mapped[datetime] = column("internal")
    approved_at: Mapped[datetime | None] = column("internal")
    retired_at: Mapped[datetime | None] = column("internal")
