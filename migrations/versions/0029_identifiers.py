"""Adds identifiers of items beside our own code, and the company prefixes that keys are minted under."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TABLES = ("item_identifier", "company_prefix")


def upgrade() -> None:
    by_code_points = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "item_identifier",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("normalised", by_code_points, nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("is_marked_on_part", sa.BigInteger(), nullable=False),
        sa.Column("minted", sa.BigInteger(), nullable=False),
        sa.Column("first_seen", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("occupies", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_item_identifier_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_item_identifier")),
        sa.UniqueConstraint("org_id", "occupies", name=op.f("uq_item_identifier_org_id_occupies")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_item_identifier_org_id_item_id", "item_identifier", ["org_id", "item_id"])
    op.create_index("ix_item_identifier_normalised_scheme", "item_identifier", ["normalised", "scheme"])
    op.create_table(
        "company_prefix",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("applies_from", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.Text(), nullable=False),
        sa.Column("ended_from", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_company_prefix")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_company_prefix_prefix", "company_prefix", ["prefix"])


def downgrade() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
    for name in reversed(TABLES):
        op.drop_table(name)
