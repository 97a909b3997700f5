"""Tables of certification: schemes, accreditations, certifications with what happened to them, outside documents.

What bodies say of themselves and of what they certify is a public register: everybody may read those tables, each row
leads with the organisation that records it. Days are texts such as 2026-03-01; a span ends before its `until`.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


class Scheme(Base):
    """A scheme as a list of activities; lists are JSON text. `code` names it in the world, whoever reads it."""

    __tablename__ = "certification_scheme"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.UniqueConstraint("org_id", "code", "revision"),
        sa.Index("ix_certification_scheme_code", "code"),
    )
    org_id: Mapped[str] = column("public")
    id: Mapped[str] = column("public")
    code: Mapped[str] = column("public")
    revision: Mapped[int] = column("public")
    name_en: Mapped[str] = column("public")
    name_zh_hans: Mapped[str] = column("public")
    name_zh_hant: Mapped[str] = column("public")
    activities: Mapped[str] = column("public")
    statuses: Mapped[str] = column("public")
    checklist: Mapped[str] = column("public")
    retroactive: Mapped[bool] = column("public")
    surveillance_days: Mapped[int] = column("public")
    grace_days: Mapped[int] = column("public")
    suspension_days: Mapped[int] = column("public")
    state: Mapped[str] = column("public")
    author_ref: Mapped[str] = column("internal")
    drafted_at: Mapped[datetime] = column("public")
    approver_ref: Mapped[str | None] = column("internal")
    approved_at: Mapped[datetime | None] = column("public")


class SchemeEdition(Base):
    """An edition of the standard that a scheme works by; it holds until its transition ends, that day included."""

    __tablename__ = "scheme_edition"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "scheme", "edition"),
        sa.Index("ix_scheme_edition_scheme", "scheme"),
    )
    org_id: Mapped[str] = column("public")
    scheme: Mapped[str] = column("public")
    standard: Mapped[str] = column("public")
    edition: Mapped[str] = column("public")
    applies_from: Mapped[str] = column("public")
    transition_end: Mapped[str | None] = column("public")


class Accreditation(Base):
    """That an accreditation body found a certification body competent; `areas` is the scope of the grant as JSON."""

    __tablename__ = "accreditation"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.UniqueConstraint("org_id", "number"),
        sa.Index("ix_accreditation_body_org", "body_org"),
    )
    org_id: Mapped[str] = column("public")
    id: Mapped[str] = column("public")
    number: Mapped[str] = column("public")
    body_org: Mapped[str] = column("public")
    state: Mapped[str] = column("public")
    valid_from: Mapped[str] = column("public")
    valid_to: Mapped[str] = column("public")
    changed_at: Mapped[datetime] = column("public")


class RegisterStep(Base):
    """One step of an accreditation or a certification: the verb, its day, and the body of its event as JSON (I42)."""

    __tablename__ = "register_step"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id", "subject_id", "seq"))
    org_id: Mapped[str] = column("public")
    subject_id: Mapped[str] = column("public")
    seq: Mapped[int] = column("public")
    verb: Mapped[str] = column("public")
    on_day: Mapped[str] = column("public")
    facts: Mapped[str] = column("public")
    event_id: Mapped[str] = column("public")
    digest: Mapped[str] = column("public")
    at: Mapped[datetime] = column("public")


class ProductCertification(Base):
    """A certification of a holder's products from its application on (SM-5); without a number it is not public."""

    __tablename__ = "product_certification"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.UniqueConstraint("org_id", "no"),
        sa.Index("ix_product_certification_holder_org_application", "holder_org", "application"),
        sa.Index("ix_product_certification_org_id_state", "org_id", "state"),
        sa.Index("ix_product_certification_id", "id"),
    )
    org_id: Mapped[str] = column("public")
    id: Mapped[str] = column("public")
    holder_org: Mapped[str] = column("public")
    application: Mapped[str] = column("public")
    scheme_org: Mapped[str] = column("public")
    scheme: Mapped[str] = column("public")
    revision: Mapped[int] = column("public")
    family: Mapped[str] = column("public")
    edition: Mapped[str] = column("public")
    state: Mapped[str] = column("public")
    no: Mapped[int | None] = column("public")
    number: Mapped[str | None] = column("public")
    batch: Mapped[str | None] = column("public")
    valid_from: Mapped[str | None] = column("public")
    valid_to: Mapped[str | None] = column("public")
    due_on: Mapped[str | None] = column("public")
    answer_by: Mapped[str | None] = column("internal")
    suspended_until: Mapped[str | None] = column("public")
    retro: Mapped[str | None] = column("public")
    extends: Mapped[str | None] = column("public")
    words: Mapped[str] = column("public")
    opened_at: Mapped[datetime] = column("internal")
    changed_at: Mapped[datetime] = column("public")


