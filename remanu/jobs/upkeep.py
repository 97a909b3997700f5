"""What the worker tidies: evidence that nobody cited within a day, and rows of jobs long over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.jobs import rows
from remanu.jobs.worker import Place, Run
from remanu.ledger.models import Evidence
from remanu.storage import Folder, Storage

ORPHAN = timedelta(hours=24)
KEEP = timedelta(days=30)
_CITED = sa.select(Evidence.digest).where(Evidence.digest == sa.bindparam("digest")).limit(1)


def discard_orphans(run: Run) -> rows.Args:
    """Remove files that were uploaded a day ago and that no event cites (architecture.md §3)."""
    place = run.place
    before = place.database.clock.now() - ORPHAN
    with place.database.reading() as connection:
        orphans = [digest for digest in _older(place.storage, before) if not _cited(connection, digest)]
    for digest in orphans:
        place.storage.discard(digest)
    return {"discarded": len(orphans)}


def _older(storage: Storage, before: datetime) -> Iterator[str]:
    for digest in storage.digests():
        if isinstance(storage, Folder) and _kept_at(storage, digest) < before:
            yield digest


def _kept_at(storage: Folder, digest: str) -> datetime:
    written = (storage.root / digest[:2] / digest[2:]).stat().st_mtime
    return datetime.fromtimestamp(written, UTC)


def _cited(connection: Connection, digest: str) -> bool:
    return connection.execute(_CITED, {"digest": digest}).first() is not None


def forget_jobs(place: Place) -> None:
    """Remove the rows of jobs that ended a month ago."""
    before = place.database.clock.now() - KEEP
    place.database.transact(lambda tx: rows.forget(tx, before))
