"""Many released units at once: rows as the acts leave them, copied in bulk from a few units that were told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from remanu.labelling.models import Label
from remanu.parts.models import Case, Item
from remanu.recognition.models import StoredVerdict
from remanu.release.models import ReleaseCertificate

_BATCH = 5_000
_KINDS = (
    (Item, "id"),
    (Case, "item_id"),
    (ReleaseCertificate, "item_id"),
    (Label, "item_id"),
    (StoredVerdict, "item_id"),
)
_OWN = {
    "item": ("id", "code", "uri", "serial", "identity"),
    "reman_case": ("id", "item_id", "number"),
    "release_certificate": ("id", "item_id", "case_id", "number", "no"),
    "label": ("id", "item_id", "code"),
    "verdict": ("item_id", "certificate_id"),
}
"""What is another one in each copy; everything else is as the told unit has it, its paper's bytes and digest too."""


def multiply(database: Any, items: Sequence[str], many: int) -> int:
    """Copies of these units, in turn, until there are so many in all; returns how many units there are."""
    with database.reading() as connection:
        told = [{kind: _rows(connection, kind, key, item) for kind, key in _KINDS} for item in items]
    for start in range(len(items), many, _BATCH):
        numbers = range(start, min(start + _BATCH, many))
        database.transact(lambda tx, numbers=numbers: _copy(tx, told, numbers))
    return max(many, len(items))


def _rows(connection: Any, kind: Any, key: str, item: str) -> list[dict[str, Any]]:
    found = connection.execute(sa.select(kind.__table__).where(getattr(kind, key) == item))
    return [dict(row._mapping) for row in found]


def _copy(tx: Any, told: Sequence[dict[Any, list[dict[str, Any]]]], numbers: range) -> None:
    for kind, _ in _KINDS:
        rows = [copied for n in numbers for copied in _copies(kind, told[n % len(told)][kind], n)]
        if rows:
            tx.connection.execute(sa.insert(kind), rows)


def _copies(kind: Any, rows: Sequence[dict[str, Any]], n: int) -> Iterator[dict[str, Any]]:
    for row in rows:
        own = {name: _another(name, row[name], n) for name in _OWN[kind.__table__.name]}
        yield {**row, **own}


def _another(name: str, value: Any, n: int) -> Any:
    if isinstance(value, int):
        return 1_000_000 * value + n
    return f"{value}+{n:06d}" if name != "code" else f"{n:013d}"
