"""What `remanu bench` measures: each measurement makes a store of its own and says figures, floors and ratios."""

from __future__ import annotations

import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from remanu import app, schema
from remanu.clock import SystemClock
from remanu.config import Config, for_tests
from remanu.db import Database, Tx, connect, sqlite_module
from remanu.errors import BadInput
from remanu.keys import make_keyring
from remanu.ledger.record import begin
from remanu.parts import actions as parts
from remanu.rules.actor import Actor

_ACTS = 300
_PACKAGES = ("flask", "sqlalchemy", "granian", "jinja2")
Figures = dict[str, Any]


@contextmanager
def installation() -> Iterator[tuple[Config, Database]]:
    """An empty migrated installation in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="remanu-bench-") as folder:
        config = for_tests(Path(folder))
        config.evidence_dir.mkdir()
        database = connect(config, clock=SystemClock(), keyring=make_keyring(config.keys_dir))
        database.reactions = app.REACTIONS
        schema.prepare(database, config.log_origin)
        try:
            yield config, database
        finally:
            database.close()


def record() -> Figures:
    """Durable acts in a row, against what the disk alone allows: a commit of one row into a bare table."""
    with installation() as (config, database):
        floor = _seconds(_ACTS, _bare(config.dir / "floor.sqlite3"))
        spent = _seconds(_ACTS, lambda: database.transact(_register))
    return {
        "figures": {"act_ms": _ms(spent)},
        "floors": {"commit_ms": _ms(floor)},
        "ratios": {"act_to_commit": round(spent / floor, 2)},
        "settings": {"acts": _ACTS, "synchronous": "FULL", "journal": "WAL"},
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


def _seconds(times: int, work: Callable[[], object]) -> float:
    work()
    begun = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - begun) / times


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)


BENCHES: Mapping[str, Callable[[], Figures]] = {"record": record}


def measure(name: str) -> Figures:
    """One measurement, or `all`, with the versions it was made with; BadInput for an unknown name."""
    if name != "all" and name not in BENCHES:
        raise BadInput("name", "not-a-choice", choices=[*BENCHES, "all"])
    chosen = BENCHES if name == "all" else {name: BENCHES[name]}
    measured = {one: do() for one, do in chosen.items()}
    told = measured if name == "all" else measured[name]
    return {"bench": name, "versions": _versions(), **told}


def _versions() -> dict[str, str]:
    with installation() as (_, database), database.reading() as connection:
        sqlite = str(connection.execute(sa.text("SELECT sqlite_version()")).scalar_one())
    packages = {name: version(name) for name in ("remanu", *_PACKAGES)}
    return {"python": platform.python_version(), "sqlite": sqlite, **packages}


def lines(measured: Figures, before: str = "") -> Iterator[str]:
    """The measurement for a person, a value a line."""
    for name, value in measured.items():
        if isinstance(value, dict):
            yield from lines(value, f"{before}{name}.")
        else:
            yield f"{before}{name}: {value}"
