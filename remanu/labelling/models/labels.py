"""Tables of labelling: each physical label with its exact printed text, and deliveries with their warranty."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


class Label(Base):
    """One physical label or tag (SM-8); `payload` is the very string that was printed and is never built again.

    `occupies` holds item, life, kind and placement while the label lives, so that the store itself refuses a
    second one there (I54). `words` is what a printed label says, as JSON, copied from the release (I57).
    """

    __tablename__ = "label"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.UniqueConstraint("org_id", "item_id", "code"),
        sa.UniqueConstraint("org_id", "occupies"),
        sa.ForeignKeyConstraint(["org_id", "item_id"], ["item.org_id", "item.id"]),
        sa.Index("ix_label_item_code_code", "item_code", "code"),
        sa.Index("ix_label_org_id_state_id", "org_id", "state", "id"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    item_code: Mapped[str] = column("public")
    code: Mapped[str] = column("public")
    kind: Mapped[str] = column("public")
    placement: Mapped[str] = column("public")
    life: Mapped[int] = column("public")
    case_id: Mapped[str | None] = column("internal")
    payload: Mapped[str] = column("public")
    template: Mapped[str] = column("internal")
    media: Mapped[str] = column("internal")
    locale: Mapped[str] = column("public")
    generation: Mapped[int] = column("public")
    state: Mapped[str] = column("public")
    occupies: Mapped[str | None] = column("internal")
    words: Mapped[str | None] = column("public")
    printer: Mapped[str | None] = column("internal")
    why: Mapped[str | None] = column("public")
    replaces: Mapped[str | None] = column("internal")
    replaced_by: Mapped[str | None] = column("public")
    reserved_at: Mapped[datetime] = column("public")
    printed_at: Mapped[datetime | None] = column("public")
    applied_at: Mapped[datetime | None] = column("public")
    active_at: Mapped[datetime | None] = column("public")
    changed_at: Mapped[datetime] = column("public")
    ended_at: Mapped[datetime | None] = column("public")


class PrintedOrigin(Base):
    """Scheme and host that stand on printed labels: what binds this installation to its address (labels.md §1.4)."""

    __tablename__ = "printed_origin"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id", "origin"))
    org_id: Mapped[str] = column("internal")
    origin: Mapped[str] = column("public")
    since: Mapped[datetime] = column("public")


class Delivery(Base):
    """A part that left with its label; to whom is sealed in the event."""

    __tablename__ = "delivery"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.ForeignKeyConstraint(["org_id", "item_id"], ["item.org_id", "item.id"]),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal", index=True)
    case_id: Mapped[str] = column("internal")
    life: Mapped[int] = column("public")
    delivered_at: Mapped[datetime] = column("public")
    warranty_from: Mapped[str] = column("public")
    warranty_until: Mapped[str] = column("public")
