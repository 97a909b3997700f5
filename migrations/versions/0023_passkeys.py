"""Adds passkeys and one-time codes, by which people sign, and the policy that says which act asks for what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLES = ("passkey", "signing_policy")
WORKING = ("passkey_use", "spent_proof")


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("rp_id", sa.Text(), nullable=False),
        sa.Column("copyable", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("retired_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("org_id", "credential", name=op.f("uq_passkey_org_id_credential")),
        sa.ForeignKeyConstraint(
            ["org_id", "ref"], ["membership.org_id", "membership.ref"], name=op.f("fk_passkey_org_id_ref")
        ),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_passkey_org_id_ref", "passkey", ["org_id", "ref"])
    op.create_table(
        "passkey_use",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("passkey_id", sa.Text(), nullable=False),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "passkey_id", name=op.f("pk_passkey_use")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_table(
        "signing_policy",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ways", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_signing_policy")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_index("ix_signing_policy_org_id_state", "signing_policy", ["org_id", "state"])
    op.create_table(
        "spent_proof",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_spent_proof")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_index("ix_spent_proof_at", "spent_proof", ["at"])
    op.add_column("session", sa.Column("full_until", sa.Text(), nullable=True))
    op.add_column("invitation", sa.Column("purpose", sa.Text(), nullable=True))


def downgrade() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
    op.drop_column("invitation", "purpose")
    op.drop_column("session", "full_until")
    for name in (*TABLES, *WORKING):
        op.drop_table(name)
