"""Adds packs of an organisation and the editions a case is bound to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = ("own_family", "family_pack")
COLUMNS = (("reman_case", "pack"), ("item", "pack"), ("pack_edition", "pack_id"))


def upgrade() -> None:
    op.create_table(
        "own_family",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "family", name=op.f("pk_own_family")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "family_pack",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("applies_from", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_zh_hans", sa.Text(), nullable=False),
        sa.Column("name_zh_hant", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("author_ref", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.Text(), nullable=False),
        sa.Column("approver_ref", sa.Text(), nullable=True),
        sa.Column("approved_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_family_pack")),
        sa.UniqueConstraint("org_id", "digest", name=op.f("uq_family_pack_org_id_digest")),
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
    filled = [sa.select(sa.literal(1)).select_from(sa.table(name)) for name in TABLES]
    filled += [
        sa.select(sa.literal(1)).select_from(sa.table(table)).where(sa.column(name).is_not(None))
        for table, name in COLUMNS
    ]
    for chosen in filled:
        if op.get_bind().execute(chosen.limit(1)).first():
            raise RuntimeError("packs of the organisation would be lost by going back; restore a back-up instead")
