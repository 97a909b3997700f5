"""Adds work on site and events between lives."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = ("site_work",)
COLUMNS = (("reman_case", "mode"), ("dossier", "on_site"))


def upgrade() -> None:
    op.create_table(
        "site_work",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("energies", sa.Text(), nullable=False),
        sa.Column("temperature", sa.Text(), nullable=False),
        sa.Column("humidity", sa.Text(), nullable=False),
        sa.Column("accepted_at", sa.Text(), nullable=False),
        sa.Column("lifted_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"], ["reman_case.org_id", "reman_case.id"], name=op.f("fk_site_work_org_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_site_work_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "case_id", name=op.f("pk_site_work")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    for table, name in COLUMNS:
        op.add_column(table, sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    _refuse_if_filled()
    for table, name in COLUMNS:
        op.drop_column(table, name)
    for name in reversed(TABLES):
        op.drop_table(name)


def _refuse_if_filled() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(f"table {name} holds data, which going back would lose; restore a back-up instead")
