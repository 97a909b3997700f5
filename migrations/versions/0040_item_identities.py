"""Finds whoever else records a part of the same maker, part number and serial."""

from __future__ import annotations

from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

INDEX = "ix_item_identity"


def upgrade() -> None:
    op.create_index(op.f(INDEX), "item", ["identity"])


def downgrade() -> None:
    op.drop_index(op.f(INDEX), "item")
