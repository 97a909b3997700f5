"""Flipping one bit of one value in the store, past every guard, and putting it back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest

import sqlalchemy as sa

from remanu.db import Base, Database
from remanu.ledger import raw
from tests.ledger.spoil import spoil

CLASSES = ("record", "view", "vault")


@dataclass(frozen=True, slots=True)
class Flip:
    """One value with one bit changed: `before` and `after` are the row's key."""

    table: str
    column: str
    before: str
    after: str

    def named_in(self, report) -> bool:
        """Whether the report names the record that was changed."""
        return any(
            one.table == self.table and one.key in {self.before, self.after} for one in report.problems
        )


def tables() -> list[sa.Table]:
    """Every table that verify answers for, new ones of any feature included."""
    return [table for table in Base.metadata.sorted_tables if table.info["class"] in CLASSES]


def rounds(chosen: list[tuple[sa.Table, str]]) -> Iterator[list[tuple[sa.Table, str]]]:
    """The same places in turns, in each of which no table stands twice."""
    by_table: dict[str, list[tuple[sa.Table, str]]] = {}
    for table, column in chosen:
        by_table.setdefault(table.name, []).append((table, column))
    yield from ([one for one in turn if one] for turn in zip_longest(*by_table.values()))


def places(database: Database) -> list[tuple[sa.Table, str]]:
    """Every column that holds something, in every table that verify answers for."""
    found = []
    with raw.snapshot(database) as connection:
        for table in tables():
            rows = list(raw.table(connection, table))
            filled = (
                one.name for one in table.columns if any(row[one.name] not in {None, b""} for row in rows)
            )
            found.extend((table, name) for name in filled)
    return found


@contextmanager
def flipped(database: Database, rng: random.Random, table: sa.Table, column: str) -> Iterator[Flip]:
    """The store with one bit of some row's column changed; afterwards it is as it was."""
    with raw.snapshot(database) as connection:
        rows = [row for row in raw.table(connection, table) if row[column] not in {None, b""}]
    while True:
        row = rng.choice(rows)
        changed = {**row, column: _other(rng, row[column], table.columns[column])}
        if changed[column] is not None and _set(database, table, row, changed, column):
            break
    try:
        yield Flip(table.name, column, raw.key(table, row), raw.key(table, changed))
    finally:
        assert _set(database, table, changed, row, column)


def _other(rng, value, column):
    if isinstance(value, int):
        return value ^ (1 << rng.randrange(63))
    flipped = bytearray(value)
    flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
    return bytes(flipped)


def _set(database, table, row, changed, column) -> bool:
    """Write the value; False where a key or the engine's own alphabet refuses it."""
    binary = isinstance(table.columns[column].type, sa.LargeBinary)
    sqlite = database.is_sqlite
    value = changed[column]
    if isinstance(value, bytes) and not binary and not sqlite:
        try:
            value = value.decode()
        except UnicodeDecodeError:
            return False
        if "\0" in value:
            return False
    target = "CAST(:value AS TEXT)" if sqlite and isinstance(value, bytes) and not binary else ":value"
    keys = [one.name for one in table.primary_key.columns]
    where = " AND ".join(_is(sqlite, name, row[name]) for name in keys)
    values = {f"k_{name}": _bound(sqlite, row[name]) for name in keys}
    statement = f'UPDATE "{table.name}" SET "{column}" = {target} WHERE {where}'  # noqa: S608 -- names of our tables
    try:
        spoil(database, statement, value=value, **values)
    except sa.exc.IntegrityError:
        return False
    return True


def _is(sqlite, name, value) -> str:
    left = f'CAST("{name}" AS BLOB)' if sqlite and isinstance(value, bytes) else f'"{name}"'
    return f"{left} = :k_{name}"


def _bound(sqlite, value):
    return value.decode() if isinstance(value, bytes) and not sqlite else value
