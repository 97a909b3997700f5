"""Rows as they lie in the store: text as bytes, so that a flipped bit is compared and never trips the reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.db import Base, Database

Value = bytes | int | None
Row = Mapping[str, Value]
_BATCH = 500
_STREAMS = "remanu_streams"  # rows come by a cursor of the server's, which only a transaction has
_BEGIN = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"}


@contextmanager
def snapshot(database: Database) -> Iterator[Connection]:
    """One unchanging view of the store for many statements, while others go on writing."""
    with database.reading() as connection:
        connection.exec_driver_sql(_BEGIN[connection.dialect.name])
        try:
            yield connection.execution_options(**{_STREAMS: True})
        finally:
            connection.exec_driver_sql("ROLLBACK")


def stored(model: type[Base]) -> sa.Table:
    """The table of a model."""
    return cast("sa.Table", model.__table__)


def columns(
    connection: Connection, table: sa.Table, names: Sequence[str] = ()
) -> list[sa.ColumnElement[Any]]:
    """The table's columns without our own types; text as bytes where the engine would refuse broken UTF-8."""
    chosen = [column for column in table.columns if not names or column.name in names]
    return [_bare(connection, column).label(column.name) for column in chosen]


def _bare(connection: Connection, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    kind = _kept_as(column)
    if isinstance(kind, sa.Text) and connection.dialect.name == "sqlite":
        return sa.cast(column, sa.LargeBinary)
    return sa.type_coerce(column, kind)


def _kept_as(column: sa.Column[Any]) -> sa.types.TypeEngine[Any]:
    kind = column.type
    return kind.impl_instance if isinstance(kind, sa.types.TypeDecorator) else kind


def order(connection: Connection, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """The column as it sorts by bytes on either engine."""
    text = isinstance(_kept_as(column), sa.Text) and connection.dialect.name != "sqlite"
    return sa.collate(column, "C") if text else column


def rows(connection: Connection, statement: sa.Select[Any]) -> Iterator[Row]:
    """The statement's rows, a batch at a time, text as bytes."""
    if connection.get_execution_options().get(_STREAMS):
        statement = statement.execution_options(yield_per=_BATCH)
    for row in connection.execute(statement):
        yield {name: _bytes(value) for name, value in row._mapping.items()}  # noqa: SLF001 -- SQLAlchemy's public name


def table(connection: Connection, chosen: sa.Table) -> Iterator[Row]:
    """All rows of a table in the order of its key."""
    keys = [order(connection, column) for column in chosen.primary_key.columns]
    yield from rows(connection, sa.select(*columns(connection, chosen)).order_by(*keys))


def key(chosen: sa.Table, row: Row) -> str:
    """The row's key for a person: its parts, a blank between."""
    return " ".join(shown(row[column.name]) for column in chosen.primary_key.columns)


def shown(value: Value) -> str:
    """A value for a person; what is no text is shown as escapes."""
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)


def _bytes(value: Any) -> Value:
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return bytes(value) if isinstance(value, memoryview | bytearray) else value


def sortable(value: Value) -> tuple[int, bytes]:
    """A value of a key, as it is ordered by bytes or by number."""
    return (value, b"") if isinstance(value, int) else (0, value or b"")
