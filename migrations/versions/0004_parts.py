"""The tables of parts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    "code",
    "item",
    "public_state",
    "counter_reading",
    "hold",
    "installation",
    "installed_now",
    "life",
    "mark",
    "reman_case",
    "search_word",
    "component_route",
)


def upgrade() -> None:
    op.create_table(
        "code",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_code")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "item",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.Column("part_number", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=True),
        sa.Column("identity", sa.Text(), nullable=True),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("mass_kg", sa.Text(), nullable=True),
        sa.Column("life", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("simulated", sa.BigInteger(), nullable=False),
        sa.Column("registered_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_item")),
        sa.UniqueConstraint("org_id", "identity", name=op.f("uq_item_org_id_identity")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_item_org_id_family_id", "item", ["org_id", "family", "id"], unique=False)
    op.create_table(
        "public_state",
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("uri", name=op.f("pk_public_state")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "counter_reading",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("counter", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text(), nullable=True),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_counter_reading_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_counter_reading")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_counter_reading_org_id_item_id", "counter_reading", ["org_id", "item_id"], unique=False)
    op.create_table(
        "hold",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.Text(), nullable=False),
        sa.Column("lifted_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_hold_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_hold")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_hold_org_id_case_id", "hold", ["org_id", "case_id"], unique=False)
    op.create_table(
        "installation",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("host_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("from_at", sa.Text(), nullable=False),
        sa.Column("to_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "host_id"], ["item.org_id", "item.id"], name=op.f("fk_installation_org_id_host_id")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_installation_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_installation")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_installation_org_id_item_id", "installation", ["org_id", "item_id"], unique=False)
    op.create_index("ix_installation_org_id_host_id", "installation", ["org_id", "host_id"], unique=False)
    op.create_table(
        "installed_now",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("host_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "host_id"], ["item.org_id", "item.id"], name=op.f("fk_installed_now_org_id_host_id")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_installed_now_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "item_id", name=op.f("pk_installed_now")),
        sa.UniqueConstraint(
            "org_id", "host_id", "position", name=op.f("uq_installed_now_org_id_host_id_position")
        ),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "life",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=True),
        sa.Column("opened_by", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_life_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "item_id", "n", name=op.f("pk_life")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "mark",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_mark_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_mark")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_mark_org_id_item_id", "mark", ["org_id", "item_id"], unique=False)
    op.create_table(
        "reman_case",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("life_from", sa.BigInteger(), nullable=False),
        sa.Column("target_class", sa.Text(), nullable=True),
        sa.Column("standard", sa.Text(), nullable=True),
        sa.Column("edition", sa.Text(), nullable=True),
        sa.Column("loops", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_reman_case_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_reman_case")),
        sa.UniqueConstraint("org_id", "number", name=op.f("uq_reman_case_org_id_number")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_reman_case_org_id_item_id", "reman_case", ["org_id", "item_id"], unique=False)
    op.create_index(
        "ix_reman_case_org_id_state_changed_at", "reman_case", ["org_id", "state", "changed_at"], unique=False
    )
    op.create_table(
        "search_word",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_search_word_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "word", "item_id", name=op.f("pk_search_word")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_search_word_org_id_item_id", "search_word", ["org_id", "item_id"], unique=False)
    op.create_table(
        "component_route",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.Column("disposition", sa.Text(), nullable=True),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["reman_case.org_id", "reman_case.id"],
            name=op.f("fk_component_route_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_component_route_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "case_id", "item_id", name=op.f("pk_component_route")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_component_route_org_id_item_id", "component_route", ["org_id", "item_id"], unique=False)


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
