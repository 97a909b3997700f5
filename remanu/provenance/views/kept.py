"""What is kept between two scans of a part: its verified record, and the answers drawn from it.

An answer is found again only while everything that decides it is the same (`Found`, read anew at each request): state,
its cause and since when, organisation, length of the record; and beside it label, language and form. None of them
lives longer than a minute, so that "Record verified at 14:02" is never older than that.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from remanu.provenance.queries import Found, Known

T = TypeVar("T")

LONGEST = timedelta(seconds=60)
_RECORDS, _ANSWERS, _PAPERS = 256, 256, 32
_NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Answer:
    """A body that was drawn, its type, its tag, and when the record in it was verified."""

    body: bytes
    content_type: str
    tag: str
    status: int = 200


@dataclass(slots=True)
class Shelf(Generic[T]):
    """The values used last, each with the moment it was computed."""

    room: int
    _held: OrderedDict[Hashable, tuple[datetime, T]] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def get(self, key: Hashable, now: datetime) -> T | None:
        """The value under a key, if it is at most a minute old; a clock that went back makes it old."""
        with self._lock:
            found = self._held.get(key)
            if found is None or not _NONE <= now - found[0] < LONGEST:
                return None
            self._held.move_to_end(key)
            return found[1]

    def put(self, key: Hashable, at: datetime, value: T) -> None:
        """Keep a value that was computed at this moment; the one that was used longest ago makes room."""
        with self._lock:
            self._held[key] = at, value
            self._held.move_to_end(key)
            while len(self._held) > self.room:
                self._held.popitem(last=False)

    def forget(self) -> None:
        """Hold nothing any more."""
        with self._lock:
            self._held.clear()


@dataclass(slots=True)
class Kept:
    """One process's shelves, and the public key of the log, which is read once."""

    key: bytes
    records: Shelf[Known] = field(default_factory=lambda: Shelf(_RECORDS))
    answers: Shelf[Answer] = field(default_factory=lambda: Shelf(_ANSWERS))
    papers: Shelf[bytes] = field(default_factory=lambda: Shelf(_PAPERS))

    def record(self, found: Found, now: datetime, read: Callable[[], Known]) -> Known:
        """The verified record of a part, read anew where it changed or is a minute old."""
        known = self.records.get(found, now)
        if known is None:
            known = read()
            self.records.put(found, now, known)
        return known

    def forget(self) -> None:
        """Hold nothing any more, so that the next scan is a new one."""
        for shelf in (self.records, self.answers, self.papers):
            shelf.forget()
