"""The job row: what a piece of long work is, how far it came, and who holds it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


class Job(Base):
    """One piece of work behind the scenes, written in the transaction that asked for it (stack.md §1.1).

    `org_id` says for whom, and is empty for the installation's own upkeep; the key is the id alone, because
    the worker looks for work of all organisations at once.
    """

    __tablename__ = "job"
    __table_args__ = table(
        "working",
        sa.PrimaryKeyConstraint("id"),
        sa.Index("ix_job_state_changed_at", "state", "changed_at"),
    )
    id: Mapped[str] = column("internal")
    org_id: Mapped[str | None] = column("internal")
    kind: Mapped[str] = column("internal")
    args: Mapped[str] = column("internal")
    state: Mapped[str] = column("internal")
    done: Mapped[int] = column("internal")
    total: Mapped[int] = column("internal")
    attempts: Mapped[int] = column("internal")
    lease_until: Mapped[datetime | None] = column("internal")
    answer: Mapped[str | None] = column("internal")
    problem: Mapped[str | None] = column("internal")
    created_at: Mapped[datetime] = column("internal")
    changed_at: Mapped[datetime] = column("internal")
