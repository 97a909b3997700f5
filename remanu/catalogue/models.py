"""Tables of reference data: shared lists of models, and an organisation's types, editions and instruments."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


class ReferenceList(Base):
    """A published list that all organisations share; its steward alone adds to it (architecture.md §4)."""

    __tablename__ = "reference_list"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("id"))
    id: Mapped[str] = column("public")
    title: Mapped[str] = column("public")
    source: Mapped[str] = column("public")
    steward: Mapped[str] = column("internal")
    changed_at: Mapped[datetime] = column("public")


class ReferenceModel(Base):
    """A model of a shared list; `words` are its search words with a space before and after each."""

    __tablename__ = "reference_model"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("list_id", "code"),
        sa.ForeignKeyConstraint(["list_id"], ["reference_list.id"]),
    )
    list_id: Mapped[str] = column("public")
    code: Mapped[str] = column("public")
    maker: Mapped[str] = column("public")
    model: Mapped[str] = column("public")
    kind: Mapped[str] = column("public")
    horsepower: Mapped[int | None] = column("public")
    thrust_lbf: Mapped[int | None] = column("public")
    words: Mapped[str] = column("public")


class PartType(Base):
    """What an organisation takes in: a component of a family, with names and, where there is one, its model."""

    __tablename__ = "part_type"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.ForeignKeyConstraint(
            ["reference_list", "reference_code"], ["reference_model.list_id", "reference_model.code"]
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    family: Mapped[str] = column("public")
    component: Mapped[str] = column("public")
    name_en: Mapped[str] = column("public")
    name_zh_hans: Mapped[str] = column("public")
    name_zh_hant: Mapped[str] = column("public")
    maker: Mapped[str | None] = column("public")
    part_number: Mapped[str | None] = column("public")
    reference_list: Mapped[str | None] = column("public")
    reference_code: Mapped[str | None] = column("public")
    defined_at: Mapped[datetime] = column("internal")


class FamilyPack(Base):
    """A family pack that an organisation wrote: its text stands in the evidence under `digest`.

    `base` is the id of the pack, or the built-in family, that it was copied from.
    """

    __tablename__ = "family_pack"
    __table_args__ = table(
        "view", sa.PrimaryKeyConstraint("org_id", "id"), sa.UniqueConstraint("org_id", "digest")
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    family: Mapped[str] = column("public")
    edition: Mapped[str] = column("public")
    digest: Mapped[str] = column("public")
    applies_from: Mapped[str] = column("public")
    name_en: Mapped[str] = column("public")
    name_zh_hans: Mapped[str] = column("public")
    name_zh_hant: Mapped[str] = column("public")
    base: Mapped[str | None] = column("internal")
    state: Mapped[str] = column("internal")
    author_ref: Mapped[str] = column("internal")
    drafted_at: Mapped[datetime] = column("internal")
    approver_ref: Mapped[str | None] = column("internal")
    approved_at: Mapped[datetime | None] = column("internal")


class PackEdition(Base):
    """From when on an organisation works by an edition of a family pack; `digest` is the pack's SHA-256.

    `pack_id` names the organisation's own pack, none where it is the built-in one.
    """

    __tablename__ = "pack_edition"
    __table_args__ = table(
        "view", sa.PrimaryKeyConstraint("org_id", "id"), sa.UniqueConstraint("org_id", "family", "since")
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    family: Mapped[str] = column("public")
    edition: Mapped[str] = column("public")
    digest: Mapped[str] = column("public")
    since: Mapped[datetime] = column("public")
    pack_id: Mapped[str | None] = column("internal")


class Instrument(Base):
    """A measuring instrument, tool or rig of an organisation, by the number that stands on it."""

    __tablename__ = "instrument"
    __table_args__ = table(
        "view", sa.PrimaryKeyConstraint("org_id", "id"), sa.UniqueConstraint("org_id", "number")
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    number: Mapped[str] = column("public")
    instrument_class: Mapped[str] = column("public")
    name: Mapped[str] = column("public")
    added_at: Mapped[datetime] = column("internal")
