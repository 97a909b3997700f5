"""The names of a log: its own, and those under which it goes on when a restored old copy gave up what was lost.

Two histories under one name would destroy the worth of both (trust.md T33). The key stays: it is told by its name,
so that a checkpoint of one history never passes for one of the other.
"""

from __future__ import annotations

import re

from remanu.errors import BadInput
from remanu.ledger import notes

_TURN = re.compile(r"[1-9][0-9]{0,3}")


def turn(origin: str, name: str) -> int:
    """1 for the log's own name, n for `origin/n`; BadInput `not-signed` for a log that is another's."""
    base, _, last = name.rpartition("/")
    if name == origin:
        return 1
    if base != origin or not _TURN.fullmatch(last) or int(last) < 2:  # noqa: PLR2004 -- the first one has no number
        raise BadInput("checkpoint", "not-signed")
    return int(last)


def name(origin: str, turn: int) -> str:
    """What the log is called in this turn."""
    return origin if turn == 1 else f"{origin}/{turn}"


def verify(note: str, origin: str, key: bytes) -> notes.Checkpoint:
    """The checkpoint of a note that this log signed, under whichever of its names; BadInput where it did not."""
    claimed = notes.parse(note).checkpoint.origin
    turn(origin, claimed)
    return notes.verify(note, {claimed: key})
