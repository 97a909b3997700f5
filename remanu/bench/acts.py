"""What a durable act costs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from remanu.bench.place import Figures, installation, ms, seconds
from remanu.db import Tx, sqlite_module
from remanu.ledger.record import begin
from remanu.parts import actions as parts
from remanu.rules.actor import Actor

ACTS = 300


def record() -> Figures:
    """Durable acts in a row, against what the disk alone allows: a commit of one row into a bare table."""
    with installation() as (config, database):
        floor = seconds(ACTS, _bare(config.dir / "floor.sqlite3"))
        spent = seconds(ACTS, lambda: database.transact(_register))
    return {
        "figures": {"act_ms": ms(spent)},
        "floors": {"commit_ms": ms(floor)},
        "ratios": {"act_to_commit": round(spent / floor, 2)},
        "settings": {"acts": ACTS, "synchronous": "FULL", "journal": "WAL"},
    }


def _register(tx: Tx) -> None:
    clerk = Actor(tx.ids.new(tx.now), "bench", "bench", frozenset({"technician"}), "command")
    item = parts.NewItem(
        family="diesel-engine",
        component="engine",
        name="Engine",
        maker="Bench",
        part_number="B-1",
        serial=None,
        condition="as_received",
        origin="core",
    )
    parts.register(begin(tx, clerk, "parts.register"), item)


def _bare(path: Path) -> Callable[[], object]:
    connection = sqlite_module().connect(path, isolation_level=None)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE t (a TEXT)"):
        connection.execute(statement)
    return lambda: connection.execute("INSERT INTO t VALUES ('x')")
