"""The tables of labelling."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES: tuple[str, ...] = ("label", "printed_origin", "delivery")


def upgrade() -> None:
    op.create_table(
        "label",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("placement", sa.Text(), nullable=False),
        sa.Column("life", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("occupies", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("printer", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.Column("replaced_by", sa.Text(), nullable=True),
        sa.Column("reserved_at", sa.Text(), nullable=False),
        sa.Column("printed_at", sa.Text(), nullable=True),
        sa.Column("applied_at", sa.Text(), nullable=True),
        sa.Column("active_at", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_label_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_label")),
        sa.UniqueConstraint("org_id", "item_id", "code", name=op.f("uq_label_org_id_item_id_code")),
        sa.UniqueConstraint("org_id", "occupies", name=op.f("uq_label_org_id_occupies")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_label_item_code_code", "label", ["item_code", "code"], unique=False)
    op.create_index("ix_label_org_id_state_id", "label", ["org_id", "state", "id"], unique=False)
    op.create_table(
        "printed_origin",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "origin", name=op.f("pk_printed_origin")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "delivery",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("life", sa.BigInteger(), nullable=False),
        sa.Column("delivered_at", sa.Text(), nullable=False),
        sa.Column("warranty_from", sa.Text(), nullable=False),
        sa.Column("warranty_until", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_delivery_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_delivery")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_delivery_item_id"), "delivery", ["item_id"], unique=False)


def downgrade() -> None:
    _refuse_if_filled()
    for name in reversed(TABLES):
        op.drop_table(name)


def _refuse_if_filled() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
