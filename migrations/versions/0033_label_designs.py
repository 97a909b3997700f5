"""Adds drawings that organisations make for their labels."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLES = ("label_design",)


def upgrade() -> None:
    op.create_table(
        "label_design",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("drawing", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("share", sa.Text(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("occupies", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.Text(), nullable=True),
        sa.Column("retired_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_label_design")),
        sa.UniqueConstraint("org_id", "name", "version", name=op.f("uq_label_design_org_id_name_version")),
        sa.UniqueConstraint("org_id", "occupies", name=op.f("uq_label_design_org_id_occupies")),
        info={"class": "view"},
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
