"""Runs revisions over the connection that remanu.schema hands in; nothing here opens a store."""

from __future__ import annotations

from alembic import context

from remanu import schema
from remanu.errors import Misconfigured

connection = context.config.attributes.get("connection")
if connection is None:
    raise Misconfigured(
        setting="alembic", why="run remanu db upgrade, or tools/migration.py for a new revision"
    )
context.configure(connection=connection, **schema.options(connection))
with context.begin_transaction():
    context.run_migrations()
