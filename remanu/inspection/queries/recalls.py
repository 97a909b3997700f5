"""Reading recalls: when an instrument was last known to be good, and why it was recalled."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import NotFound
from remanu.inspection.models import Calibration, Recall
from remanu.inspection.queries.results import Row
from remanu.rules.findings import GOOD_AFTERWARDS


def last_good(
    connection: Connection, org_id: str, instrument_id: str, *, until: str, but: str | None = None
) -> str | None:
    """The day of the newest calibration that left the instrument good, up to a day; None where there is none.

    `but` is the calibration that showed the fault.
    """
    chosen = (
        sa.select(Calibration.calibrated_on)
        .where(Calibration.org_id == org_id, Calibration.instrument_id == instrument_id)
        .where(Calibration.calibrated_on <= until, Calibration.result.in_(GOOD_AFTERWARDS))
        .order_by(Calibration.calibrated_on.desc())
        .limit(1)
    )
    if but is not None:
        chosen = chosen.where(Calibration.id != but)
    day: str | None = connection.execute(chosen).scalar()
    return day


def recalls(connection: Connection, org_id: str, instrument_id: str) -> list[Row]:
    """The recalls of an instrument, newest first."""
    return list(
        connection.execute(
            sa.select(Recall.__table__)
            .where(Recall.org_id == org_id, Recall.instrument_id == instrument_id)
            .order_by(Recall.id.desc())
        )
    )


def find_recall(connection: Connection, org_id: str, recall_id: str) -> Any:
    """One recall; NotFound otherwise."""
    row = connection.execute(
        sa.select(Recall.__table__).where(Recall.org_id == org_id, Recall.id == recall_id)
    ).first()
    if row is None:
        raise NotFound(what="recall")
    return row
