"""The only place that asks for the time; everything else is handed a clock."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that can say what time it is, in aware UTC."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class SetClock:
    """A clock that stands still until it is moved: for tests, and for seeding years of history."""

    at: datetime
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def now(self) -> datetime:
        """The moment it was set to, aware, UTC."""
        return self.at

    def advance(self, **parts: float) -> datetime:
        """Move forward by timedelta keywords (days=…, minutes=…) and return the new moment."""
        with self._lock:
            self.at += timedelta(**parts)
            return self.at


def stamp(moment: datetime) -> str:
    """RFC 3339 text in UTC with microseconds, the one form stored in records."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def parse_stamp(text: str) -> datetime:
    """Read back what `stamp` wrote; ValueError on anything else."""
    moment = datetime.fromisoformat(text)
    if stamp(moment) != text:
        raise ValueError("not a stamp")
    return moment
