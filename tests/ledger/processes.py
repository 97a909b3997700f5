"""Starting writers as processes of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def start(config, mode: str, count: int) -> subprocess.Popen[str]:
    """A writer over this installation; its lines are the events it acknowledges."""
    words = [str(config.dir), config.database_url, mode, str(count)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ledger.writer", *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def kill_after(config, mode: str, many: int) -> list[str]:
    """What a writer acknowledged before it was killed at the moment of its last line."""
    with start(config, mode, 10_000) as process:
        said = [process.stdout.readline().strip() for _ in range(many)]
        process.kill()
        # A line that was cut off in the middle acknowledges nothing.
        rest = process.stdout.read().split("\n")[:-1]
    return said + rest
