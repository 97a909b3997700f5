"""Adds the day on which a label first stopped being a label of its part."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

ENDED = ("superseded", "lost", "revoked", "destroyed")


def upgrade() -> None:
    op.add_column("label", sa.Column("ended_at", sa.Text(), nullable=True))
    # A label that was lost and destroyed later gets the later day here; `remanu rebuild` reads the first one back.
    label = sa.table("label", sa.column("ended_at"), sa.column("changed_at"), sa.column("state"))
    op.execute(sa.update(label).where(label.c.state.in_(ENDED)).values(ended_at=label.c.changed_at))


def downgrade() -> None:
    op.drop_column("label", "ended_at")
