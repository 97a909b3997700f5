"""What somebody with the database in his hands can do: triggers dropped, rules switched off, rows changed."""

from __future__ import annotations

import sqlalchemy as sa


def spoil(database, *statements, **values) -> None:
    """Run statements past every guard of the schema, each of which must change something."""

    def work(tx):
        _unguard(tx)
        for statement in statements:
            text = sa.text(statement) if isinstance(statement, str) else statement
            assert tx.execute(text, values or None).rowcount > 0, statement

    database.transact(work)


def _unguard(tx) -> None:
    if tx.connection.dialect.name == "postgresql":
        tx.execute(sa.text("SET LOCAL session_replication_role = replica"))
        return
    tx.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
    triggers = tx.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    for name in triggers:
        tx.execute(sa.text(f"DROP TRIGGER {name}"))