class CertificationSpan(Base):
    """That one line of a scope covers what is released from one day until before another (I43, I44)."""

    __tablename__ = "certification_span"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "certification_id", "no"),
        sa.ForeignKeyConstraint(
            ["org_id", "certification_id"], ["product_certification.org_id", "product_certification.id"]
        ),
        sa.Index("ix_certification_span_holder_org_family_model", "holder_org", "family", "model"),
    )
    org_id: Mapped[str] = column("public")
    certification_id: Mapped[str] = column("public")
    no: Mapped[int] = column("public")
    holder_org: Mapped[str] = column("public")
    family: Mapped[str] = column("public")
    model: Mapped[str] = column("public")
    site: Mapped[str] = column("public")
    claim_class: Mapped[str] = column("public")
    since: Mapped[str] = column("public")
    until: Mapped[str | None] = column("public")


class CheckedClause(Base):
    """What an evaluator says of one clause of the checklist now; what he said before stands in the events."""

    __tablename__ = "checked_clause"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id", "certification_id", "clause"))
    org_id: Mapped[str] = column("internal")
    certification_id: Mapped[str] = column("internal")
    clause: Mapped[str] = column("internal")
    status: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")
    at: Mapped[datetime] = column("internal")


class Impartiality(Base):
    """Whether a member says that he is free of interests in a client, and did not advise him in two years."""

    __tablename__ = "impartiality"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id", "certification_id", "ref"))
    org_id: Mapped[str] = column("internal")
    certification_id: Mapped[str] = column("internal")
    ref: Mapped[str] = column("internal")
    clear: Mapped[bool] = column("internal")
    at: Mapped[datetime] = column("internal")


class CertificationApplication(Base):
    """What a workshop asks a body for; the body it is addressed to may read it, and nobody else."""

    __tablename__ = "certification_application"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.Index("ix_certification_application_body_org", "body_org"),
    )
    org_id: Mapped[str] = column("partner")
    id: Mapped[str] = column("partner")
    body_org: Mapped[str] = column("partner")
    scheme: Mapped[str] = column("partner")
    family: Mapped[str] = column("partner")
    edition: Mapped[str] = column("partner")
    lines: Mapped[str] = column("partner")
    extends: Mapped[str | None] = column("partner")
    digest: Mapped[str] = column("partner")
    applied_at: Mapped[datetime] = column("partner")


class CertificationRequest(Base):
    """What a holder asks of his body later, or answers to it: `wish` says which; the body may read it."""

    __tablename__ = "certification_request"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.Index("ix_certification_request_body_org", "body_org"),
    )
    org_id: Mapped[str] = column("partner")
    id: Mapped[str] = column("partner")
    body_org: Mapped[str] = column("partner")
    application: Mapped[str] = column("partner")
    wish: Mapped[str] = column("partner")
    clauses: Mapped[str] = column("partner")
    digest: Mapped[str] = column("partner")
    asked_at: Mapped[datetime] = column("partner")


class TakenRequest(Base):
    """That a body acted on a holder's request, by which event."""

    __tablename__ = "taken_request"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id", "request"))
    org_id: Mapped[str] = column("partner")
    request: Mapped[str] = column("partner")
    event_id: Mapped[str] = column("partner")


class CertificationNumber(Base):
    """The highest number of a body; whoever takes the next one locks this row (I38)."""

    __tablename__ = "certification_number"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id"))
    org_id: Mapped[str] = column("internal")
    last: Mapped[int] = column("internal")


class Complaint(Base):
    """A complaint, or an appeal against a decision, and whether another person answered it."""

    __tablename__ = "complaint"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.Index("ix_complaint_org_id_state", "org_id", "state"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    certification_id: Mapped[str] = column("internal")
    kind: Mapped[str] = column("internal")
    request: Mapped[str | None] = column("internal")
    state: Mapped[str] = column("internal")
    outcome: Mapped[str | None] = column("internal")
    raised_ref: Mapped[str] = column("internal")
    raised_at: Mapped[datetime] = column("internal")
    answered_ref: Mapped[str | None] = column("internal")
    answered_at: Mapped[datetime | None] = column("internal")


class OutsideRecord(Base):
    """What a body that keeps no record here says on paper: seen by one person, confirmed by another.

    `digest` is the SHA-256 of the document. A confirmed one may be read by everybody; it counts as "recorded from
    document". `models` is JSON text; an accreditation names the body it is about, a certificate its holder.
    """

    __tablename__ = "outside_record"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.Index("ix_outside_record_kind_number", "kind", "number"),
    )
    org_id: Mapped[str] = column("public")
    id: Mapped[str] = column("public")
    kind: Mapped[str] = column("public")
    number: Mapped[str] = column("public")
    issuer: Mapped[str] = column("public")
    country: Mapped[str] = column("public")
    about: Mapped[str] = column("public")
    scheme: Mapped[str] = column("public")
    edition: Mapped[str] = column("public")
    family: Mapped[str] = column("public")
    models: Mapped[str] = column("public")
    says: Mapped[str] = column("public")
    valid_from: Mapped[str] = column("public")
    valid_to: Mapped[str | None] = column("public")
    source: Mapped[str] = column("public")
    seen_on: Mapped[str] = column("public")
    digest: Mapped[str] = column("public")
    event_digest: Mapped[str] = column("public")
    state: Mapped[str] = column("public")
    recorder_ref: Mapped[str] = column("internal")
    recorded_at: Mapped[datetime] = column("public")
    confirmer_ref: Mapped[str | None] = column("internal")
    confirmed_at: Mapped[datetime | None] = column("public")
