"""The tables of provenance."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = ("scan_day", "mismatch")


def upgrade() -> None:
    op.create_table(
        "scan_day",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("scans", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "item_id", "label", "day", name=op.f("pk_scan_day")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_table(
        "mismatch",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_mismatch")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_index("ix_mismatch_org_id_item_id_day", "mismatch", ["org_id", "item_id", "day"], unique=False)


def downgrade() -> None:
    _refuse_if_filled()
    for name in reversed(TABLES):
        op.drop_table(name)


def _refuse_if_filled() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
