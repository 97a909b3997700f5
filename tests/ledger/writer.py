"""A process that writes: `python -m tests.ledger.writer FOLDER URL MODE COUNT`, a line for each acknowledged event.

Modes: `honest` acknowledges after the commit, `early` (the control) before it; `busy` shares one part with other
processes, enters events in the log in between, and acknowledges at the end.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from remanu.clock import SystemClock
from remanu.config import for_tests
from remanu.db import Database, Tx, connect
from remanu.keys import open_keyring
from remanu.ledger import checkpoint
from remanu.ledger.integrate import integrate
from remanu.parts import actions
from tests import people
from tests.builders import make_item

EVERY = 5


def main(folder: str, url: str, mode: str, count: str) -> None:
    """Write as the mode says."""
    config = for_tests(Path(folder), database_url=url)
    database = connect(config, clock=SystemClock(), keyring=open_keyring(config.keys_dir))
    {"honest": honest, "early": early, "busy": busy}[mode](database, int(count))


def honest(database: Database, count: int) -> None:
    """Say each event once it is durable."""
    for _ in range(count):
        _say(database.transact(lambda tx: make_item(tx).id))


def early(database: Database, count: int) -> None:
    """Say each event before it is."""

    def work(tx: Tx) -> None:
        _say(make_item(tx).id)
        time.sleep(0.05)

    for _ in range(count):
        database.transact(work)


def busy(database: Database, count: int) -> None:
    """Read marks on the part that all share, register parts beside it, drain the log now and then."""
    shared = sys.stdin.readline().strip()

    def work(tx: Tx) -> list[str]:
        mark = actions.read_mark(tx, people.TECHNICIAN, shared, kind="plate", mark=tx.new_id())
        return [mark.id, make_item(tx).id]

    for at in range(count):
        for one in database.transact(work):
            _say(one)
        if at % EVERY == 0:
            database.transact(integrate)
    checkpoint.advance(database)


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
