"""Adds the scheme that a submitted dossier names, in whose words its unit is released."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Former dossiers name none: their units are released in the words that their family goes by.
    op.add_column("dossier", sa.Column("scheme", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("dossier", "scheme")
