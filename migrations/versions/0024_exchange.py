"""Adds notices, subscriptions and the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = ("record_link", "notice", "subscription", "outbox")
_WAITING = sa.text("received_at IS NULL")
_UNSENT = sa.text("state IN ('waiting', 'sending')")


def upgrade() -> None:
    op.create_table(
        "record_link",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("linked_at", sa.Text(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=True),
        sa.Column("heard_digest", sa.Text(), nullable=True),
        sa.Column("heard_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "item_id"], ["item.org_id", "item.id"], name=op.f("fk_record_link_org_id_item_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "item_id", "uri", name=op.f("pk_record_link")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_record_link_uri", "record_link", ["uri"])
    op.create_table(
        "notice",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("said_at", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "item_id", "digest", name=op.f("pk_notice")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_index(
        "ix_notice_waiting", "notice", ["org_id", "item_id"], sqlite_where=_WAITING, postgresql_where=_WAITING
    )
    op.create_table(
        "subscription",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("address_digest", sa.LargeBinary(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_subscription")),
        info={"class": "vault"},
        sqlite_strict=True,
    )
    op.create_index("ix_subscription_id", "subscription", ["id"])
    op.create_index("ix_subscription_org_id_item_id", "subscription", ["org_id", "item_id"])
    op.create_index("ix_subscription_address_digest", "subscription", ["address_digest"])
    op.create_table(
        "outbox",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("subscription_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_outbox")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_index("ix_outbox_due_at", "outbox", ["due_at"], sqlite_where=_UNSENT, postgresql_where=_UNSENT)
    op.create_index("ix_outbox_org_id_subscription_id", "outbox", ["org_id", "subscription_id"])
    # Reviews that were opened before have no such cause.
    op.add_column("release_review", sa.Column("cause", sa.Text(), nullable=True))
    op.add_column("release_review", sa.Column("affected", sa.Text(), nullable=True))
    op.create_index("ix_release_review_org_id_cause", "release_review", ["org_id", "cause"])
    # What changed last is a page of each of these, never a look through all certificates.
    op.create_index("ix_release_certificate_org_id_issued_at", "release_certificate", ["org_id", "issued_at"])
    op.create_index("ix_release_certificate_org_id_ended_at", "release_certificate", ["org_id", "ended_at"])


def downgrade() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
    op.drop_index("ix_release_certificate_org_id_ended_at", "release_certificate")
    op.drop_index("ix_release_certificate_org_id_issued_at", "release_certificate")
    op.drop_index("ix_release_review_org_id_cause", "release_review")
    op.drop_column("release_review", "affected")
    op.drop_column("release_review", "cause")
    for name in reversed(TABLES):
        op.drop_table(name)
