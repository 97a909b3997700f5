"""Where a measurement happens, and how its time is taken."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from remanu import app, schema
from remanu.clock import SystemClock
from remanu.config import Config, for_tests
from remanu.db import Database, connect
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


def seconds(times: int, work: Callable[[], object]) -> float:
    """How long the work takes on the wall, on average, once it was done before."""
    work()
    begun = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - begun) / times


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
