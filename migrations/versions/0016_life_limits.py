"""Adds life-limited parts, since-counters and back-to-birth."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES = ("part_control", "trace_row", "zero_time")


def upgrade() -> None:
    op.add_column("dossier", sa.Column("lives", sa.Text(), nullable=True))
    op.create_table(
        "part_control",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("controlled_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_part_control_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "item_id", "event_id", name=op.f("pk_part_control")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "trace_row",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("part_counts", sa.Text(), nullable=False),
        sa.Column("host_counts", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text(), nullable=True),
        sa.Column("entered_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_trace_row_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_trace_row")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_trace_row_org_id_item_id", "trace_row", ["org_id", "item_id"], unique=False)
    _zero_time()


def _zero_time() -> None:
    op.create_table(
        "zero_time",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("life", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=True),
        sa.Column("stated_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_zero_time_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_zero_time_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "item_id", "life", name=op.f("pk_zero_time")),
        info={"class": "view"},
        sqlite_strict=True,
    )


def downgrade() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
    for name in TABLES:
        op.drop_table(name)
    op.drop_column("dossier", "lives")
