"""The tables of release: certificates with their numbers, sealed dossiers, findings, and where issuing is halted."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


def _case(*more: sa.schema.SchemaItem) -> tuple[sa.schema.SchemaItem, ...]:
    # Both references carry org_id, so that a case of another organisation cannot even be stored.
    return (
        sa.ForeignKeyConstraint(["org_id", "item_id"], ["item.org_id", "item.id"]),
        sa.ForeignKeyConstraint(["org_id", "case_id"], ["reman_case.org_id", "reman_case.id"]),
        *more,
    )


class ReleaseCertificate(Base):
    """A unit release certificate (SM-4): a draft holds its number, what is issued never changes but in state.

    `record` is the canonical JSON whose SHA-256 is `digest`, `approval` that of the signature; both are empty in a
    draft. `supersedes` names the certificate that this one corrects, `superseded_by` the one that corrected it.
    `site` is the site of the organisation that the record names, None where it names none.
    """

    __tablename__ = "release_certificate"
    __table_args__ = table(
        "view",
        *_case(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.UniqueConstraint("org_id", "no"),
            sa.Index("ix_release_certificate_org_id_item_id_no", "org_id", "item_id", "no"),
            sa.Index("ix_release_certificate_org_id_case_id", "org_id", "case_id"),
            sa.Index("ix_release_certificate_org_id_issued_at", "org_id", "issued_at"),
            sa.Index("ix_release_certificate_org_id_ended_at", "org_id", "ended_at"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("public")
    no: Mapped[int] = column("public")
    number: Mapped[str] = column("public")
    item_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    life: Mapped[int] = column("public")
    claim_class: Mapped[str] = column("public")
    state: Mapped[str] = column("public")
    warranty_days: Mapped[int] = column("public")
    record: Mapped[str] = column("public", default="")
    digest: Mapped[str] = column("public", default="")
    approval: Mapped[str] = column("public", default="")
    authorisation: Mapped[str] = column("public", default="")
    signer_ref: Mapped[str] = column("internal", default="")
    event_id: Mapped[str] = column("internal")
    drafted_at: Mapped[datetime] = column("internal")
    issued_at: Mapped[datetime | None] = column("public")
    supersedes: Mapped[str | None] = column("public")
    superseded_by: Mapped[str | None] = column("public")
    ended_at: Mapped[datetime | None] = column("public")
    reason: Mapped[str | None] = column("public")
    copies: Mapped[int] = column("public", default=0)
    site: Mapped[str | None] = column("public")


class CertificateNumber(Base):
    """The highest certificate number of an organisation; whoever takes the next one locks this row (I38)."""

    __tablename__ = "certificate_number"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id"))
    org_id: Mapped[str] = column("internal")
    last: Mapped[int] = column("internal")


class LostNumber(Base):
    """A certificate number that was lost with what a restored copy lacks: void for good, never taken again (I38)."""

    __tablename__ = "lost_number"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id", "no"))
    org_id: Mapped[str] = column("internal")
    no: Mapped[int] = column("public")
    number: Mapped[str] = column("public")
    event_id: Mapped[str] = column("internal")
    lost_at: Mapped[datetime] = column("public")


class Dossier(Base):
    """What quality submitted: the checklist with its verdicts, the manifest and its digest; sealed (I23).

    `state` is submitted, sent_back or released. Lists are JSON text as they stand in the event.
    """

    __tablename__ = "dossier"
    __table_args__ = table(
        "view",
        *_case(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.Index("ix_dossier_org_id_case_id", "org_id", "case_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("public")
    item_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    state: Mapped[str] = column("internal")
    digest: Mapped[str] = column("public")
    claim_class: Mapped[str] = column("public")
    targeted: Mapped[str] = column("public")
    why_not_higher: Mapped[str] = column("public")
    warranty_days: Mapped[int] = column("public")
    lines: Mapped[str] = column("public")
    heads: Mapped[str] = column("public")
    evidence: Mapped[str] = column("public")
    came_in: Mapped[str] = column("public")
    tests: Mapped[str] = column("public")
    hazards: Mapped[str] = column("public")
    balance: Mapped[str | None] = column("public")
    concessions: Mapped[str] = column("public")
    lives: Mapped[str | None] = column("public")
    on_site: Mapped[str | None] = column("public")
    conceded: Mapped[str | None] = column("public")
    upgraded: Mapped[str | None] = column("public")
    scheme: Mapped[str | None] = column("public")
    event_id: Mapped[str] = column("internal")
    seq: Mapped[int] = column("internal")
    submitted_at: Mapped[datetime] = column("public")


class ZeroTime(Base):
    """A rebuilt unit begins a record without previous operating history, by this rule (I8); its counters go on.

    `agency` names the paper by which the maker's agency acted; empty where the maker rebuilt it.
    """

    __tablename__ = "zero_time"
    __table_args__ = table(
        "view",
        *_case(sa.PrimaryKeyConstraint("org_id", "item_id", "life")),
    )
    org_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    life: Mapped[int] = column("public")
    case_id: Mapped[str] = column("internal")
    certificate: Mapped[str] = column("public")
    scheme: Mapped[str] = column("public")
    agency: Mapped[str | None] = column("public")
    stated_at: Mapped[datetime] = column("public")


class Finding(Base):
    """Why certifying staff sent a dossier back: the gate it concerns; the words are sealed with the event."""

    __tablename__ = "release_finding"
    __table_args__ = table(
        "view",
        *_case(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.Index("ix_release_finding_org_id_case_id", "org_id", "case_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    gate: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")
    found_at: Mapped[datetime] = column("internal")


class ReleaseReview(Base):
    """A release is under review from `since` until it is lifted or revoked: an overlay, no state (architecture.md §5).

    `recall_id` names the recall of an instrument that asked for it, `cause` the digest of the event that put a part of
    it in doubt, and `affected` which parts those are and where they sit, as it stands in the event. `former` is what
    the part's public page said before, None where it speaks of another release.
    """

    __tablename__ = "release_review"
    __table_args__ = table(
        "view",
        *_case(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.ForeignKeyConstraint(
                ["org_id", "certificate_id"], ["release_certificate.org_id", "release_certificate.id"]
            ),
            sa.Index("ix_release_review_org_id_certificate_id", "org_id", "certificate_id"),
            sa.Index("ix_release_review_org_id_recall_id", "org_id", "recall_id"),
            sa.Index("ix_release_review_org_id_cause", "org_id", "cause"),
            sa.Index("ix_release_review_org_id_lifted_at_id", "org_id", "lifted_at", "id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    certificate_id: Mapped[str] = column("public")
    item_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    reason: Mapped[str] = column("public")
    recall_id: Mapped[str | None] = column("internal")
    former: Mapped[str | None] = column("public")
    since: Mapped[datetime] = column("public")
    lifted_at: Mapped[datetime | None] = column("public")
    result: Mapped[str | None] = column("public")
    cause: Mapped[str | None] = column("public")
    affected: Mapped[str | None] = column("public")


class IssuingHalt(Base):
    """Issuing is halted by the operator for one organisation, or for one family of it (`*` is every family)."""

    __tablename__ = "issuing_halt"
    __table_args__ = table("working", sa.PrimaryKeyConstraint("org_id", "family"))
    org_id: Mapped[str] = column("internal")
    family: Mapped[str] = column("internal")
    since: Mapped[datetime] = column("internal")


class LintedDraft(Base):
    """What was about to be signed, as it was linted and kept before the signature (trust.md R13).

    `state` is linted, signed, published or given_up: a step that a crash left open is finished or given up by a job.
    `findings` are what stood against it, as JSON; a draft with findings is never signed.
    """

    __tablename__ = "linted_draft"
    __table_args__ = table(
        "working",
        sa.PrimaryKeyConstraint("org_id", "number", "digest"),
        sa.Index("ix_linted_draft_state_changed_at", "state", "changed_at"),
    )
    org_id: Mapped[str] = column("internal")
    number: Mapped[str] = column("public")
    digest: Mapped[str] = column("public")
    case_id: Mapped[str] = column("internal")
    action: Mapped[str] = column("internal")
    record: Mapped[str] = column("public")
    findings: Mapped[str] = column("internal")
    state: Mapped[str] = column("internal")
    linted_at: Mapped[datetime] = column("internal")
    changed_at: Mapped[datetime] = column("internal")


class CertificateLint(Base):
    """A certificate in force that did not pass its nightly lint, with what stands against it as JSON."""

    __tablename__ = "certificate_lint"
    __table_args__ = table("working", sa.PrimaryKeyConstraint("org_id", "certificate_id"))
    org_id: Mapped[str] = column("internal")
    certificate_id: Mapped[str] = column("internal")
    findings: Mapped[str] = column("internal")
    linted_at: Mapped[datetime] = column("internal")
