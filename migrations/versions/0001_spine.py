"""The tables of ledger: events, sealed documents, the transparency log, evidence, idempotency keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "event",
    "evidence",
    "log",
    "log_checkpoint",
    "log_entry",
    "log_node",
    "log_pending",
    "request",
    "sealed",
    "vault_key",
)
APPEND_ONLY = ("event", "log", "log_entry", "log_node", "log_checkpoint")


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("canonical", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=True),
        sa.Column("actor_ref", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        *_event_keys(),
        sa.UniqueConstraint("org_id", "commitment", name=op.f("uq_event_org_id_commitment")),
        sa.UniqueConstraint("org_id", "subject_id", "seq", name=op.f("uq_event_org_id_subject_id_seq")),
        info={"class": "record"},
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "evidence",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "digest", name=op.f("pk_evidence")),
        info={"class": "view"},
        sqlite_strict=True,
    )
    op.create_table(
        "log",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("successor", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log")),
        info={"class": "record"},
        sqlite_strict=True,
    )
    op.create_table(
        "log_checkpoint",
        sa.Column("log_id", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("log_id", "size", name=op.f("pk_log_checkpoint")),
        info={"class": "record"},
        sqlite_strict=True,
    )
    op.create_table(
        "log_entry",
        sa.Column("log_id", sa.Text(), nullable=False),
        sa.Column("idx", sa.BigInteger(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("log_id", "idx", name=op.f("pk_log_entry")),
        sa.UniqueConstraint("log_id", "org_id", "event_id", name=op.f("uq_log_entry_log_id_org_id_event_id")),
        info={"class": "record"},
        sqlite_strict=True,
    )
    op.create_table(
        "log_node",
        sa.Column("log_id", sa.Text(), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("idx", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log_id", "level", "idx", name=op.f("pk_log_node")),
        info={"class": "record"},
        sqlite_strict=True,
    )
    op.create_table(
        "log_pending",
        sa.Column("log_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("log_id", "position", name=op.f("pk_log_pending")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_table(
        "request",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "key", name=op.f("pk_request")),
        info={"class": "working"},
        sqlite_strict=True,
    )
    op.create_table(
        "sealed",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("key_ref", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "event_id", name=op.f("pk_sealed")),
        info={"class": "vault"},
        sqlite_strict=True,
    )
    op.create_table(
        "vault_key",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_vault_key")),
        info={"class": "vault"},
        sqlite_strict=True,
    )
    _refuse_changes()


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _event_keys() -> tuple[sa.schema.SchemaItem, ...]:
    # On SQLite only a primary key of one column counts up by itself, so the two engines share the rules, not
    # the names: position is unique, and so is (org_id, id).
    if _sqlite():
        return (
            sa.PrimaryKeyConstraint("position", name="pk_event"),
            sa.UniqueConstraint("org_id", "id", name="uq_event_org_id_id"),
        )
    return (
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_event"),
        sa.UniqueConstraint("position", name="uq_event_position"),
    )


def _refuse_changes() -> None:
    # These stop our own mistakes, not an administrator of the database; `remanu verify` is for him.
    if not _sqlite():
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING "
            "MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'restrict_violation'; END $$"
        )
    for name in APPEND_ONLY:
        for statement in _triggers(name):
            op.execute(statement)


def _triggers(name: str) -> list[str]:
    if _sqlite():
        refusal = f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
        return [
            f"CREATE TRIGGER {name}_refuses_{verb} BEFORE {verb} ON {name} {refusal}"
            for verb in ("update", "delete")
        ]
    refusal = "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    return [f"CREATE TRIGGER {name}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} {refusal}"]


def downgrade() -> None:
    _refuse_if_filled()
    for name in reversed(TABLES):
        op.drop_table(name)
    if not _sqlite():
        op.execute("DROP FUNCTION refuse_change()")


def _refuse_if_filled() -> None:
    for name in TABLES:
        if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first():
            raise RuntimeError(
                f"table {name} holds data, which going back would lose; restore a back-up instead"
            )
