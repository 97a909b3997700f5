"""Adds core acceptance, charges and balance."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLES = (
    "criteria_set",
    "core_account",
    "core_purchase",
    "core_settlement",
    "blank_tag",
    "basket_row",
    "core_defect",
    "core_appeal",
    "grade_defect",
)
GRADE = ("criteria", "appeal", "appeal_until")


def upgrade() -> None:
    for name in GRADE:
        op.add_column("core_grade", sa.Column(name, sa.Text(), nullable=True))
    op.create_table(
        "criteria_set",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("applies_from", sa.Text(), nullable=False),
        sa.Column("applies_until", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("appeal_days", sa.BigInteger(), nullable=False),
        sa.Column("priced", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.Text(), nullable=False),
        sa.Column("approver", sa.Text(), nullable=True),
        sa.Column("approved_at", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_criteria_set")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_criteria_set_family"), "criteria_set", ["family"], unique=False)
    op.create_table(
        "core_account",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_core_account")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "core_purchase",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("bought_on", sa.Text(), nullable=False),
        sa.Column("open_until", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "account_id"],
            ["core_account.org_id", "core_account.id"],
            name=op.f("fk_core_purchase_org_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "event_id", name=op.f("pk_core_purchase")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_core_purchase_account_id"), "core_purchase", ["account_id"], unique=False)
    op.create_table(
        "core_settlement",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("grade_id", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("returned_on", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.Text(), nullable=False),
        sa.Column("replaced_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "account_id"],
            ["core_account.org_id", "core_account.id"],
            name=op.f("fk_core_settlement_org_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "event_id", name=op.f("pk_core_settlement")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_core_settlement_account_id"), "core_settlement", ["account_id"], unique=False)
    op.create_index(op.f("ix_core_settlement_case_id"), "core_settlement", ["case_id"], unique=False)
    op.create_table(
        "blank_tag",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "code", name=op.f("pk_blank_tag")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_blank_tag_batch"), "blank_tag", ["batch"], unique=False)
    op.create_table(
        "basket_row",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "ref", "code", name=op.f("pk_basket_row")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_table(
        "core_defect",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("spot", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("photo", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.Text(), nullable=False),
        sa.Column("struck_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_core_defect_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_core_defect_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_core_defect")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_core_defect_case_id"), "core_defect", ["case_id"], unique=False)
    op.create_table(
        "core_appeal",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("grade_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("photo", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_core_appeal_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_core_appeal_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_core_appeal")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_core_appeal_case_id"), "core_appeal", ["case_id"], unique=False)
    op.create_table(
        "grade_defect",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("grade_id", sa.Text(), nullable=False),
        sa.Column("defect_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("charge", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "defect_id"],
            ["core_defect.org_id", "core_defect.id"],
            name=op.f("fk_grade_defect_org_id_defect_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "grade_id"],
            ["core_grade.org_id", "core_grade.id"],
            name=op.f("fk_grade_defect_org_id_grade_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "grade_id", "defect_id", name=op.f("pk_grade_defect")),
        info={"class": "view"},
        sqlite_strict=True,
    )


def downgrade() -> None:
    _refuse_if_filled()
    for name in reversed(TABLES):
        op.drop_table(name)
    for name in reversed(GRADE):
        op.drop_column("core_grade", name)


def _refuse_if_filled() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
