"""Adds trees of serial parts, dated with counters, and changes to what a unit consists of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = ("installation_reading", "engineering_change")
HELD = ["org_id", "host_id", "position", "from_at", "to_at", "item_id"]
PAGED = "ix_reman_case_open"
OPEN = sa.text("closed_at IS NULL")
WIDER = {"installation": ("began", "papers", "ended", "papers_out"), "replacement": ("substitution",)}


def upgrade() -> None:
    for name, columns in WIDER.items():
        for column in columns:
            op.add_column(name, sa.Column(column, sa.Text(), nullable=True))
    op.create_table(
        "installation_reading",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("installation_id", sa.Text(), nullable=False),
        sa.Column("edge", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("counter", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_installation_reading_org_id_item_id")),
        sa.ForeignKeyConstraint(["org_id", "installation_id"], ["installation.org_id", "installation.id"], name=op.f("fk_installation_reading_org_id_installation_id")),
        sa.PrimaryKeyConstraint("org_id", "installation_id", "edge", "whose", "counter", "rating", name=op.f("pk_installation_reading")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "engineering_change",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("part_number", sa.Text(), nullable=True),
        sa.Column("instead_of", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("author_ref", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_engineering_change")),
        sa.UniqueConstraint("org_id", "number", name=op.f("uq_engineering_change_org_id_number")),
        info={"class": "view"},
        sqlite_strict=True,
    )


    op.drop_index("ix_installation_org_id_host_id", table_name="installation")
    op.create_index("ix_installation_org_id_host_id_position", "installation", HELD, unique=False)
    op.drop_index("ix_reman_case_org_id_state_changed_at", table_name="reman_case")
    op.create_index(
        PAGED,
        "reman_case",
        ["org_id", "state", "changed_at", "id"],
        unique=False,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_hold_org_id_lifted_at", "hold", ["org_id", "lifted_at"], unique=False)


def downgrade() -> None:
    _refuse_if_filled()
    op.drop_index("ix_installation_org_id_host_id_position", table_name="installation")
    op.create_index("ix_installation_org_id_host_id", "installation", ["org_id", "host_id"], unique=False)
    op.drop_index("ix_hold_org_id_lifted_at", table_name="hold")
    op.drop_index(PAGED, table_name="reman_case")
    op.create_index("ix_reman_case_org_id_state_changed_at", "reman_case", ["org_id", "state", "changed_at"], unique=False)
    for name in reversed(TABLES):
        op.drop_table(name)
    for name, columns in WIDER.items():
        for column in reversed(columns):
            op.drop_column(name, column)


def _refuse_if_filled() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(f"table {name} holds data, which going back would lose; restore a back-up instead")
