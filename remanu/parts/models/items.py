"""Tables of items: what they are, their marks and lives, public codes and states, and words to find them by."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


def of_item(*more: sa.schema.SchemaItem, name: str = "item_id") -> tuple[sa.schema.SchemaItem, ...]:
    """Constraints of a table about an item; the reference carries org_id, so that another's part cannot be stored."""
    return (sa.ForeignKeyConstraint(["org_id", name], ["item.org_id", "item.id"]), *more)


class Item(Base):
    """The physical thing as one organisation's record of it; its id is never used again (I1).

    `pack` is the digest of the family pack that it was last taken into work by, None for the built-in one.
    """

    __tablename__ = "item"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.UniqueConstraint("org_id", "identity"),
        sa.Index("ix_item_org_id_family_id", "org_id", "family", "id"),
        sa.Index("ix_item_identity", "identity"),
        sa.Index("ix_item_org_id_place_id", "org_id", "place", "id"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    code: Mapped[str] = column("public")
    uri: Mapped[str] = column("public")
    family: Mapped[str] = column("public")
    component: Mapped[str] = column("public")
    name: Mapped[str] = column("public")
    maker: Mapped[str] = column("public")
    part_number: Mapped[str] = column("public")
    serial: Mapped[str | None] = column("public")
    identity: Mapped[str | None] = column("internal")
    condition: Mapped[str] = column("public")
    origin: Mapped[str] = column("public")
    mass_kg: Mapped[str | None] = column("public")
    life: Mapped[int] = column("public")
    place: Mapped[str | None] = column("internal")
    simulated: Mapped[bool] = column("public")
    registered_at: Mapped[datetime] = column("public")
    pack: Mapped[str | None] = column("public")


class Mark(Base):
    """A mark as it was read on the part: data plate, etched serial, maker's code."""

    __tablename__ = "mark"
    __table_args__ = table(
        "view",
        *of_item(sa.PrimaryKeyConstraint("org_id", "id"), sa.Index("ix_mark_org_id_item_id", "org_id", "item_id")),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    kind: Mapped[str] = column("public")
    text: Mapped[str] = column("public")
    read_at: Mapped[datetime] = column("public")


class Life(Base):
    """From one entry into service to the next core return; numbers run without gaps (I2)."""

    __tablename__ = "life"
    __table_args__ = table("view", *of_item(sa.PrimaryKeyConstraint("org_id", "item_id", "n")))
    org_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    n: Mapped[int] = column("public")
    opened_at: Mapped[datetime | None] = column("public")
    opened_by: Mapped[str | None] = column("public")
    closed_at: Mapped[datetime | None] = column("public")


class Code(Base):
    """The global look-up from a public code to a record; no foreign key, so that it can be spread by code."""

    __tablename__ = "code"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("code"))
    code: Mapped[str] = column("public")
    org_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")


class PublicState(Base):
    """What anyone may rely on about a part now; updated in the source's own transaction."""

    __tablename__ = "public_state"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("uri"))
    uri: Mapped[str] = column("public")
    state: Mapped[str] = column("public")
    since: Mapped[datetime] = column("public")
    digest: Mapped[str] = column("public")


class SearchWord(Base):
    """One word, or one Chinese character, under which an item is found."""

    __tablename__ = "search_word"
    __table_args__ = table(
        "view",
        *of_item(
            sa.PrimaryKeyConstraint("org_id", "word", "item_id"),
            sa.Index("ix_search_word_org_id_item_id", "org_id", "item_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    # Beginnings of words are looked up as a range, which only an order by code points keeps together.
    word: Mapped[str] = column("internal", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"))
    item_id: Mapped[str] = column("internal")
