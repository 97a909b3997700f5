"""The tables of intake."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = (
    "condition_reading",
    "core_decision",
    "core_grade",
    "custody",
    "identification",
    "quarantine",
    "grade_answer",
)


def upgrade() -> None:
    op.create_table(
        "condition_reading",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("simulated", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_condition_reading_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"],
            ["item.org_id", "item.id"],
            name=op.f("fk_condition_reading_org_id_item_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "event_id", "n", name=op.f("pk_condition_reading")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_condition_reading_case_id"), "condition_reading", ["case_id"], unique=False)
    op.create_table(
        "core_decision",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_core_decision_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_core_decision_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "event_id", name=op.f("pk_core_decision")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_core_decision_case_id"), "core_decision", ["case_id"], unique=False)
    op.create_table(
        "core_grade",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_core_grade_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_core_grade_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_core_grade")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_core_grade_case_id"), "core_grade", ["case_id"], unique=False)
    op.create_table(
        "custody",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("owner_named", sa.BigInteger(), nullable=False),
        sa.Column("signed", sa.BigInteger(), nullable=False),
        sa.Column("packing", sa.Text(), nullable=True),
        sa.Column("mass_kg", sa.Text(), nullable=True),
        sa.Column("waste_code", sa.Text(), nullable=True),
        sa.Column("waste_record", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_custody_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_custody_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "event_id", name=op.f("pk_custody")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_custody_case_id"), "custody", ["case_id"], unique=False)
    op.create_table(
        "identification",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("former_case", sa.Text(), nullable=True),
        sa.Column("earlier_lives", sa.Text(), nullable=False),
        sa.Column("former_reference", sa.Text(), nullable=True),
        sa.Column("right_shown", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_identification_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_identification_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "event_id", name=op.f("pk_identification")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_identification_case_id"), "identification", ["case_id"], unique=False)
    op.create_table(
        "quarantine",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.Text(), nullable=False),
        sa.Column("cleared_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_quarantine_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_quarantine_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_quarantine")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_quarantine_case_id"), "quarantine", ["case_id"], unique=False)
    op.create_table(
        "grade_answer",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("grade_id", sa.Text(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "grade_id"],
            ["core_grade.org_id", "core_grade.id"],
            name=op.f("fk_grade_answer_org_id_grade_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "grade_id", "criterion", name=op.f("pk_grade_answer")),
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
