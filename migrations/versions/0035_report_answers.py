"""Adds what was done about readers' reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

TABLES = ("report_answer",)


def upgrade() -> None:
    op.create_table(
        "report_answer",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_ref", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "report_id", "state", name=op.f("pk_report_answer")),
        info={"class": "working"},
        sqlite_strict=True,
    )


def downgrade() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
    for name in reversed(TABLES):
        op.drop_table(name)
