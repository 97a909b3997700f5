"""Tables of parts: items, marks, lives, counters, cases, component routes, installations, public codes."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


def _item(*more: sa.schema.SchemaItem, name: str = "item_id") -> tuple[sa.schema.SchemaItem, ...]:
    # The reference carries org_id, so that a part of another organisation cannot even be stored.
    return (sa.ForeignKeyConstraint(["org_id", name], ["item.org_id", "item.id"]), *more)


class Item(Base):
    """The physical thing as one organisation's record of it; its id is never used again (I1)."""

    __tablename__ = "item"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.UniqueConstraint("org_id", "identity"),
        sa.Index("ix_item_org_id_family_id", "org_id", "family", "id"),
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


class Mark(Base):
    """A mark as it was read on the part: data plate, etched serial, maker's code."""

    __tablename__ = "mark"
    __table_args__ = table(
        "view",
        *_item(sa.PrimaryKeyConstraint("org_id", "id"), sa.Index("ix_mark_org_id_item_id", "org_id", "item_id")),
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
    __table_args__ = table("view", *_item(sa.PrimaryKeyConstraint("org_id", "item_id", "n")))
    org_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    n: Mapped[int] = column("public")
    opened_at: Mapped[datetime | None] = column("public")
    opened_by: Mapped[str | None] = column("public")
    closed_at: Mapped[datetime | None] = column("public")


class CounterReading(Base):
    """What a counter showed: hours, cycles, starts, impressions; cumulative values never fall (I6).

    `corrects` names a reading that was wrong and counts no more.
    """

    __tablename__ = "counter_reading"
    __table_args__ = table(
        "view",
        *_item(
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


class Case(Base):
    """One pass of one top item through a remanufacturer (SM-1); `state` changes only by guarded update.

    `closed_at` is set when the part goes on in another case; the state then says how this one ended.
    """

    __tablename__ = "reman_case"
    __table_args__ = table(
        "view",
        *_item(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.UniqueConstraint("org_id", "number"),
            sa.Index("ix_reman_case_org_id_item_id", "org_id", "item_id"),
            sa.Index("ix_reman_case_org_id_state_changed_at", "org_id", "state", "changed_at"),
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


class Hold(Base):
    """A reason why nothing moves; open until lifted."""

    __tablename__ = "hold"
    __table_args__ = table(
        "view",
        *_item(sa.PrimaryKeyConstraint("org_id", "id"), sa.Index("ix_hold_org_id_case_id", "org_id", "case_id")),
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
        *_item(
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


class Installation(Base):
    """From when to when an item sat in which position of which host."""

    __tablename__ = "installation"
    __table_args__ = table(
        "view",
        *_item(
            sa.ForeignKeyConstraint(["org_id", "host_id"], ["item.org_id", "item.id"]),
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.Index("ix_installation_org_id_item_id", "org_id", "item_id"),
            sa.Index("ix_installation_org_id_host_id", "org_id", "host_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    host_id: Mapped[str] = column("internal")
    position: Mapped[str] = column("public")
    from_at: Mapped[datetime] = column("public")
    to_at: Mapped[datetime | None] = column("public")


class InstalledNow(Base):
    """Where an item sits at present: one position an item, one item a position (I4)."""

    __tablename__ = "installed_now"
    __table_args__ = table(
        "view",
        *_item(
            sa.ForeignKeyConstraint(["org_id", "host_id"], ["item.org_id", "item.id"]),
            sa.PrimaryKeyConstraint("org_id", "item_id"),
            sa.UniqueConstraint("org_id", "host_id", "position"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    host_id: Mapped[str] = column("internal")
    position: Mapped[str] = column("public")


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
        *_item(
            sa.PrimaryKeyConstraint("org_id", "word", "item_id"),
            sa.Index("ix_search_word_org_id_item_id", "org_id", "item_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    # Beginnings of words are looked up as a range, which only an order by code points keeps together.
    word: Mapped[str] = column("internal", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"))
    item_id: Mapped[str] = column("internal")
