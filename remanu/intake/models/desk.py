"""Tables of the desk: criteria of the organisation's own, accounts of deposits, blank tags, and the basket."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


class CriteriaSet(Base):
    """One edition of core acceptance criteria for a family, programme and region; in force once approved, by its days.

    `content` is the questions and discrepancies as JSON; amounts stand sealed with the event `event_id`.
    """

    __tablename__ = "criteria_set"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id", "id"))
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")
    family: Mapped[str] = column("internal", index=True)
    programme: Mapped[str] = column("internal")
    region: Mapped[str] = column("internal")
    edition: Mapped[str] = column("internal")
    applies_from: Mapped[str] = column("internal")
    applies_until: Mapped[str | None] = column("internal")
    source: Mapped[str] = column("internal")
    appeal_days: Mapped[int] = column("internal")
    priced: Mapped[bool] = column("internal")
    digest: Mapped[str] = column("internal")
    content: Mapped[str] = column("internal")
    author: Mapped[str] = column("internal")
    drafted_at: Mapped[datetime] = column("internal")
    approver: Mapped[str | None] = column("internal")
    approved_at: Mapped[datetime | None] = column("internal")
    withdrawn_at: Mapped[datetime | None] = column("internal")


class CoreAccount(Base):
    """A customer's account of cores; whose it is stands sealed with the event `event_id`."""

    __tablename__ = "core_account"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id", "id"))
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    number: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")
    opened_at: Mapped[datetime] = column("internal")


def _of_account(*more: sa.schema.SchemaItem) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.ForeignKeyConstraint(["org_id", "account_id"], ["core_account.org_id", "core_account.id"]),
        sa.PrimaryKeyConstraint("org_id", "event_id"),
        *more,
    )


class CorePurchase(Base):
    """Units bought with a deposit, which cores answer; the deposit charged stands sealed with the event."""

    __tablename__ = "core_purchase"
    __table_args__ = table("view", *_of_account())
    org_id: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")
    account_id: Mapped[str] = column("internal", index=True)
    family: Mapped[str] = column("internal")
    programme: Mapped[str] = column("internal")
    units: Mapped[int] = column("internal")
    bought_on: Mapped[str] = column("internal")
    open_until: Mapped[str] = column("internal")


class CoreSettlement(Base):
    """A graded core settled on an account; amounts stand sealed. One that another took the place of counts no more."""

    __tablename__ = "core_settlement"
    __table_args__ = table("view", *_of_account())
    org_id: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")
    account_id: Mapped[str] = column("internal", index=True)
    case_id: Mapped[str] = column("internal", index=True)
    item_id: Mapped[str] = column("internal")
    grade_id: Mapped[str] = column("internal")
    family: Mapped[str] = column("internal")
    programme: Mapped[str] = column("internal")
    outcome: Mapped[str] = column("internal")
    returned_on: Mapped[str] = column("internal")
    settled_at: Mapped[datetime] = column("internal")
    replaced_by: Mapped[str | None] = column("internal")


class BlankTag(Base):
    """A tag printed ahead of the part: a code of ours that waits until a part takes it, or somebody says it is gone."""

    __tablename__ = "blank_tag"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id", "code"))
    org_id: Mapped[str] = column("internal")
    code: Mapped[str] = column("internal")
    batch: Mapped[str] = column("internal", index=True)
    number: Mapped[str] = column("internal")
    issued_at: Mapped[datetime] = column("internal")
    voided_at: Mapped[datetime | None] = column("internal")
    void_why: Mapped[str | None] = column("internal")
    place: Mapped[str | None] = column("internal")


class BasketRow(Base):
    """What a member scanned to act on at once; it belongs to the person and survives the end of a session."""

    __tablename__ = "basket_row"
    __table_args__ = table("working", sa.PrimaryKeyConstraint("org_id", "ref", "code"))
    org_id: Mapped[str] = column("internal")
    ref: Mapped[str] = column("internal")
    code: Mapped[str] = column("internal")
    times: Mapped[int] = column("internal")
    n: Mapped[int] = column("internal")
