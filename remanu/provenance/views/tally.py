"""How often labels are read: counted in memory, written down once a minute after an answer has gone out.

A scan is a GET and changes nothing by itself (ASVS 3.5.3); whoever scans is not recorded at all. What a process that
dies had not written yet is lost: these are coarse numbers.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from remanu.db import Database
from remanu.errors import OutcomeUnknown, Unavailable
from remanu.provenance import actions

Key = tuple[str, str, str, str]
_EVERY = timedelta(seconds=60)
_MANY = 2000


@dataclass(slots=True)
class Tally:
    """Scans that are not written down yet: organisation, part, label and day."""

    _seen: Counter[Key] = field(default_factory=Counter, repr=False)
    _since: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count(self, org_id: str, item_id: str, label: str, now: datetime) -> None:
        """One more scan."""
        with self._lock:
            self._since = self._since or now
            if len(self._seen) < _MANY:
                self._seen[org_id, item_id, label, f"{now:%Y-%m-%d}"] += 1

    def settle(self, database: Database) -> None:
        """Write down what was counted, if the last time is a minute ago; where nothing can be written, later."""
        taken = self._take(database.clock.now())
        if not taken:
            return
        try:
            database.transact(lambda tx: actions.count_scans(tx, taken))
        except (Unavailable, OutcomeUnknown):
            with self._lock:
                self._seen.update(taken)

    def _take(self, now: datetime) -> dict[Key, int]:
        with self._lock:
            if self._since is None or now - self._since < _EVERY:
                return {}
            taken, self._since = dict(self._seen), now
            self._seen.clear()
            return taken
