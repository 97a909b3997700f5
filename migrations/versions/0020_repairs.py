"""Keeps certificate numbers that were lost with what a restored copy lacks, who is one person, and digests of links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLES = ("lost_number", "same_person")


def upgrade() -> None:
    op.create_table(
        "lost_number",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("lost_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "no", name=op.f("pk_lost_number")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "same_person",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "ref", name=op.f("pk_same_person")),
        sa.ForeignKeyConstraint(
            ["org_id", "ref"],
            ["membership.org_id", "membership.ref"],
            name=op.f("fk_same_person_org_id_ref"),
        ),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_same_person_org_id_root", "same_person", ["org_id", "root"])
    # Links that were made before lose their worth: their digests are not known.
    op.add_column("invitation", sa.Column("token_digest", sa.Text(), nullable=True))
    op.create_index("ix_invitation_token_digest", "invitation", ["token_digest"])


def downgrade() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
    op.drop_index("ix_invitation_token_digest", "invitation")
    op.drop_column("invitation", "token_digest")
    for name in reversed(TABLES):
        op.drop_table(name)
