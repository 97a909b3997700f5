"""How often one address may ask: declared beside a view, counted in memory, refused with 429 (ASVS 2.4.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address

from remanu.errors import TooMany

F = TypeVar("F", bound=Callable[..., Any])


def at_most(rate: str) -> Callable[[F], F]:
    """Declare a view's limit for each address, such as `30/minute`; sign-in, scan and public pages have one."""

    def mark(view: F) -> F:
        view.at_most = rate  # type: ignore[attr-defined]
        return view

    return mark


def install(app: Flask) -> None:
    """Hold every view that declares a limit to it; call it when all blueprints are registered.

    Counters live in the process: several processes allow that many times more, and lock-out of accounts
    is therefore kept in the store (accounts.attempt).
    """
    limiter = Limiter(
        get_remote_address, app=app, storage_uri="memory://", strategy="moving-window", on_breach=_refuse
    )
    for endpoint, view in list(app.view_functions.items()):
        rate = getattr(view, "at_most", None)
        if rate is not None:
            app.view_functions[endpoint] = cast("Any", limiter.limit(rate)(view))


def _refuse(limit: RequestLimit) -> None:
    # One whole window from now all of it is free again, which is the longest anybody has to wait.
    raise TooMany(retry_after=limit.limit.get_expiry())
