"""Cases with what stops them and the components in them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table
from remanu.parts.models.items import of_item


class Case(Base):
    """One pass of one top item through a remanufacturer (SM-1); `state` changes only by guarded update.

    `closed_at` is set when the part goes on in another case; the state then says how this one ended.
    `pack` is the digest of the family pack that the case was opened under, None for the built-in one.
    `mode` is on_site where the work is done in place, None in the workshop.
    """

    __tablename__ = "reman_case"
    __table_args__ = table(
        "view",
        *of_item(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.UniqueConstraint("org_id", "number"),
            sa.Index("ix_reman_case_org_id_item_id", "org_id", "item_id"),
            # A list of cases in some states reads the first page of each and nothing else, however many there are.
            sa.Index(
                "ix_reman_case_open",
                "org_id",
                "state",
                "changed_at",
                "id",
                sqlite_where=sa.text("closed_at IS NULL"),
                postgresql_where=sa.text("closed_at IS NULL"),
            ),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    number: Mapped[int] = column("internal")
    state: Mapped[str] = column("public")
    life_from: Mapped[int] = column("public")
    target_class: Mapped[str | None] = column("public")
    standard: Mapped[str | None] = column("public")
    edition: Mapped[str | None] = column("public")
    loops: Mapped[int] = column("internal")
    opened_at: Mapped[datetime] = column("public")
    changed_at: Mapped[datetime] = column("public")
    closed_at: Mapped[datetime | None] = column("public")
    pack: Mapped[str | None] = column("public")
    mode: Mapped[str | None] = column("public")


class Hold(Base):
    """A reason why nothing moves; open until lifted."""

    __tablename__ = "hold"
    __table_args__ = table(
        "view",
        *of_item(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.Index("ix_hold_org_id_case_id", "org_id", "case_id"),
            sa.Index("ix_hold_org_id_lifted_at", "org_id", "lifted_at"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    reason: Mapped[str] = column("internal")
    placed_at: Mapped[datetime] = column("internal")
    lifted_at: Mapped[datetime | None] = column("internal")


class ComponentRoute(Base):
    """One component's path inside a case: where it sat, what was decided, where it went."""

    __tablename__ = "component_route"
    __table_args__ = table(
        "view",
        *of_item(
            sa.PrimaryKeyConstraint("org_id", "case_id", "item_id"),
            sa.ForeignKeyConstraint(["org_id", "case_id"], ["reman_case.org_id", "reman_case.id"]),
            sa.Index("ix_component_route_org_id_item_id", "org_id", "item_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    position: Mapped[str] = column("public")
    found: Mapped[bool] = column("public")
    disposition: Mapped[str | None] = column("public")
    replaces: Mapped[str | None] = column("public")
