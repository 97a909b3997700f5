"""Keeps on a print line what its bytes showed, and who said of a label in doubt what became of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

COLUMNS = ("printer", "media", "template", "words", "decision", "decided_by", "decided_at")
INDEX = "ix_print_line_org_id_label_id"


def upgrade() -> None:
    # Lines from before name none of it: what is open among them is recorded by the printer as it then is.
    for name in COLUMNS:
        op.add_column("print_line", sa.Column(name, sa.Text(), nullable=True))
    op.create_index(op.f(INDEX), "print_line", ["org_id", "label_id"])


def downgrade() -> None:
    line = sa.table("print_line", *(sa.column(name) for name in COLUMNS))
    kept = sa.or_(*(line.c[name].is_not(None) for name in COLUMNS))
    if op.get_bind().execute(sa.select(sa.literal(1)).select_from(line).where(kept).limit(1)).first():
        raise RuntimeError("print lines hold data, which going back would lose; restore a back-up instead")
    op.drop_index(op.f(INDEX), "print_line")
    for name in reversed(COLUMNS):
        op.drop_column("print_line", name)
