"""Entering events in the log: pending rows are drained in the order of their positions under one lock."""

from __future__ import annotations

import sqlalchemy as sa

from remanu.db import Tx
from remanu.ledger.models import Log
from remanu.ledger.record import MAIN_LOG


def open_log(tx: Tx, origin: str, *, log_id: str = MAIN_LOG) -> None:
    """Begin the log of an installation; a log that is there already is left alone."""
    if tx.execute(sa.select(Log.id).where(Log.id == log_id)).first() is None:
        key = tx.keyring.log_key().public_key().public_bytes_raw()
        tx.execute(sa.insert(Log).values(id=log_id, origin=origin, key=key))
