"""Adds rough places of readings that readers agreed to and the weekly keys of their devices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLES = ("reading_place", "reading_key")


def upgrade() -> None:
    op.create_table(
        "reading_place",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("cell_row", sa.BigInteger(), nullable=False),
        sa.Column("cell_column", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_reading_place")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reading_place_org_id_item_id_at"), "reading_place", ["org_id", "item_id", "at"])
    op.create_table(
        "reading_key",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "week", name=op.f("pk_reading_key")),
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
