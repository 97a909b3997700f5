"""What rests on an instrument: readings, torques and test runs in a span of days, with their cases and releases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.queries import find_organisation
from remanu.clock import parse_stamp, stamp
from remanu.errors import BadInput
from remanu.inspection.models import Measurement, Nonconformity, RepeatReading
from remanu.inspection.queries import Ready
from remanu.parts.models import Case, Item
from remanu.release.models import ReleaseCertificate, ReleaseReview
from remanu.release.queries.certificates import DOUBTED, PAGE, Row
from remanu.restoration.models import Fitting, Run
from remanu.rules.lifecycle import BEFORE_RELEASE

KINDS = ("reading", "torque", "test")
_FIRST, _LAST = "0001-01-01T00:00:00.000000Z", "9999-12-31T00:00:00.000000Z"


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
    last = _LAST if not until else _midnight("until", until, zone, after=1)
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
_USES = sa.union_all(
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
_ROWS = (
    sa.select(
        _USES,
        Item.code,
        Item.name,
        Item.part_number,
        Item.serial,
        Item.component,
        Item.family,
        Item.pack,
        Item.org_id,
        Case.number.label("case_number"),
        Case.state.label("case_state"),
        ReleaseCertificate.id.label("certificate_id"),
        ReleaseCertificate.number.label("certificate"),
        DOUBTED,
    )
    .join(Item, sa.and_(Item.org_id == sa.bindparam("org_id"), Item.id == _USES.c.item_id))
    .join(Case, sa.and_(Case.org_id == sa.bindparam("org_id"), Case.id == _USES.c.case_id))
    .outerjoin(
        ReleaseCertificate,
        sa.and_(
            ReleaseCertificate.org_id == sa.bindparam("org_id"),
            ReleaseCertificate.case_id == _USES.c.case_id,
            ReleaseCertificate.state.in_(("ISSUED", "REVOKED")),
        ),
    )
    .order_by(_USES.c.at.desc(), _USES.c.id.desc())
)
_COUNTS = sa.select(
    _USES.c.kind,
    sa.func.count().label("uses"),
).group_by(_USES.c.kind)


def uses_of(connection: Connection, asked: Window, *, after: str = "", limit: int = PAGE) -> list[Row]:
    """A page of what was done with the instrument, newest first, behind the cursor `after` (keyset)."""
    chosen = _ROWS.limit(limit)
    at, _, last = after.partition("~")
    if last and _is_moment(at):
        chosen = chosen.where(sa.tuple_(_USES.c.at, _USES.c.id) < sa.tuple_(sa.literal(at), sa.literal(last)))
    return list(connection.execute(chosen, _values(asked)))


def _is_moment(text: str) -> bool:
    try:
        parse_stamp(text)
    except ValueError:
        return False
    return True


def cursor(row: Row) -> str:
    """Where the page behind this row begins."""
    return f"{row.at}~{row.id}"


def every_use(connection: Connection, asked: Window) -> Iterator[Row]:
    """All of it, page by page, newest first."""
    after = ""
    while rows := uses_of(connection, asked, after=after, limit=_BULK):
        yield from rows
        after = cursor(rows[-1])


_BULK = 500


def _values(asked: Window) -> dict[str, str]:
    return {
        "org_id": asked.org_id,
        "instrument": asked.instrument,
        "number": asked.number,
        "since": asked.since,
        "until": asked.until,
    }


def counted(connection: Connection, asked: Window) -> dict[str, int]:
    """How many readings, torques and test runs there are, and how many items, cases and releases they concern."""
    found = {row.kind: row.uses for row in connection.execute(_COUNTS, _values(asked))}
    affected = cases(connection, asked)
    items = connection.execute(
        sa.select(sa.func.count(sa.distinct(_USES.c.item_id))).select_from(_USES), _values(asked)
    ).scalar_one()
    return {
        **{kind: found.get(kind, 0) for kind in KINDS},
        "items": items,
        "cases": len(affected),
        "releases": sum(1 for row in affected if row.certificate_id is not None),
        "open": sum(1 for row in affected if is_open(row)),
    }


_CASES = (
    sa.select(
        Case.id,
        Case.org_id,
        Case.number,
        Case.state,
        Case.closed_at,
        Case.item_id,
        Item.uri,
        Item.code,
        Item.name,
        Item.life,
        ReleaseCertificate.id.label("certificate_id"),
        ReleaseCertificate.number.label("certificate"),
        ReleaseCertificate.life.label("certificate_life"),
    )
    .join(Item, sa.and_(Item.org_id == Case.org_id, Item.id == Case.item_id))
    .outerjoin(
        ReleaseCertificate,
        sa.and_(
            ReleaseCertificate.org_id == Case.org_id,
            ReleaseCertificate.case_id == Case.id,
            ReleaseCertificate.state == "ISSUED",
        ),
    )
    .where(Case.org_id == sa.bindparam("org_id"), Case.id.in_(sa.select(_USES.c.case_id)))
    .order_by(ReleaseCertificate.id.is_not(None), Case.number)
)


def cases(connection: Connection, asked: Window) -> list[Row]:
    """The cases in which the instrument was used, open ones first, each with the release that is in force for it."""
    return list(connection.execute(_CASES, _values(asked)))


def is_open(row: Row) -> bool:
    """Whether the case of such a row may still lead to a release."""
    return row.closed_at is None and row.state in BEFORE_RELEASE


def unmarked(connection: Connection, asked: Window, recall_id: str) -> list[Row]:
    """Of these cases, those that the recall concerns and has not reached: neither under review nor stopped by it."""
    reviewed = sa.select(ReleaseReview.certificate_id).where(
        ReleaseReview.org_id == asked.org_id, ReleaseReview.recall_id == recall_id
    )
    stopped = sa.select(Nonconformity.case_id).where(
        Nonconformity.org_id == asked.org_id, Nonconformity.recall_id == recall_id
    )
    chosen = _CASES.where(
        sa.or_(
            sa.and_(ReleaseCertificate.id.is_not(None), ReleaseCertificate.id.not_in(reviewed)),
            sa.and_(
                ReleaseCertificate.id.is_(None),
                Case.closed_at.is_(None),
                Case.state.in_(sorted(BEFORE_RELEASE)),
                Case.id.not_in(stopped),
            ),
        )
    )
    return list(connection.execute(chosen, _values(asked)))


def reached(connection: Connection, org_id: str, recall_id: str) -> tuple[int, int]:
    """How many releases came under review by a recall, and how many of them still are."""
    row = connection.execute(
        sa.select(sa.func.count(), sa.func.count(ReleaseReview.lifted_at)).where(
            ReleaseReview.org_id == org_id, ReleaseReview.recall_id == recall_id
        )
    ).one()
    return row[0], row[0] - row[1]
