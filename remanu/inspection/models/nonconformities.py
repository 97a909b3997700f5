"""Tables of what is not as it must be: nonconformities, concessions and their use, instruments that were recalled."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table
from remanu.inspection.models.cases import of_case


class Nonconformity(Base):
    """Something that is not as it must be (SM-3); the words about it are sealed with the event that raised it.

    `decision` is what the board decided, by `design_data` where that departs from the drawing; `concession_id` is the
    newest concession that was asked for or used, `recall_id` the recall that raised it.
    """

    __tablename__ = "nonconformity"
    __table_args__ = table(
        "view",
        *of_case(
            sa.Index("ix_nonconformity_org_id_case_id", "org_id", "case_id"),
            sa.Index("ix_nonconformity_org_id_state_id", "org_id", "state", "id"),
            # The list of what is open must not read through all that was ever closed.
            sa.Index(
                "ix_nonconformity_open",
                "org_id",
                "id",
                sqlite_where=sa.text("closed_at IS NULL"),
                postgresql_where=sa.text("closed_at IS NULL"),
            ),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    cause: Mapped[str] = column("public")
    raised_at: Mapped[datetime] = column("public")
    raised_by: Mapped[str] = column("internal")
    raised_in: Mapped[str] = column("internal")
    closed_at: Mapped[datetime | None] = column("public")
    outcome: Mapped[str | None] = column("public")
    state: Mapped[str] = column("public", server_default="OPEN")
    decision: Mapped[str | None] = column("public")
    design_data: Mapped[str | None] = column("internal")
    concession_id: Mapped[str | None] = column("internal")
    recall_id: Mapped[str | None] = column("internal")


class Concession(Base):
    """A request to use something as it is, and what became of it: pending, approved or refused.

    `terms` is what the event says of scope, last day and deviations, as JSON; `caps` when it lies outside new limits.
    """

    __tablename__ = "concession"
    __table_args__ = table("view", *of_case(sa.UniqueConstraint("org_id", "no")))
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    no: Mapped[int] = column("public")
    number: Mapped[str] = column("public")
    item_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    nonconformity_id: Mapped[str] = column("internal")
    part_number: Mapped[str] = column("public")
    state: Mapped[str] = column("public")
    quantity: Mapped[int | None] = column("public")
    expires: Mapped[str] = column("public")
    caps: Mapped[bool] = column("public")
    terms: Mapped[str] = column("public")
    requested_by: Mapped[str] = column("internal")
    requested_at: Mapped[datetime] = column("public")
    decided_at: Mapped[datetime | None] = column("public")
    reason: Mapped[str | None] = column("public")


class ConcessionUse(Base):
    """One part that is used under an approved concession, in one case; `terms` are its own deviations."""

    __tablename__ = "concession_use"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "nonconformity_id"),
        sa.ForeignKeyConstraint(["org_id", "concession_id"], ["concession.org_id", "concession.id"]),
        sa.ForeignKeyConstraint(["org_id", "item_id"], ["item.org_id", "item.id"]),
        sa.ForeignKeyConstraint(["org_id", "case_id"], ["reman_case.org_id", "reman_case.id"]),
        sa.Index("ix_concession_use_org_id_case_id", "org_id", "case_id"),
        sa.Index("ix_concession_use_org_id_concession_id", "org_id", "concession_id"),
    )
    org_id: Mapped[str] = column("internal")
    nonconformity_id: Mapped[str] = column("internal")
    concession_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    terms: Mapped[str] = column("public")
    used_at: Mapped[datetime] = column("public")


class Recall(Base):
    """An instrument was found out of tolerance: what it measured from `since` to `until` is in doubt.

    Both days are included; without `since` it was never known to be good.
    """

    __tablename__ = "recall"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.ForeignKeyConstraint(["org_id", "instrument_id"], ["instrument.org_id", "instrument.id"]),
        sa.Index("ix_recall_org_id_instrument_id", "org_id", "instrument_id", "id"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    instrument_id: Mapped[str] = column("internal")
    why: Mapped[str] = column("public")
    since: Mapped[str | None] = column("public")
    until: Mapped[str] = column("public")
    recalled_at: Mapped[datetime] = column("public")
