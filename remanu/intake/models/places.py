"""Places of the workshop that have a code of their own: a shelf, a bench, a bay."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


class WorkPlace(Base):
    """A place with the code on its sign; parts stand there by its name, which `occupies` keeps for one in use."""

    __tablename__ = "work_place"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.UniqueConstraint("org_id", "code"),
        sa.UniqueConstraint("org_id", "occupies"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    code: Mapped[str] = column("internal")
    name: Mapped[str] = column("internal")
    occupies: Mapped[str | None] = column("internal")
    added_at: Mapped[datetime] = column("internal")
    retired_at: Mapped[datetime | None] = column("internal")
