"""Where a measurement happens, and how its time is taken."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from remanu import app, schema
from remanu.clock import SystemClock
from remanu.config import Config, for_tests
from remanu.db import Database, Tx, connect
from remanu.errors import Misconfigured
from remanu.keys import make_keyring

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


@contextmanager
def elsewhere(url: str) -> Iterator[tuple[Config, Database]]:
    """The same over a PostgreSQL database that is empty, and is emptied again afterwards."""
    with tempfile.TemporaryDirectory(prefix="remanu-bench-") as folder:
        config = for_tests(Path(folder), database_url=url)
        config.evidence_dir.mkdir()
        database = connect(config, clock=SystemClock(), keyring=make_keyring(config.keys_dir))
        database.reactions = app.REACTIONS
        _refuse_if_filled(database)
        schema.prepare(database, config.log_origin)
        try:
            yield config, database
        finally:
            database.transact(_clear)
            database.close()


def _refuse_if_filled(database: Database) -> None:
    with database.reading() as connection:
        if sa.inspect(connection).get_table_names():
            raise Misconfigured(setting="--database", why="not empty", value="it holds tables already")


def _clear(tx: Tx) -> None:
    tx.execute(sa.text("DROP SCHEMA public CASCADE"))
    tx.execute(sa.text("CREATE SCHEMA public"))


def seconds(times: int, work: Callable[[], object]) -> float:
    """How long the work takes on the wall, on average, once it was done before."""
    work()
    begun = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - begun) / times


def least(times: int, work: Callable[[], object]) -> float:
    """How long the work takes on the wall at its best, which other work on the machine can only make worse."""
    work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def cpu(rounds: int, each: int, *works: Callable[[], object]) -> list[float]:
    """Seconds of this process's CPU that each work takes: in turns within every round, the median of the rounds."""
    taken: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(rounds):
        for held, work in zip(taken, works, strict=True):
            begun = time.process_time()
            for _ in range(each):
                work()
            held.append((time.process_time() - begun) / each)
    return [statistics.median(held) for held in taken]


def ms(spent: float) -> float:
    """Seconds as milliseconds, to the microsecond."""
    return round(spent * 1000, 3)
