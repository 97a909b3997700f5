"""Adds the sites of organisations, the site on releases, and which reminders were written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLES = ("organisation_site", "reminder")


def upgrade() -> None:
    # Releases from before name no site, and whatever asks for one reads that as unknown.
    op.add_column("release_certificate", sa.Column("site", sa.Text(), nullable=True))
    op.create_table(
        "organisation_site",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("usual", sa.BigInteger(), nullable=False),
        sa.Column("opened_on", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.org_id"], name=op.f("fk_organisation_site_org_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_organisation_site")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "reminder",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "subject_id", "what", "due_on", "days", name=op.f("pk_reminder")),
        info={"class": "working"},
        sqlite_strict=True,
    )


def downgrade() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
    for name in reversed(TABLES):
        op.drop_table(name)
    op.drop_column("release_certificate", "site")
