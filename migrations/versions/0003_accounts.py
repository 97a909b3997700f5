"""The tables of accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    "attempt",
    "credential",
    "invitation",
    "organisation",
    "person",
    "person_ref",
    "session",
    "device",
    "membership",
    "authorisation",
)


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("key_digest", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("ok", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key_digest", "id", name=op.f("pk_attempt")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_index("ix_attempt_at", "attempt", ["at"], unique=False)
    op.create_table(
        "credential",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_credential")),
        info={"class": "vault"},
        sqlite_strict=True,
    )
    op.create_index("ix_credential_kind_hash", "credential", ["kind", "hash"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=True),
        sa.Column("invited_by", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_invitation")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_index("ix_invitation_id", "invitation", ["id"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_zh_hans", sa.Text(), nullable=False),
        sa.Column("name_zh_hant", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", name=op.f("pk_organisation")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key_ref", sa.Text(), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.Column("login_digest", sa.LargeBinary(), nullable=False),
        sa.Column("same_as", sa.Text(), nullable=True),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login_digest", name=op.f("uq_person_login_digest")),
        info={"class": "vault"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_person_key_ref"), "person", ["key_ref"], unique=False)
    op.create_table(
        "person_ref",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "ref", name=op.f("pk_person_ref")),
        sa.UniqueConstraint("org_id", "person_id", name=op.f("uq_person_ref_org_id_person_id")),
        info={"class": "vault"},
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_person_ref_person_id"), "person_ref", ["person_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("token_digest", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("fresh_until", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "token_digest", name=op.f("pk_session")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_index("ix_session_org_id_ref", "session", ["org_id", "ref"], unique=False)
    op.create_index(op.f("ix_session_person_id"), "session", ["person_id"], unique=False)
    op.create_index("ix_session_token_digest", "session", ["token_digest"], unique=False)
    op.create_table(
        "device",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("enrolled_at", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.org_id"], name=op.f("fk_device_org_id")),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_device")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "membership",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.org_id"], name=op.f("fk_membership_org_id")),
        sa.PrimaryKeyConstraint("org_id", "ref", name=op.f("pk_membership")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "authorisation",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "ref"],
            ["membership.org_id", "membership.ref"],
            name=op.f("fk_authorisation_org_id_ref"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_authorisation")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_authorisation_org_id_ref", "authorisation", ["org_id", "ref"], unique=False)


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
