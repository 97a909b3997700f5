"""Adds linted drafts, what a nightly lint found, and the changes that lift a unit above its original type."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "linted_draft",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("linted_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "number", "digest", name=op.f("pk_linted_draft")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_index("ix_linted_draft_state_changed_at", "linted_draft", ["state", "changed_at"])
    op.create_table(
        "certificate_lint",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("certificate_id", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("linted_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "certificate_id", name=op.f("pk_certificate_lint")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.add_column("dossier", sa.Column("upgraded", sa.Text(), nullable=True))


def downgrade() -> None:
    # What was about to be signed and what a lint found is worked out anew; neither is part of the record.
    op.drop_column("dossier", "upgraded")
    op.drop_table("certificate_lint")
    op.drop_index("ix_linted_draft_state_changed_at", table_name="linted_draft")
    op.drop_table("linted_draft")
