"""Adds packs of an organisation and the editions a case is bound to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WORKED = ("reman_case", "item")


def upgrade() -> None:
    for name in WORKED:
        op.add_column(name, sa.Column("pack", sa.Text(), nullable=True))


def downgrade() -> None:
    for name in WORKED:
        op.drop_column(name, "pack")
