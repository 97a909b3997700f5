"""What may be taken back, by whom and how long: a slip of the hand, and never a decision (users.md §6)."""

from __future__ import annotations

from datetime import datetime, timedelta

SECONDS = 10
"""So long a page offers it."""
_NETWORK = timedelta(seconds=5)
UNDOABLE = frozenset({"intake.move"})
"""Acts that decide nothing and let nothing leave: a signature, a hold and a print stay."""


def may_undo(kind: str, *, by: str, at: datetime, actor: str, now: datetime) -> bool:
    """Whether this newest act on a part may be taken back: the same person's, a moment ago; a slow network counts."""
    return kind in UNDOABLE and by == actor and at <= now <= at + timedelta(seconds=SECONDS) + _NETWORK
