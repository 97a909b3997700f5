"""How often one address may ask in a minute: declared beside a view, counted in memory (ASVS 2.4.1)."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Flask, current_app, request

from remanu.errors import TooMany

F = TypeVar("F", bound=Callable[..., Any])

ASKED = "remanu.limits"
WINDOW = 60.0
_MANY = 20_000


def at_most(times: int) -> Callable[[F], F]:
    """Declare how often one address may call a view in a minute; sign-in, scan and public pages say so."""

    def mark(view: F) -> F:
        view.at_most = times  # type: ignore[attr-defined]
        return view

    return mark


def hold(what: str, times: int) -> None:
    """Count one asking for what is dear inside a view that has a wider limit of its own; TooMany beyond `times`."""
    asked: Asked = current_app.extensions[ASKED]
    wait = asked.wait(what, request.remote_addr or "", times, now=time.monotonic())
    if wait:
        raise TooMany(retry_after=wait)


@dataclass(slots=True)
class Asked:
    """When each address last asked for each view, for one minute back.

    It is this process's own count: several processes allow as many times more. What must hold however many
    there are, the lock-out of accounts, is counted in the store (accounts.attempt).
    """

    _seen: dict[tuple[str, str], deque[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def wait(self, endpoint: str, address: str, times: int, *, now: float) -> int:
        """Count one request at `now` seconds; 0 when it may pass, else the whole seconds to wait."""
        with self._lock:
            self._make_room(now)
            seen = self._seen.setdefault((endpoint, address), deque())
            while seen and seen[0] <= now - WINDOW:
                seen.popleft()
            if len(seen) >= times:
                return max(1, math.ceil(seen[0] + WINDOW - now))
            seen.append(now)
            return 0

    def _make_room(self, now: float) -> None:
        if len(self._seen) < _MANY:
            return
        recent = {key: seen for key, seen in self._seen.items() if seen and seen[-1] > now - WINDOW}
        # A flood from very many addresses empties the count rather than the memory.
        self._seen = recent if len(recent) < _MANY else {}


def install(app: Flask) -> None:
    """Hold every view that declares a limit to it."""
    app.extensions[ASKED] = Asked()

    @app.before_request
    def _hold() -> None:
        times = getattr(current_app.view_functions.get(request.endpoint or ""), "at_most", None)
        if times is not None:
            hold(str(request.endpoint), times)
