"""Adds the inspection bench: qualifications, non-destructive testing, repeat readings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = ("bench_rule", "condemnation", "indication", "repair_count", "repeat_reading")
COLUMNS = {
    "authorisation": ("scope", "level", "issuer"),
    "measurement": ("humidity", "uncertainty", "method"),
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name in columns:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=True))
    op.create_table(
        "bench_rule",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("qualified", sa.Text(), nullable=False),
        sa.Column("set_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.org_id"], name=op.f("fk_bench_rule_org_id")),
        sa.PrimaryKeyConstraint("org_id", "scope", name=op.f("pk_bench_rule")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "condemnation",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_ref", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("found_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_condemnation_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_condemnation_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_condemnation")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_condemnation_org_id_case_id", "condemnation", ["org_id", "case_id"], unique=False)
    op.create_table(
        "indication",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("measurement_id", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("length", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "measurement_id"],
            ["measurement.org_id", "measurement.id"],
            name=op.f("fk_indication_org_id_measurement_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "measurement_id", "n", name=op.f("pk_indication")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "repair_count",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_repair_count_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "item_id", "operation", name=op.f("pk_repair_count")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "repeat_reading",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("measurement_id", sa.Text(), nullable=False),
        sa.Column("readings", sa.Text(), nullable=False),
        sa.Column("deciding", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("drift", sa.Text(), nullable=False),
        sa.Column("agrees", sa.BigInteger(), nullable=False),
        sa.Column("instrument_id", sa.Text(), nullable=False),
        sa.Column("qualified_by", sa.Text(), nullable=False),
        sa.Column("by_ref", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("measured_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_repeat_reading_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_repeat_reading_org_id_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "measurement_id"],
            ["measurement.org_id", "measurement.id"],
            name=op.f("fk_repeat_reading_org_id_measurement_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_repeat_reading")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(
        "ix_repeat_reading_org_id_case_id_item_id",
        "repeat_reading",
        ["org_id", "case_id", "item_id"],
        unique=False,
    )
    op.create_index(
        "ix_repeat_reading_org_id_measurement_id",
        "repeat_reading",
        ["org_id", "measurement_id"],
        unique=False,
    )
    _count_repairs()


def _count_repairs() -> None:
    """Repairs of former lives count as well; a rebuild comes to the same numbers."""
    op.execute(
        "INSERT INTO repair_count (org_id, item_id, operation, times)"
        " SELECT org_id, item_id, operation, count(*) FROM operation_done GROUP BY org_id, item_id, operation"
    )


def downgrade() -> None:
    _refuse_if_filled()
    for name in reversed(TABLES):
        op.drop_table(name)
    for table, columns in COLUMNS.items():
        for name in reversed(columns):
            op.drop_column(table, name)


def _refuse_if_filled() -> None:
    # What only counts operations is no loss: they stand in their own table.
    for name in set(TABLES) - {"repair_count"}:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
