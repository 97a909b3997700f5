"""What the worker does unasked: enters events in the log, checks the record, tidies what nobody needs any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection

from remanu.jobs import rows
from remanu.jobs.worker import Handler, Place, Run
from remanu.ledger import checkpoint, verify
from remanu.ledger.kinds import Registry
from remanu.ledger.models import Evidence
from remanu.storage import Folder, Storage

ORPHAN = timedelta(hours=24)
KEEP = timedelta(days=30)
_NAMED = 20  # problems that go to the log by name; `remanu verify` names all of them
_log = structlog.get_logger("remanu.worker")
_CITED = sa.select(Evidence.digest).where(Evidence.digest == sa.bindparam("digest")).limit(1)


def enter_in_log(place: Place) -> None:
    """Enter what is pending in the log and sign the new head; nothing new, nothing signed."""
    checkpoint.advance(place.database)


def check_record(known: Callable[[], Registry]) -> Handler:
    """The job that computes the whole record again and says in the log what is not as it was written."""

    def check(run: Run) -> rows.Args:
        place = run.place
        report = verify.verify(place.database, place.storage, known(), origin=place.config.log_origin)
        if report.problems:
            named = [str(one) for one in report.problems[:_NAMED]]
            _log.error("the record is not whole", wrong=len(report.problems), named=named)
        return {"wrong": len(report.problems), **report.counted}

    return check


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
