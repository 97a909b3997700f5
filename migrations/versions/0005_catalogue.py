"""The tables of catalogue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("instrument", "pack_edition", "reference_list", "reference_model", "part_type")


def upgrade() -> None:
    op.create_table(
        "instrument",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("instrument_class", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_instrument")),
        sa.UniqueConstraint("org_id", "number", name=op.f("uq_instrument_org_id_number")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "pack_edition",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_pack_edition")),
        sa.UniqueConstraint("org_id", "family", "since", name=op.f("uq_pack_edition_org_id_family_since")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "reference_list",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("steward", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_list")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "reference_model",
        sa.Column("list_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("horsepower", sa.BigInteger(), nullable=True),
        sa.Column("thrust_lbf", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["reference_list.id"], name=op.f("fk_reference_model_list_id")),
        sa.PrimaryKeyConstraint("list_id", "code", name=op.f("pk_reference_model")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "part_type",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_zh_hans", sa.Text(), nullable=False),
        sa.Column("name_zh_hant", sa.Text(), nullable=False),
        sa.Column("maker", sa.Text(), nullable=True),
        sa.Column("part_number", sa.Text(), nullable=True),
        sa.Column("reference_list", sa.Text(), nullable=True),
        sa.Column("reference_code", sa.Text(), nullable=True),
        sa.Column("defined_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference_list", "reference_code"],
            ["reference_model.list_id", "reference_model.code"],
            name=op.f("fk_part_type_reference_list_reference_code"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_part_type")),
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
