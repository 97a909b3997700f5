"""Adds places with codes of their own, and the way to what stands at one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

TABLES = ("work_place",)
INDEX = "ix_item_org_id_place_id"


def upgrade() -> None:
    op.create_table(
        "work_place",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("occupies", sa.Text(), nullable=True),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_work_place")),
        sa.UniqueConstraint("org_id", "code", name=op.f("uq_work_place_org_id_code")),
        sa.UniqueConstraint("org_id", "occupies", name=op.f("uq_work_place_org_id_occupies")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f(INDEX), "item", ["org_id", "place", "id"])


def downgrade() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
    op.drop_index(op.f(INDEX), "item")
    for name in reversed(TABLES):
        op.drop_table(name)
