"""Adds schemes, accreditations, product certifications and records of outside documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = (
    "accreditation",
    "certification_application",
    "certification_number",
    "certification_request",
    "certification_scheme",
    "checked_clause",
    "complaint",
    "impartiality",
    "outside_record",
    "product_certification",
    "register_step",
    "scheme_edition",
    "taken_request",
    "certification_span",
)


def upgrade() -> None:
    op.create_table(
        "accreditation",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("body_org", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_accreditation")),
        sa.UniqueConstraint("org_id", "number", name=op.f("uq_accreditation_org_id_number")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_accreditation_body_org", "accreditation", ["body_org"], unique=False)
    op.create_table(
        "certification_application",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body_org", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("extends", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_certification_application")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(
        "ix_certification_application_body_org", "certification_application", ["body_org"], unique=False
    )
    op.create_table(
        "certification_number",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", name=op.f("pk_certification_number")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "certification_request",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body_org", sa.Text(), nullable=False),
        sa.Column("application", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("clauses", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_certification_request")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_certification_request_body_org", "certification_request", ["body_org"], unique=False)
    op.create_table(
        "certification_scheme",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_zh_hans", sa.Text(), nullable=False),
        sa.Column("name_zh_hant", sa.Text(), nullable=False),
        sa.Column("activities", sa.Text(), nullable=False),
        sa.Column("statuses", sa.Text(), nullable=False),
        sa.Column("checklist", sa.Text(), nullable=False),
        sa.Column("retroactive", sa.BigInteger(), nullable=False),
        sa.Column("surveillance_days", sa.BigInteger(), nullable=False),
        sa.Column("grace_days", sa.BigInteger(), nullable=False),
        sa.Column("suspension_days", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("author_ref", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.Text(), nullable=False),
        sa.Column("approver_ref", sa.Text(), nullable=True),
        sa.Column("approved_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_certification_scheme")),
        sa.UniqueConstraint(
            "org_id", "code", "revision", name=op.f("uq_certification_scheme_org_id_code_revision")
        ),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_certification_scheme_code", "certification_scheme", ["code"], unique=False)
    op.create_table(
        "checked_clause",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("certification_id", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "certification_id", "clause", name=op.f("pk_checked_clause")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "complaint",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("certification_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("raised_ref", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.Text(), nullable=False),
        sa.Column("answered_ref", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_complaint")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_complaint_org_id_state", "complaint", ["org_id", "state"], unique=False)
    op.create_table(
        "impartiality",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("certification_id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("clear", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "certification_id", "ref", name=op.f("pk_impartiality")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "outside_record",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("models", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("event_digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("recorder_ref", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("confirmer_ref", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_outside_record")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_outside_record_kind_number", "outside_record", ["kind", "number"], unique=False)
    op.create_table(
        "product_certification",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("holder_org", sa.Text(), nullable=False),
        sa.Column("application", sa.Text(), nullable=False),
        sa.Column("scheme_org", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("batch", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("answer_by", sa.Text(), nullable=True),
        sa.Column("suspended_until", sa.Text(), nullable=True),
        sa.Column("retro", sa.Text(), nullable=True),
        sa.Column("extends", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_product_certification")),
        sa.UniqueConstraint("org_id", "no", name=op.f("uq_product_certification_org_id_no")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(
        "ix_product_certification_holder_org_application",
        "product_certification",
        ["holder_org", "application"],
        unique=False,
    )
    op.create_index("ix_product_certification_id", "product_certification", ["id"], unique=False)
    op.create_index(
        "ix_product_certification_org_id_state", "product_certification", ["org_id", "state"], unique=False
    )
    op.create_table(
        "register_step",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "subject_id", "seq", name=op.f("pk_register_step")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "scheme_edition",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("applies_from", sa.Text(), nullable=False),
        sa.Column("transition_end", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "scheme", "edition", name=op.f("pk_scheme_edition")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_scheme_edition_scheme", "scheme_edition", ["scheme"], unique=False)
    op.create_table(
        "taken_request",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "request", name=op.f("pk_taken_request")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "certification_span",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("certification_id", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("holder_org", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("claim_class", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "certification_id"],
            ["product_certification.org_id", "product_certification.id"],
            name=op.f("fk_certification_span_org_id_certification_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "certification_id", "no", name=op.f("pk_certification_span")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(
        "ix_certification_span_holder_org_family_model",
        "certification_span",
        ["holder_org", "family", "model"],
        unique=False,
    )


def downgrade() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
    for name in reversed(TABLES):
        op.drop_table(name)
