"""Adds what recalls and removals need to follow a part further."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Former dossiers tell what is conceded in the lines of `concessions`.
    op.add_column("dossier", sa.Column("conceded", sa.Text(), nullable=True))
    op.create_index("ix_repeat_reading_org_id_instrument_id", "repeat_reading", ["org_id", "instrument_id"])


def downgrade() -> None:
    op.drop_index("ix_repeat_reading_org_id_instrument_id", "repeat_reading")
    op.drop_column("dossier", "conceded")
