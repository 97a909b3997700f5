"""Views against events: replayed into an empty store, then compared row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.db import Tx
from remanu.errors import Refusal
from remanu.ledger import raw, replay
from remanu.ledger.checks.events import Seen
from remanu.ledger.kinds import Registry
from remanu.ledger.report import Problem


def apply(scratch: Tx, registry: Registry, one: Seen, wrong: list[Problem]) -> None:
    """Do an event over again in the empty store; one that cannot be done is added to `wrong`."""
    try:
        replay.again(scratch, registry, one.event)
    except (Refusal, sa.exc.SQLAlchemyError, LookupError, TypeError, ValueError) as error:
        wrong.append(Problem("event", one.key, "effect", f"cannot be replayed: {error}"))


def compare(there: Connection, scratch: Tx, counted: Counter[str]) -> Iterator[Problem]:
    """Rows of the store's views that are not what the events make of them."""
    for table in replay.views():
        yield from _differences(table, raw.table(there, table), raw.table(scratch.connection, table), counted)


def _differences(
    table: sa.Table, there: Iterator[raw.Row], made: Iterator[raw.Row], counted: Counter[str]
) -> Iterator[Problem]:
    keys = [column.name for column in table.primary_key.columns]
    left, right = next(there, None), next(made, None)
    while left is not None or right is not None:
        order = _order(keys, left, right)
        if left is not None and order < 0:
            yield Problem(table.name, raw.key(table, left), "row", "no event makes it")
        elif right is not None and order > 0:
            yield Problem(table.name, raw.key(table, right), "row", "missing")
        elif left is not None and right is not None:  # pragma: no branch -- the order left nothing else
            counted["view rows"] += 1
            yield from _columns(table, left, right)
        left = next(there, None) if order <= 0 else left
        right = next(made, None) if order >= 0 else right


def _order(keys: list[str], left: raw.Row | None, right: raw.Row | None) -> int:
    """Which of two rows comes first: -1 the left, 1 the right, 0 both are the same."""
    if left is None or right is None:
        return 1 if left is None else -1
    one, other = ([raw.sortable(row[name]) for name in keys] for row in (left, right))
    return (one > other) - (one < other)


def _columns(table: sa.Table, left: raw.Row, right: raw.Row) -> Iterator[Problem]:
    for name, value in left.items():
        if value != right[name]:
            why = f"is {raw.shown(value)}, the events say {raw.shown(right[name])}"
            yield Problem(table.name, raw.key(table, left), name, why)
