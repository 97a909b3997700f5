"""The tables of inspection."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("calibration", "measurement", "nonconformity", "size_step")


def upgrade() -> None:
    op.create_table(
        "calibration",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("instrument_id", sa.Text(), nullable=False),
        sa.Column("calibrated_on", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "instrument_id"],
            ["instrument.org_id", "instrument.id"],
            name=op.f("fk_calibration_org_id_instrument_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_calibration")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(
        "ix_calibration_org_id_instrument_id",
        "calibration",
        ["org_id", "instrument_id", "calibrated_on"],
        unique=False,
    )
    op.create_table(
        "measurement",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("characteristic", sa.Text(), nullable=False),
        sa.Column("criticality", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("readings", sa.Text(), nullable=False),
        sa.Column("deciding", sa.Text(), nullable=True),
        sa.Column("new_min", sa.Text(), nullable=True),
        sa.Column("new_max", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("demonstration", sa.BigInteger(), nullable=False),
        sa.Column("instrument_id", sa.Text(), nullable=True),
        sa.Column("instrument_class", sa.Text(), nullable=True),
        sa.Column("calibration_due", sa.Text(), nullable=True),
        sa.Column("qualified_by", sa.Text(), nullable=False),
        sa.Column("by_ref", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("measured_at", sa.Text(), nullable=False),
        sa.Column("superseded_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_measurement_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "instrument_id"],
            ["instrument.org_id", "instrument.id"],
            name=op.f("fk_measurement_org_id_instrument_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_measurement_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_measurement")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(
        "ix_measurement_org_id_case_id_item_id", "measurement", ["org_id", "case_id", "item_id"], unique=False
    )
    op.create_index(
        "ix_measurement_org_id_instrument_id", "measurement", ["org_id", "instrument_id"], unique=False
    )
    op.create_table(
        "nonconformity",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.Text(), nullable=False),
        sa.Column("raised_by", sa.Text(), nullable=False),
        sa.Column("raised_in", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_nonconformity_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_nonconformity_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_nonconformity")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_nonconformity_org_id_case_id", "nonconformity", ["org_id", "case_id"], unique=False)
    op.create_table(
        "size_step",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("characteristic", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("mates", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_size_step_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_size_step_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "case_id", "item_id", "characteristic", name=op.f("pk_size_step")),
        info={"class": "view"},
        sqlite_strict=True,
    )


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
