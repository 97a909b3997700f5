"""What every table has to declare, and how tenant tables are keyed (architecture.md §3, §4)."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import get_args

import sqlalchemy as sa

from remanu.db import Base, Privacy, TableClass
from tests.house import source

CLASSES = frozenset(get_args(TableClass))
PRIVACY = frozenset(get_args(Privacy))
# Tables that are found across organisations, with the reason why their key may begin otherwise.
GLOBAL = {
    "code": "the look-up from a public code to its organisation",
    "job": "the worker looks for work of all organisations at once",
    "log_pending": "a log spans organisations",
    "log_entry": "a log spans organisations",
}
# Unique keys that span organisations, with the reason.
ACROSS = {("event", ("position",)): "the local order of replay"}


def metadata() -> sa.MetaData:
    """Every table that some models module declares."""
    for path in sorted((source.ROOT / "remanu").glob("*/models.py")):
        import_module(f"remanu.{path.parent.name}.models")
    return Base.metadata


def faults(tables: sa.MetaData) -> list[str]:
    """What is wrong with these tables, in sentences."""
    return [f"{table.name}: {why}" for table in tables.sorted_tables for why in _faults(table)]


def _faults(table: sa.Table) -> Iterator[str]:
    if table.info.get("class") not in CLASSES:
        yield f"has no class of {sorted(CLASSES)}"
    if not table.dialect_options["sqlite"].get("strict"):
        yield "is not STRICT on SQLite"
    for column in table.columns:
        if column.info.get("privacy") not in PRIVACY:
            yield f"column {column.name} has no privacy class"
    if "org_id" in table.columns and table.name not in GLOBAL:
        yield from _tenancy(table)


def _tenancy(table: sa.Table) -> Iterator[str]:
    for constraint in table.constraints:
        if isinstance(constraint, sa.ForeignKeyConstraint):
            yield from _reference(table, constraint)
        elif isinstance(constraint, sa.PrimaryKeyConstraint | sa.UniqueConstraint):
            yield from _key(table, tuple(column.name for column in constraint.columns))
    for index in table.indexes:
        if index.unique:
            yield from _key(table, tuple(column.name for column in index.columns))


def _key(table: sa.Table, names: tuple[str, ...]) -> Iterator[str]:
    if names[:1] != ("org_id",) and (table.name, names) not in ACROSS:
        yield f"key {names} does not begin with org_id"


def _reference(table: sa.Table, constraint: sa.ForeignKeyConstraint) -> Iterator[str]:
    target = constraint.referred_table
    if "org_id" in target.columns and "org_id" not in constraint.column_keys:
        yield f"refers to {target.name} across organisations"
