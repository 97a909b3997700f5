"""Adds nonconformities by SM-3, concessions, recall of instruments, and reviews of releases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = ("concession", "concession_use", "recall", "release_review")
ADDED = ("decision", "design_data", "concession_id", "recall_id")
OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.add_column("nonconformity", sa.Column("state", sa.Text(), nullable=False, server_default="OPEN"))
    for name in ADDED:
        op.add_column("nonconformity", sa.Column(name, sa.Text(), nullable=True))
    # What was closed before there were states is closed now.
    op.execute("UPDATE nonconformity SET state = 'CLOSED' WHERE closed_at IS NOT NULL")
    op.create_index("ix_nonconformity_org_id_state_id", "nonconformity", ["org_id", "state", "id"], unique=False)
    op.create_index(
        "ix_nonconformity_open",
        "nonconformity",
        ["org_id", "id"],
        unique=False,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_fitting_org_id_tool", "fitting", ["org_id", "tool"], unique=False)
    op.create_index("ix_test_run_org_id_rig", "test_run", ["org_id", "rig"], unique=False)
    _concessions()
    _recalls()
    _reviews()


def _item(table: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f(f"fk_{table}_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f(f"fk_{table}_org_id_item_id")
        ),
    )


def _concessions() -> None:
    op.create_table(
        "concession",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("nonconformity_id", sa.Text(), nullable=False),
        sa.Column("part_number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("expires", sa.Text(), nullable=False),
        sa.Column("caps", sa.BigInteger(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("requested_at", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        *_item("concession"),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_concession")),
        sa.UniqueConstraint("org_id", "no", name=op.f("uq_concession_org_id_no")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "concession_use",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("nonconformity_id", sa.Text(), nullable=False),
        sa.Column("concession_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "concession_id"],
            ["concession.org_id", "concession.id"],
            name=op.f("fk_concession_use_org_id_concession_id"),
        ),
        *_item("concession_use"),
        sa.PrimaryKeyConstraint("org_id", "nonconformity_id", name=op.f("pk_concession_use")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    for name in ("case_id", "concession_id"):
        op.create_index(f"ix_concession_use_org_id_{name}", "concession_use", ["org_id", name], unique=False)


def _recalls() -> None:
    op.create_table(
        "recall",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("instrument_id", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("recalled_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "instrument_id"],
            ["instrument.org_id", "instrument.id"],
            name=op.f("fk_recall_org_id_instrument_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_recall")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index(
        "ix_recall_org_id_instrument_id", "recall", ["org_id", "instrument_id", "id"], unique=False
    )


def _reviews() -> None:
    op.create_table(
        "release_review",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("certificate_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recall_id", sa.Text(), nullable=True),
        sa.Column("former", sa.Text(), nullable=True),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("lifted_at", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "certificate_id"],
            ["release_certificate.org_id", "release_certificate.id"],
            name=op.f("fk_release_review_org_id_certificate_id"),
        ),
        *_item("release_review"),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_release_review")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    for names in (("certificate_id",), ("recall_id",), ("lifted_at", "id")):
        op.create_index(
            f"ix_release_review_org_id_{'_'.join(names)}", "release_review", ["org_id", *names], unique=False
        )


def downgrade() -> None:
    _refuse_if_filled()
    for name in reversed(TABLES):
        op.drop_table(name)
    op.drop_index("ix_test_run_org_id_rig", "test_run")
    op.drop_index("ix_fitting_org_id_tool", "fitting")
    op.drop_index("ix_nonconformity_open", "nonconformity")
    op.drop_index("ix_nonconformity_org_id_state_id", "nonconformity")
    for name in ("state", *ADDED):
        op.drop_column("nonconformity", name)


def _refuse_if_filled() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
