"""Entering the files that an event cites, so that the check reads them and back-ups carry them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import sqlalchemy as sa

from remanu.db import Tx
from remanu.ledger.kinds import Recorded
from remanu.ledger.models import Evidence


class File(Protocol):
    """A file in the evidence: its SHA-256 as hex, what it is and how large in bytes."""

    @property
    def digest(self) -> str: ...  # noqa: D102 -- the protocol says it

    @property
    def media_type(self) -> str: ...  # noqa: D102 -- the same

    @property
    def size(self) -> int: ...  # noqa: D102 -- the same


def enter(tx: Tx, done: Recorded[Any], files: Iterable[File]) -> None:
    """Enter cited files; the same file may be cited again."""
    for file in files:
        known = sa.select(Evidence.digest).where(Evidence.org_id == done.org_id, Evidence.digest == file.digest)
        if tx.execute(known).first() is None:
            row = {"digest": file.digest, "media_type": file.media_type, "size": file.size}
            tx.execute(sa.insert(Evidence).values(org_id=done.org_id, event_id=done.id, **row))
