"""Keeps certificate numbers that were lost with what a restored copy lacks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lost_number",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("lost_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "no", name=op.f("pk_lost_number")),
        info={"class": "view"},
        sqlite_strict=True,
    )


def downgrade() -> None:
    if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table("lost_number")).limit(1)).first():
        raise RuntimeError(
            "table lost_number holds data, which going back would lose; restore a back-up instead"
        )
    op.drop_table("lost_number")
