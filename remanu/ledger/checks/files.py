"""Files of evidence against the digests under which events cite them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import Refusal
from remanu.ledger import raw
from remanu.ledger.models import Evidence
from remanu.ledger.report import Problem
from remanu.storage import Storage

_DIGEST = re.compile(r"[0-9a-f]{64}")


def check(connection: Connection, storage: Storage) -> Iterator[Problem | None]:
    """Each cited file once: None where it is whole, else what is wrong."""
    chosen = sa.select(*raw.columns(connection, raw.stored(Evidence), ("digest",))).distinct()
    for row in raw.rows(connection, chosen):
        digest = raw.shown(row["digest"])
        # A digest that is none was altered in its row; the comparison of views names that row.
        if _DIGEST.fullmatch(digest):
            yield _fault(storage, digest)


def _fault(storage: Storage, digest: str) -> Problem | None:
    try:
        storage.get(digest)
    except Refusal as refusal:
        why = str(refusal.details.get("why", "missing"))
        return Problem("evidence file", digest, "bytes", why)
    return None
