"""Derive the fleet file of the package from NASA's FD001 test set: the last snapshot of every engine.

Use, with the test set and the file to write:

    python tools/cmapss_last.py test_FD001.txt remanu/families/data/cmapss/last_FD001.txt
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path


def last_snapshots(lines: Iterable[str]) -> Iterator[str]:
    """The last line of each engine, as it stands but for the space at its end; lines are sorted by engine."""
    for _, snapshots in groupby(lines, key=_engine):
        *_, last = snapshots
        yield last.rstrip()


def _engine(line: str) -> str:
    return line.split(maxsplit=1)[0]


def main(source: str, target: str) -> None:
    """Read the test set at `source`, write one line an engine to `target`."""
    lines = Path(source).read_text(encoding="ascii").splitlines()
    Path(target).write_text("".join(f"{line}\n" for line in last_snapshots(lines)), encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
