"""Adds where blank tags lie."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("blank_tag", sa.Column("place", sa.Text(), nullable=True))


def downgrade() -> None:
    tag = sa.table("blank_tag", sa.column("place"))
    kept = tag.c.place.is_not(None)
    if op.get_bind().execute(sa.select(sa.literal(1)).select_from(tag).where(kept).limit(1)).first():
        raise RuntimeError("blank tags hold data, which going back would lose; restore a back-up instead")
    op.drop_column("blank_tag", "place")
