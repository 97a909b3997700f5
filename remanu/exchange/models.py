"""Tables of exchange: who wants to be told of a part, what waits to be sent to him, who was reminded of what."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


class Subscription(Base):
    """Somebody wants to be told by mail when what is said of a part changes; he is known by his address alone.

    The address is encrypted and bound to this row; `address_digest` is keyed and tells whether two are the same. The
    links to confirm and to end it are derived from the id and stored nowhere. Ending it removes the row.
    """

    __tablename__ = "subscription"
    __table_args__ = table(
        "vault",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.Index("ix_subscription_id", "id"),
        sa.Index("ix_subscription_org_id_item_id", "org_id", "item_id"),
        sa.Index("ix_subscription_address_digest", "address_digest"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    address: Mapped[bytes] = column("secret")
    address_digest: Mapped[bytes] = column("secret")
    locale: Mapped[str] = column("personal")
    asked_at: Mapped[datetime] = column("internal")
    confirmed_at: Mapped[datetime | None] = column("internal")
    mac: Mapped[bytes] = column("secret")


class Outbox(Base):
    """One message that an act asked for, written in the act's own transaction and sent afterwards.

    `state` is waiting, sending, sent or failed; `due_at` is when it may be tried (again). `message_id` never changes,
    so that whoever gets a message twice can tell: it is sent at least once.
    """

    __tablename__ = "outbox"
    __table_args__ = table(
        "working",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.Index(
            "ix_outbox_due_at",
            "due_at",
            sqlite_where=sa.text("state IN ('waiting', 'sending')"),
            postgresql_where=sa.text("state IN ('waiting', 'sending')"),
        ),
        sa.Index("ix_outbox_org_id_subscription_id", "org_id", "subscription_id"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    subscription_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    kind: Mapped[str] = column("internal")
    says: Mapped[str] = column("internal")
    message_id: Mapped[str] = column("internal")
    state: Mapped[str] = column("internal")
    attempts: Mapped[int] = column("internal")
    due_at: Mapped[datetime] = column("internal")
    created_at: Mapped[datetime] = column("internal")
    sent_at: Mapped[datetime | None] = column("internal")
    problem: Mapped[str | None] = column("internal")


class Reminder(Base):
    """That an organisation was reminded of a day, so many days before it: nobody is reminded of it twice.

    `what` is surveillance, transition or validity; `subject_id` is the certification.
    """

    __tablename__ = "reminder"
    __table_args__ = table("working", sa.PrimaryKeyConstraint("org_id", "subject_id", "what", "due_on", "days"))
    org_id: Mapped[str] = column("internal")
    subject_id: Mapped[str] = column("internal")
    what: Mapped[str] = column("internal")
    due_on: Mapped[str] = column("internal")
    days: Mapped[int] = column("internal")
    at: Mapped[datetime] = column("internal")


class RemindedMember(Base):
    """Which member asked for the reminders of his organisation under an address: it speaks only while one is here."""

    __tablename__ = "reminded_member"
    __table_args__ = table("working", sa.PrimaryKeyConstraint("org_id", "subscription_id", "ref"))
    org_id: Mapped[str] = column("internal")
    subscription_id: Mapped[str] = column("internal")
    ref: Mapped[str] = column("internal")
