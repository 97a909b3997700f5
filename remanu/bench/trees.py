"""What a tree of 5,000 parts costs to read, on SQLite and, where an empty database is named, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from remanu.bench import rows
from remanu.bench.place import Figures, cpu, elsewhere, installation, least, ms
from remanu.db import Database
from remanu.parts.queries import finding, trees, usage

SIZE, TREES, ROUNDS = 5_000, 20, 20
BUDGET = {"tree_as_of_ms": 50.0}
_ORG = "0195b000-0000-7000-8000-000000000001"


def tree(url: str | None = None) -> Figures:
    """One tree among twenty, a hundred thousand parts with two installations each, asked for every way."""
    measured = {"sqlite": _measured(None)}
    if url is not None:
        measured["postgresql"] = _measured(url)
    return {
        "figures": {engine: found["figures"] for engine, found in measured.items()},
        "floors": {**BUDGET, **{engine: found["floors"] for engine, found in measured.items()}},
        "ratios": {engine: found["ratios"] for engine, found in measured.items()},
        "settings": {"parts": SIZE * TREES, "tree": SIZE, "levels": rows.levels(SIZE), "rounds": ROUNDS},
    }


@contextmanager
def _store(url: str | None) -> Iterator[Database]:
    with installation() if url is None else elsewhere(url) as (_, database):
        rows.put(database, "item", rows.items(_ORG, SIZE * TREES))
        rows.put(database, "installation", rows.forest(_ORG, TREES, SIZE))
        rows.put(database, "installed_now", rows.seated(_ORG, TREES, SIZE))
        rows.put(database, "search_word", rows.words(_ORG, SIZE * TREES))
        rows.settle(database)
        yield database


def _measured(url: str | None) -> Figures:
    then, now = rows.BEGAN + timedelta(days=10), rows.BEGAN + timedelta(days=40)
    root, leaf = rows.key(SIZE), rows.key(SIZE + SIZE - 1)
    with _store(url) as database, database.reading() as connection:
        wanted = finding.carrying(_ORG, f"s{SIZE + SIZE - 7}")

        def timed(ask: Callable[[], object]) -> float:
            return ms(least(ROUNDS, ask))

        counted = len(trees.tree(connection, _ORG, root, then))
        if counted != SIZE - 1:
            raise AssertionError(f"the tree has {counted} parts")
        spent = {
            "tree_as_of_ms": timed(lambda: trees.tree(connection, _ORG, root, then)),
            "tree_today_ms": timed(lambda: trees.tree(connection, _ORG, root, now)),
            "size_ms": timed(lambda: trees.size(connection, _ORG, root, then)),
            "page_of_children_ms": timed(lambda: trees.children(connection, _ORG, root, now)),
            "search_in_tree_ms": timed(lambda: trees.find_in(connection, _ORG, root, now, wanted=wanted)),
            "where_used_ms": timed(lambda: usage.uses(connection, _ORG, leaf, "up")),
            "ever_held_first_page_ms": timed(lambda: usage.uses(connection, _ORG, root, "down")),
        }
        spent["tree_as_of_own_cpu_ms"] = ms(cpu(5, 4, lambda: trees.tree(connection, _ORG, root, then))[0])
        raw = timed(lambda: rows.raw_tree(connection, _ORG, root, then))
    return {
        "figures": spent,
        "floors": {"raw_statement_ms": raw},
        "ratios": {"tree_to_raw": round(raw / spent["tree_as_of_ms"], 2)},
    }
