"""The tables of restoration."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (
    "cleaning",
    "fitting",
    "harvest",
    "operation_done",
    "planned_operation",
    "position_report",
    "replacement",
    "rework",
    "scrapping",
    "test_run",
    "work_order",
    "operation_parameter",
    "test_point",
)


def upgrade() -> None:
    op.create_table(
        "cleaning",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("bath", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("water_l", sa.Text(), nullable=False),
        sa.Column("energy_kwh", sa.Text(), nullable=False),
        sa.Column("waste_kg", sa.Text(), nullable=False),
        sa.Column("done_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_cleaning_org_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_cleaning")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_cleaning_org_id_case_id", "cleaning", ["org_id", "case_id"], unique=False)
    op.create_table(
        "fitting",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("torque_nm", sa.Text(), nullable=True),
        sa.Column("tool", sa.Text(), nullable=True),
        sa.Column("tool_due", sa.Text(), nullable=True),
        sa.Column("fitted_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_fitting_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_fitting_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_fitting")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_fitting_org_id_case_id", "fitting", ["org_id", "case_id"], unique=False)
    op.create_table(
        "harvest",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_harvest_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_harvest_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "case_id", "item_id", name=op.f("pk_harvest")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "operation_done",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("special", sa.BigInteger(), nullable=False),
        sa.Column("authorisation", sa.Text(), nullable=True),
        sa.Column("restores", sa.Text(), nullable=False),
        sa.Column("nth", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("energy_kwh", sa.Text(), nullable=False),
        sa.Column("water_l", sa.Text(), nullable=False),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("material_kg", sa.Text(), nullable=False),
        sa.Column("waste_kg", sa.Text(), nullable=False),
        sa.Column("done_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_operation_done_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_operation_done_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_operation_done")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_operation_done_org_id_case_id", "operation_done", ["org_id", "case_id"], unique=False)
    op.create_index("ix_operation_done_org_id_item_id", "operation_done", ["org_id", "item_id"], unique=False)
    op.create_table(
        "planned_operation",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_planned_operation_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"],
            ["item.org_id", "item.id"],
            name=op.f("fk_planned_operation_org_id_item_id"),
        ),
        sa.PrimaryKeyConstraint(
            "org_id", "case_id", "item_id", "operation", name=op.f("pk_planned_operation")
        ),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "position_report",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_position_report_org_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "case_id", "position", name=op.f("pk_position_report")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "replacement",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("old_item_id", sa.Text(), nullable=True),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("release_reference", sa.Text(), nullable=False),
        sa.Column("size_step", sa.Text(), nullable=True),
        sa.Column("mass_kg", sa.Text(), nullable=True),
        sa.Column("old_mass_kg", sa.Text(), nullable=True),
        sa.Column("replaced_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_replacement_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_replacement_org_id_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "old_item_id"],
            ["item.org_id", "item.id"],
            name=op.f("fk_replacement_org_id_old_item_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "case_id", "item_id", name=op.f("pk_replacement")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "rework",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("loop", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("back_to", sa.Text(), nullable=False),
        sa.Column("resumed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_rework_org_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "case_id", "loop", name=op.f("pk_rework")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "scrapping",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("mass_kg", sa.Text(), nullable=False),
        sa.Column("life_limited", sa.BigInteger(), nullable=False),
        sa.Column("second_ref", sa.Text(), nullable=True),
        sa.Column("scrapped_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_scrapping_org_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "case_id", name=op.f("pk_scrapping")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "test_run",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("rig", sa.Text(), nullable=False),
        sa.Column("rig_due", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("nonconformity", sa.Text(), nullable=True),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_test_run_org_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_test_run")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_test_run_org_id_case_id", "test_run", ["org_id", "case_id"], unique=False)
    op.create_table(
        "work_order",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("pack_edition", sa.Text(), nullable=False),
        sa.Column("target_class", sa.Text(), nullable=False),
        sa.Column("depth", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("unit_mass_kg", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_work_order_org_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "case_id", name=op.f("pk_work_order")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "operation_parameter",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("operation_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "operation_id"],
            ["operation_done.org_id", "operation_done.id"],
            name=op.f("fk_operation_parameter_org_id_operation_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "operation_id", "name", name=op.f("pk_operation_parameter")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "test_point",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("low", sa.Text(), nullable=True),
        sa.Column("high", sa.Text(), nullable=True),
        sa.Column("mandatory", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "run_id"], ["test_run.org_id", "test_run.id"], name=op.f("fk_test_point_org_id_run_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "run_id", "procedure", "code", name=op.f("pk_test_point")),
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
