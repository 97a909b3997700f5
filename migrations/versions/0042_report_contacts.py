"""Adds how readers want to be reached about their reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

TABLES = ("report_contact",)


def upgrade() -> None:
    op.create_table(
        "report_contact",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "report_id", name=op.f("pk_report_contact")),
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
