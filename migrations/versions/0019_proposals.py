"""Adds proposals and what people decided on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLES = ("proposal_decision",)


def upgrade() -> None:
    op.create_table(
        "proposal_decision",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("proposed", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("by_ref", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_proposal_decision_org_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_proposal_decision")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_proposal_decision_org_id_case_id", "proposal_decision", ["org_id", "case_id"], unique=False)
    op.create_index(
        "ix_measurement_org_id_characteristic_id", "measurement", ["org_id", "characteristic", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_measurement_org_id_characteristic_id", table_name="measurement")
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(f"table {name} holds data, which going back would lose; restore a back-up instead")
        op.drop_table(name)
