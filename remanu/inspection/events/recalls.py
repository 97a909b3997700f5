"""What can happen to an instrument that was found out of tolerance: it is recalled, and may measure no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.inspection.models import Calibration, Recall
from remanu.ledger.kinds import Kind, Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """What the instrument measured from `since` to `until` is in doubt; days are ISO dates, both included.

    `since` is the day of the last good calibration, absent where there is none. `calibration` is the calibration that
    showed it; without one `barred` is the id under which the instrument is kept from measuring.
    """

    recall: str
    number: str
    class_code: str
    why: str
    since: str | None = None
    until: str
    calibration: str | None = None
    barred: str | None = None


def _recall_instrument(tx: Tx, done: Recorded[Recalled]) -> None:
    b = done.body
    key = {"org_id": done.org_id, "instrument_id": done.subject.id}
    tx.execute(
        sa.insert(Recall).values(
            id=b.recall, why=b.why, since=b.since, until=b.until, recalled_at=done.at, **key
        )
    )
    if b.barred is not None:
        tx.execute(
            sa.insert(Calibration).values(
                id=b.barred, calibrated_on=b.until, due=None, result="recalled", certificate="", **key
            )
        )


RECALL_INSTRUMENT = Kind("inspection.recall_instrument", 1, Recalled, _recall_instrument)
KINDS: tuple[Kind[Any], ...] = (RECALL_INSTRUMENT,)
