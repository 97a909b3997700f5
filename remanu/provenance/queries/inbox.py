"""What readers reported about parts, with what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.keys import Keyring
from remanu.parts.models import Item
from remanu.provenance.models import Mismatch, ReportAnswer
from remanu.provenance.queries.contacts import Contact, contacts
from remanu.rules.reports import state_of

Row = sa.Row[*tuple[Any, ...]]
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A report was answered or closed: when, by whose pseudonym, and why."""

    state: str
    why: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A reader's report, its state, and the steps that led to it."""

    id: str
    code: str
    name: str
    label: str
    what: str
    note: str
    at: datetime
    state: str
    steps: tuple[Step, ...]
    contact: Contact | None


def reports(
    connection: Connection, org_id: str, *, state: str, keyring: Keyring, now: datetime
) -> list[Report]:
    """The newest fifty reports in one state, for those who answer them: three statements."""
    rows = connection.execute(_REPORTS[state], {"org_id": org_id}).all()
    ids = [row.id for row in rows]
    reached = contacts(connection, org_id, ids, keyring=keyring, now=now)
    done = sa.select(*ReportAnswer.__table__.columns).where(
        ReportAnswer.org_id == org_id, ReportAnswer.report_id.in_(ids)
    )
    steps: dict[str, list[Step]] = {}
    for one in connection.execute(done):
        steps.setdefault(one.report_id, []).append(
            Step(state=one.state, why=one.why, by=one.by_ref, at=one.at)
        )
    return [_report(row, steps.get(row.id, []), contact=reached.get(row.id)) for row in rows]


def _report(row: Row, steps: list[Step], *, contact: Contact | None) -> Report:
    return Report(
        id=row.id,
        code=row.code or "",
        name=row.name or "",
        label=row.label,
        what=row.what,
        note=row.note,
        at=row.at,
        state=state_of(step.state for step in steps),
        steps=tuple(sorted(steps, key=lambda step: step.at)),
        contact=contact,
    )


def _reached(state: str) -> sa.Exists:
    return sa.exists().where(
        ReportAnswer.org_id == Mismatch.org_id,
        ReportAnswer.report_id == Mismatch.id,
        ReportAnswer.state == state,
    )


_ALL = (
    sa.select(Mismatch.id, Item.code, Item.name, Mismatch.label, Mismatch.what, Mismatch.note, Mismatch.at)
    .outerjoin(Item, sa.and_(Item.org_id == Mismatch.org_id, Item.id == Mismatch.item_id))
    .where(Mismatch.org_id == sa.bindparam("org_id"))
    .order_by(Mismatch.id.desc())
    .limit(PAGE)
)
_REPORTS = {
    "open": _ALL.where(~_reached("answered"), ~_reached("closed")),
    "answered": _ALL.where(_reached("answered"), ~_reached("closed")),
    "closed": _ALL.where(_reached("closed")),
}
