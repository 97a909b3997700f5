"""Identifiers that the application makes itself, so that no insert needs to ask the database."""

from __future__ import annotations

import secrets
import threading
import uuid
from dataclasses import dataclass, field
from datetime import datetime

_RANDOM_BITS = 74


@dataclass(slots=True)
class Ids:
    """UUIDv7 (RFC 9562) in time order within one process; time comes from the caller's clock."""

    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _last: int = 0

    def new(self, now: datetime) -> str:
        """A fresh id as 36-character text; ids made one after the other sort in that order."""
        millis = int(now.timestamp() * 1000)
        value = (millis << 80) | (0x7 << 76) | _spread(secrets.randbits(_RANDOM_BITS))
        with self._lock:
            value = max(value, self._next())
            self._last = value
        return str(uuid.UUID(int=value))

    def _next(self) -> int:
        # Bits 62 and 63 are the variant; stepping the low field keeps both version and variant in place,
        # because 62 bits of room never overflow within one process's life.
        return self._last + 1


def _spread(bits: int) -> int:
    high, low = bits >> 62, bits & ((1 << 62) - 1)
    return (high << 64) | (0b10 << 62) | low


def reference() -> str:
    """A random 128-bit reference as 32 hex digits, for pseudonyms and keys: carries no time."""
    return secrets.token_hex(16)
