"""Asking once: rows that many rules ask for in one page, or before one act writes, are read one time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from sqlalchemy.engine import Connection

Q = TypeVar("Q", bound=Callable[..., Any])
_KEPT: ContextVar[dict[Any, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """While this lasts, queries marked `once` send their statement once for the same question.

    For pages, and for what an act gathers before it writes: many rules ask for the same rows.
    """
    before = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(before)


@contextmanager
def anew() -> Iterator[None]:
    """While this lasts nothing is kept, whatever is around it: a write may change what was read."""
    before = _KEPT.set(None)
    try:
        yield
    finally:
        _KEPT.reset(before)


def _named(asked: Any) -> Any:
    return asked if isinstance(asked, str) else (asked.org_id, asked.id)


def once(query: Q) -> Q:
    """Mark a query, asked with a connection and texts or cases, whose rows are kept within `reading_once`."""

    @wraps(query)
    def ask(connection: Connection, *asked: Any) -> Any:
        kept = _KEPT.get()
        if kept is None:
            return query(connection, *asked)
        key = (query, id(connection), tuple(map(_named, asked)))
        if key not in kept:
            kept[key] = query(connection, *asked)
        found = kept[key]
        return list(found) if isinstance(found, list) else found

    return ask  # type: ignore[return-value]
