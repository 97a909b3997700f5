"""Says of a blank tag that it was spoilt or lost, so that a batch can be accounted for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

COLUMNS = ("voided_at", "void_why")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("blank_tag", sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    tag = sa.table("blank_tag", *(sa.column(name) for name in COLUMNS))
    kept = tag.c.voided_at.is_not(None)
    if op.get_bind().execute(sa.select(sa.literal(1)).select_from(tag).where(kept).limit(1)).first():
        raise RuntimeError("blank tags hold data, which going back would lose; restore a back-up instead")
    for name in reversed(COLUMNS):
        op.drop_column("blank_tag", name)
