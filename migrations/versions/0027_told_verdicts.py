"""Adds to a kept verdict what its one sentence needs, so that a part's own page can say it without another statement."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Verdicts that were kept before have none until they are computed again, at the latest in the following night.
    op.add_column("verdict", sa.Column("told", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("verdict", "told")
