"""Reading instruments: which are in calibration on a day, and with which calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.catalogue.models import Instrument
from remanu.errors import NotFound
from remanu.inspection.models import Calibration, Measurement
from remanu.rules.findings import DOUBTFUL

Row = sa.Row[Any]
FAILED, RECALLED = "failed", "recalled"

# The newest calibration up to a day decides: an older one that runs longer does not outlive a failure.
_NEWEST = (
    sa.select(Calibration.id)
    .where(
        Calibration.org_id == Instrument.org_id,
        Calibration.instrument_id == Instrument.id,
        Calibration.calibrated_on <= sa.bindparam("on"),
    )
    .order_by(Calibration.calibrated_on.desc(), Calibration.id.desc())
    .limit(1)
    .correlate(Instrument)
    .scalar_subquery()
)
_INSTRUMENTS = (
    sa.select(
        Instrument.id,
        Instrument.org_id,
        Instrument.number,
        Instrument.instrument_class.label("class_code"),
        Instrument.name,
        Calibration.id.label("calibration_id"),
        Calibration.calibrated_on,
        Calibration.due,
        Calibration.result,
        Calibration.certificate,
    )
    .select_from(Instrument)
    .outerjoin(Calibration, sa.and_(Calibration.org_id == Instrument.org_id, Calibration.id == _NEWEST))
    .where(Instrument.org_id == sa.bindparam("org_id"))
)
_ONE = _INSTRUMENTS.where(Instrument.id == sa.bindparam("id"))
_OF_CLASS = _INSTRUMENTS.where(Instrument.instrument_class == sa.bindparam("class_code")).order_by(
    Instrument.number
)
PAGE = 50
_ALL = _INSTRUMENTS.order_by(Instrument.instrument_class, Instrument.number)
_LAST_USED = (
    sa.select(Measurement.instrument_id)
    .where(
        Measurement.org_id == sa.bindparam("org_id"),
        Measurement.by_ref == sa.bindparam("ref"),
        Measurement.instrument_class == sa.bindparam("class_code"),
    )
    .order_by(Measurement.measured_at.desc(), Measurement.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Ready:
    """An instrument on a day: `ready` when the calibration covers it, else `why` not, as a reason word."""

    id: str
    org_id: str
    number: str
    class_code: str
    name: str
    calibration: str | None
    calibrated_on: str | None
    due: str | None
    certificate: str | None
    why: str

    @property
    def ready(self) -> bool:
        """Whether it may measure."""
        return not self.why


def day_at(moment: datetime, zone: str) -> str:
    """The calendar day of a moment at the site, as an ISO date."""
    return moment.astimezone(ZoneInfo(zone)).date().isoformat()


def instrument_on(connection: Connection, org_id: str, instrument_id: str, on: str) -> Ready | None:
    """One instrument of the organisation as it stands on a day, or None."""
    row = connection.execute(_ONE, {"org_id": org_id, "id": instrument_id, "on": on}).first()
    return None if row is None else _ready(row, on)


def find_instrument(connection: Connection, org_id: str, instrument_id: str) -> Ready:
    """One instrument with its newest calibration of all; NotFound otherwise."""
    found = instrument_on(connection, org_id, instrument_id, "9999-12-31")
    if found is None:
        raise NotFound(what="instrument")
    return found


def instruments_on(connection: Connection, org_id: str, on: str) -> list[Ready]:
    """Every instrument of the organisation as it stands on a day, by class and number."""
    return [_ready(row, on) for row in connection.execute(_ALL, {"org_id": org_id, "on": on})]


def instruments_page(
    connection: Connection, org_id: str, on: str, *, after: str = "", limit: int = PAGE
) -> list[Ready]:
    """Some instruments as they stand on a day, by number, a page after the number `after`."""
    chosen = _INSTRUMENTS.where(Instrument.number > after).order_by(Instrument.number).limit(limit)
    return [_ready(row, on) for row in connection.execute(chosen, {"org_id": org_id, "on": on})]


def instruments_of(connection: Connection, org_id: str, class_code: str, on: str) -> list[Ready]:
    """The instruments of one class as they stand on a day, those that may measure first."""
    rows = connection.execute(_OF_CLASS, {"org_id": org_id, "class_code": class_code, "on": on})
    return sorted((_ready(row, on) for row in rows), key=lambda one: not one.ready)


def instruments_ready(connection: Connection, org_id: str, class_code: str, on: str) -> list[Ready]:
    """The instruments of one class that may measure on a day (I14)."""
    return [one for one in instruments_of(connection, org_id, class_code, on) if one.ready]


def last_used(connection: Connection, org_id: str, ref: str, class_code: str) -> str | None:
    """The instrument of this class that this person measured with last."""
    asked = {"org_id": org_id, "ref": ref, "class_code": class_code}
    return connection.execute(_LAST_USED, asked).scalar()


def calibrations(connection: Connection, org_id: str, instrument_id: str) -> list[Row]:
    """The calibrations of an instrument, newest first."""
    return list(
        connection.execute(
            sa.select(Calibration.__table__)
            .where(Calibration.org_id == org_id, Calibration.instrument_id == instrument_id)
            .order_by(Calibration.calibrated_on.desc(), Calibration.id.desc())
        )
    )


def doubtful(connection: Connection, org_id: str, rows: list[Row]) -> frozenset[str]:
    """Of results, the ids of those whose instrument was found out of tolerance at its next calibration, or recalled.

    What it measured is in doubt, although it was in calibration when it measured.
    """
    used = sorted({row.instrument_id for row in rows if row.instrument_id is not None})
    chosen = (
        sa.select(Calibration.instrument_id, Calibration.calibrated_on, Calibration.result)
        .where(Calibration.org_id == org_id, Calibration.instrument_id.in_(used))
        .order_by(Calibration.calibrated_on, Calibration.id)
    )
    known: list[Any] = list(connection.execute(chosen))
    return frozenset(row.id for row in rows if _next_result(known, row) in DOUBTFUL)


def _next_result(known: Sequence[Any], row: Row) -> str | None:
    later = (
        one.result for one in known if one.instrument_id == row.instrument_id and one.calibrated_on > row.day
    )
    return next(later, None)


def _ready(row: Any, on: str) -> Ready:
    return Ready(
        row.id,
        row.org_id,
        row.number,
        row.class_code,
        row.name,
        row.calibration_id,
        row.calibrated_on,
        row.due,
        row.certificate,
        _why_not(row, on),
    )


def _why_not(row: Any, on: str) -> str:
    if row.calibration_id is None:
        return "never-calibrated"
    if row.result == RECALLED:
        return RECALLED
    if row.result == FAILED:
        return "calibration-failed"
    return "" if row.due is not None and on <= row.due else "calibration-ended"
