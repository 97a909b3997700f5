"""What the tests take from the application as it is put together."""

from __future__ import annotations

from collections.abc import Mapping

from remanu.db import Reaction
from remanu.ledger.kinds import Registry


def reactions() -> Mapping[str, tuple[Reaction, ...]]:
    """What acts mean for later features; nothing while some feature cannot be imported."""
    try:
        from remanu import app  # noqa: PLC0415 -- tests of one feature run while another is being written
    except ImportError:
        return {}
    return app.REACTIONS


def registry() -> Registry:
    """Everything that can happen."""
    from remanu import app  # noqa: PLC0415 -- as above

    return app.known_kinds()
