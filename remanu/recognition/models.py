"""Tables of recognition: arrangements with who signs them, agreements with their lines, verdicts that were computed.

Arrangements and agreements are a public register: everybody may read what was approved, each row leads with the
organisation of its steward. Days are texts such as 2026-03-01; what has an `until` ends before it.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


class Arrangement(Base):
    """A multilateral arrangement of accreditors, by the code that agreements name it by."""

    __tablename__ = "arrangement"
    __table_args__ = table(
        "view", sa.PrimaryKeyConstraint("org_id", "id"), sa.UniqueConstraint("org_id", "code")
    )
    org_id: Mapped[str] = column("public")
    id: Mapped[str] = column("public")
    code: Mapped[str] = column("public")
    name_en: Mapped[str] = column("public")
    name_zh_hans: Mapped[str] = column("public")
    name_zh_hant: Mapped[str] = column("public")
    source: Mapped[str] = column("public")
    recorded_at: Mapped[datetime] = column("public")


class Signatory(Base):
    """An accreditor signs an arrangement for these schemes; it counts once another person confirmed it.

    `accreditor` is the id of an organisation here, or the name by which documents know one that keeps no record here.
    """

    __tablename__ = "signatory"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.ForeignKeyConstraint(["org_id", "arrangement_id"], ["arrangement.org_id", "arrangement.id"]),
        sa.Index("ix_signatory_org_id_arrangement_id", "org_id", "arrangement_id"),
    )
    org_id: Mapped[str] = column("public")
    id: Mapped[str] = column("public")
    arrangement_id: Mapped[str] = column("public")
    arrangement: Mapped[str] = column("public")
    accreditor: Mapped[str] = column("public")
    accreditor_name: Mapped[str] = column("public")
    schemes: Mapped[str] = column("public")
    since: Mapped[str] = column("public")
    until: Mapped[str | None] = column("public")
    source: Mapped[str] = column("public")
    state: Mapped[str] = column("public")
    recorder_ref: Mapped[str] = column("internal")
    recorded_at: Mapped[datetime] = column("public")
    confirmed_at: Mapped[datetime | None] = column("public")


class Agreement(Base):
    """A recognition agreement in one direction: what `there` takes of what `home` attests, from a day on.

    `revision` counts the texts under one code; `base` is the one that a draft was copied from, and `former_tail` what
    becomes of certificates that it recognised. `lines` is JSON text. `state` is draft, approved or discarded.
    """

    __tablename__ = "agreement"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.UniqueConstraint("org_id", "code", "revision"),
        sa.Index("ix_agreement_home_there", "home", "there"),
    )
    org_id: Mapped[str] = column("public")
    id: Mapped[str] = column("public")
    code: Mapped[str] = column("public")
    revision: Mapped[int] = column("public")
    name_en: Mapped[str] = column("public")
    name_zh_hans: Mapped[str] = column("public")
    name_zh_hant: Mapped[str] = column("public")
    source: Mapped[str] = column("public")
    home: Mapped[str] = column("public")
    there: Mapped[str] = column("public")
    in_force: Mapped[str] = column("public")
    covers_from: Mapped[str | None] = column("public")
    basis: Mapped[str] = column("public")
    documents: Mapped[bool] = column("public")
    base: Mapped[str | None] = column("public")
    former_tail: Mapped[str | None] = column("public")
    lines: Mapped[str] = column("public")
    state: Mapped[str] = column("public")
    ends: Mapped[str | None] = column("public")
    tail: Mapped[str | None] = column("public")
    tail_until: Mapped[str | None] = column("public")
    suspended: Mapped[str] = column("public")
    digest: Mapped[str | None] = column("public")
    author_ref: Mapped[str] = column("internal")
    drafted_at: Mapped[datetime] = column("public")
    approver_ref: Mapped[str | None] = column("internal")
    approved_at: Mapped[datetime | None] = column("public")
    changed_at: Mapped[datetime] = column("public")


class StoredVerdict(Base):
    """A verdict on a part's release in force, in one jurisdiction, as it was computed last.

    `document` has everything that it says as JSON text, the rows that it used included; `inputs` is the hash of the
    question and of those rows, by which it can be computed again and compared (I50, I51). `told` is JSON text with what
    the sentence on the part's page needs; verdicts that were kept before it was have none.
    """

    __tablename__ = "verdict"
    __table_args__ = table(
        "working",
        sa.PrimaryKeyConstraint("org_id", "item_id", "jurisdiction"),
        sa.Index("ix_verdict_org_id_jurisdiction_word", "org_id", "jurisdiction", "word"),
    )
    org_id: Mapped[str] = column("public")
    item_id: Mapped[str] = column("internal")
    jurisdiction: Mapped[str] = column("public")
    certificate_id: Mapped[str] = column("public")
    as_of: Mapped[str] = column("public")
    word: Mapped[str] = column("public")
    reason: Mapped[str] = column("public")
    what: Mapped[str] = column("public")
    agreement: Mapped[str | None] = column("public")
    level: Mapped[str | None] = column("public")
    against: Mapped[int] = column("public")
    document: Mapped[str] = column("public")
    inputs: Mapped[str] = column("public")
    computed_at: Mapped[datetime] = column("public")
    told: Mapped[str | None] = column("public")
