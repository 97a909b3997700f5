"""What somebody with the database in his hands can do: no triggers, no references, no rules of ours."""

from __future__ import annotations

import sqlalchemy as sa

from remanu.db import sqlite_module


def spoil(database, *statements, **values) -> None:
    """Run statements past every guard of the schema, each of which must change something."""
    engine = _bare(database)
    with engine.begin() as connection:
        for statement in _unguarded(connection):
            connection.exec_driver_sql(statement)
        for statement in statements:
            text = sa.text(statement) if isinstance(statement, str) else statement
            assert connection.execute(text, values or None).rowcount != 0, statement
    engine.dispose()


def _bare(database) -> sa.Engine:
    """An engine without our settings: on SQLite references are then unchecked."""
    module = {"module": sqlite_module()} if database.is_sqlite else {}
    return sa.create_engine(database.write_engine.url, poolclass=sa.pool.NullPool, **module)


def _unguarded(connection) -> list[str]:
    if connection.dialect.name == "postgresql":
        return ["SET LOCAL session_replication_role = replica"]
    triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return ["PRAGMA synchronous = OFF", *(f"DROP TRIGGER {name}" for name in triggers.scalars().all())]
