"""Many parts at once, written past the acts: what is measured with them is how they are read."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.clock import stamp
from remanu.db import Base, Database, Tx

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_BATCH = 5000


def put(database: Database, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Write the rows in batches, a transaction each."""
    target = Base.metadata.tables[table]
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        database.transact(_insertion(target, batch))


def _insertion(target: sa.Table, rows: list[dict[str, Any]]) -> Callable[[Tx], None]:
    def work(tx: Tx) -> None:
        tx.execute(sa.insert(target), rows)

    return work


def settle(database: Database) -> None:
    """Let the engine know its tables, as it does after an import."""
    database.transact(lambda tx: tx.execute(sa.text("ANALYZE")))


def items(org_id: str, count: int, *, family: str = "tunnel-boring-machine") -> Iterator[dict[str, Any]]:
    """So many parts, whose ids are in the order of their numbers."""
    for n in range(count):
        yield {
            "org_id": org_id,
            "id": key(n),
            "code": f"B{n:012d}",
            "uri": f"https://id.example.test/B{n:012d}",
            "family": family,
            "component": "machine" if n % 97 == 0 else "part",
            "name": f"Part {n}",
            "maker": "Bench",
            "part_number": f"B-{n % 500}",
            "serial": f"S{n}",
            "identity": f"bench|b{n % 500}|s{n}",
            "condition": "released" if n % 3 else "unreleased",
            "origin": "core",
            "life": 0,
            "simulated": False,
            "registered_at": BEGAN + timedelta(seconds=n),
        }


def key(n: int) -> str:
    """An id that sorts like its number."""
    return f"{n:032x}"


def moment(seconds: int) -> str:
    """So long after the beginning, as it is stored."""
    return stamp(BEGAN + timedelta(seconds=seconds))


def words(org_id: str, count: int) -> Iterator[dict[str, Any]]:
    """What these parts are found by: a word that all carry, one that some hundred carry, and their own serial."""
    for n in range(count):
        for word in ("bench", f"b-{n % 500}", f"s{n}"):
            yield {"org_id": org_id, "word": word, "item_id": key(n)}


def cases(org_id: str, count: int, states: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """A case for each part, spread over the states."""
    shuffled = random.Random(7)  # noqa: S311 -- the same at every run, no secret
    for n in range(count):
        when = BEGAN + timedelta(seconds=shuffled.randrange(count * 10))
        yield {
            "org_id": org_id,
            "id": key(n),
            "item_id": key(n),
            "number": n,
            "state": states[n % len(states)],
            "life_from": 0,
            "loops": 0,
            "opened_at": when,
            "changed_at": when,
        }


def labels(org_id: str, count: int, states: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """A label for each part, filled where a column has to be."""
    columns = Base.metadata.tables["label"].columns
    known = {"org_id": org_id, "life": 0, "kind": "label"}
    for n in range(count):
        row = {"id": key(n), "item_id": key(n), "state": states[n % len(states)], "item_code": f"B{n:012d}"}
        yield _filled(columns, {**known, **row, "code": f"{n:06d}"})


def _filled(columns: Any, row: dict[str, Any]) -> dict[str, Any]:
    for column in columns:
        if column.name not in row and not column.nullable:
            row[column.name] = _anything(column)
    return row


def _anything(column: sa.Column[Any]) -> Any:
    kind = column.type.python_type if hasattr(column.type, "python_type") else str
    if "Moment" in type(column.type).__name__:
        return BEGAN
    return 0 if kind is int else "x"


def forest(org_id: str, trees: int, size: int) -> Iterator[dict[str, Any]]:
    """Trees in the shape of a heap of eight; each part sat elsewhere in its tree before, at the same depth."""
    swap = BEGAN + timedelta(days=30)
    for tree in range(trees):
        for n in range(1, size):
            item, host = key(tree * size + n), key(tree * size + (n - 1) // 8)
            row = {"org_id": org_id, "item_id": item, "host_id": host}
            before = {**row, "position": f"old-{n:05d}", "from_at": BEGAN, "to_at": swap}
            yield {**before, "id": f"{item[2:]}-0"}
            yield {**row, "position": f"p-{n:05d}", "from_at": swap, "to_at": None, "id": f"{item[2:]}-1"}


def seated(org_id: str, trees: int, size: int) -> Iterator[dict[str, Any]]:
    """What of the forest sits where now."""
    for row in forest(org_id, trees, size):
        if row["to_at"] is None:
            yield {name: row[name] for name in ("org_id", "item_id", "host_id", "position")}


def levels(size: int) -> int:
    """On how many levels a heap of eight holds so many parts."""
    return math.ceil(math.log(7 * size + 1, 8)) - 1


def raw_tree(connection: Connection, org_id: str, root: str, at: datetime) -> list[Any]:
    """The same tree by the barest statement that answers it, for comparison."""
    statement = sa.text(
        "WITH RECURSIVE t(item_id, host_id, position, level) AS ("
        " SELECT item_id, host_id, position, 1 FROM installation"
        " WHERE org_id = :o AND host_id = :r AND from_at <= :a AND (to_at IS NULL OR to_at > :a)"
        " UNION ALL SELECT i.item_id, i.host_id, i.position, t.level + 1 FROM t"
        " JOIN installation i ON i.org_id = :o AND i.host_id = t.item_id"
        " AND i.from_at <= :a AND (i.to_at IS NULL OR i.to_at > :a))"
        " SELECT t.item_id, t.host_id, t.position, t.level, item.name FROM t"
        " JOIN item ON item.org_id = :o AND item.id = t.item_id"
    )
    return list(connection.execute(statement, {"o": org_id, "r": root, "a": stamp(at)}))
