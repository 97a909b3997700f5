"""What an instrument was used for: readings, torques and test runs in a span of days, as one table of uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.queries import find_organisation
from remanu.clock import stamp
from remanu.errors import BadInput
from remanu.inspection.models import Measurement, RepeatReading
from remanu.inspection.queries import Ready
from remanu.parts.models import Case
from remanu.restoration.models import Fitting, Run

KINDS = ("reading", "torque", "test")
_FIRST, LAST = "0001-01-01T00:00:00.000000Z", "9999-12-31T00:00:00.000000Z"


@dataclass(frozen=True, slots=True)
class Window:
    """The uses of one instrument in a span of time: from `since` on and before `until`, as stored moments."""

    org_id: str
    instrument: str
    number: str
    since: str
    until: str


def window(connection: Connection, one: Ready, *, since: str | None, until: str | None) -> Window:
    """The uses of an instrument on these days of the site, both included; without a day there is no such end."""
    zone = ZoneInfo(find_organisation(connection, one.org_id).zone)
    first = _FIRST if not since else _midnight("since", since, zone)
    last = LAST if not until else _midnight("until", until, zone, after=1)
    return Window(one.org_id, one.id, one.number, first, last)


def _midnight(field: str, day: str, zone: ZoneInfo, *, after: int = 0) -> str:
    try:
        given = date.fromisoformat(day) + timedelta(days=after)
    except (ValueError, OverflowError) as error:
        raise BadInput(field, "wrong-type") from error
    return stamp(datetime.combine(given, time(), zone).astimezone(ZoneInfo("UTC")))


def _arm(kind: str, model: Any, at: Any, *, item: Any, which: sa.ColumnElement[bool], **said: Any) -> Any:
    moment = sa.type_coerce(at, sa.Text())
    none = sa.cast(sa.null(), sa.Text())
    return sa.select(
        sa.literal(kind).label("kind"),
        model.id.label("id"),
        item.label("item_id"),
        model.case_id.label("case_id"),
        moment.label("at"),
        *(said.get(name, none).label(name) for name in ("what", "value", "unit", "replaced")),
    ).where(
        model.org_id == sa.bindparam("org_id"),
        which,
        moment >= sa.bindparam("since"),
        moment < sa.bindparam("until"),
    )


_UNIT_OF_RUN = (
    sa.select(Case.item_id).where(Case.org_id == Run.org_id, Case.id == Run.case_id).scalar_subquery()
)
_FIRST_READ = (
    sa.select(Measurement.characteristic)
    .where(Measurement.org_id == RepeatReading.org_id, Measurement.id == RepeatReading.measurement_id)
    .scalar_subquery()
)
USES = sa.union_all(
    _arm(
        "reading",
        Measurement,
        Measurement.measured_at,
        item=Measurement.item_id,
        which=Measurement.instrument_id == sa.bindparam("instrument"),
        what=Measurement.characteristic,
        value=Measurement.deciding,
        unit=Measurement.unit,
        replaced=Measurement.superseded_by,
    ),
    # A second reading decides nothing, but the first one was believed because of it.
    _arm(
        "reading",
        RepeatReading,
        RepeatReading.measured_at,
        item=RepeatReading.item_id,
        which=RepeatReading.instrument_id == sa.bindparam("instrument"),
        what=_FIRST_READ,
        value=RepeatReading.deciding,
        unit=RepeatReading.unit,
    ),
    _arm(
        "torque",
        Fitting,
        Fitting.fitted_at,
        item=Fitting.item_id,
        which=Fitting.tool == sa.bindparam("number"),
        what=Fitting.position,
        value=Fitting.torque_nm,
        unit=sa.literal("N.m"),
    ),
    _arm(
        "test",
        Run,
        Run.started_at,
        item=_UNIT_OF_RUN,
        which=Run.rig == sa.bindparam("number"),
        what=Run.state,
    ),
).subquery("used")


def values(asked: Window) -> dict[str, str]:
    """What the statements over uses are asked with."""
    return {
        "org_id": asked.org_id,
        "instrument": asked.instrument,
        "number": asked.number,
        "since": asked.since,
        "until": asked.until,
    }
