"""Adds arrangements, agreements and stored verdicts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLES = ("arrangement", "signatory", "agreement")


def upgrade() -> None:
    op.create_table(
        "arrangement",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_zh_hans", sa.Text(), nullable=False),
        sa.Column("name_zh_hant", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_arrangement")),
        sa.UniqueConstraint("org_id", "code", name=op.f("uq_arrangement_org_id_code")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "signatory",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("arrangement_id", sa.Text(), nullable=False),
        sa.Column("arrangement", sa.Text(), nullable=False),
        sa.Column("accreditor", sa.Text(), nullable=False),
        sa.Column("accreditor_name", sa.Text(), nullable=False),
        sa.Column("schemes", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("recorder_ref", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "arrangement_id"],
            ["arrangement.org_id", "arrangement.id"],
            name=op.f("fk_signatory_org_id_arrangement_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_signatory")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(
        "ix_signatory_org_id_arrangement_id", "signatory", ["org_id", "arrangement_id"], unique=False
    )
    op.create_table(
        "agreement",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_zh_hans", sa.Text(), nullable=False),
        sa.Column("name_zh_hant", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("home", sa.Text(), nullable=False),
        sa.Column("there", sa.Text(), nullable=False),
        sa.Column("in_force", sa.Text(), nullable=False),
        sa.Column("covers_from", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("documents", sa.BigInteger(), nullable=False),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("former_tail", sa.Text(), nullable=True),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=True),
        sa.Column("tail", sa.Text(), nullable=True),
        sa.Column("tail_until", sa.Text(), nullable=True),
        sa.Column("suspended", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("author_ref", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.Text(), nullable=False),
        sa.Column("approver_ref", sa.Text(), nullable=True),
        sa.Column("approved_at", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("org_id", "code", "revision", name=op.f("uq_agreement_org_id_code_revision")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_agreement_home_there", "agreement", ["home", "there"], unique=False)
    op.create_table(
        "verdict",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("certificate_id", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("agreement", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("against", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("computed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "item_id", "jurisdiction", name=op.f("pk_verdict")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_index(
        "ix_verdict_org_id_jurisdiction_word", "verdict", ["org_id", "jurisdiction", "word"], unique=False
    )


def downgrade() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
    for name in ("verdict", *reversed(TABLES)):
        op.drop_table(name)
