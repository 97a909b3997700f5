"""What a supervisor looks at: refused signatures, reports of mismatch, odd scans, the health of the log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.labelling.models import Delivery, Label
from remanu.ledger import checkpoint
from remanu.ledger.models import EventRow, LogPending
from remanu.parts.models import Item, PublicState
from remanu.provenance.models import Mismatch, ScanDay
from remanu.provenance.queries.document import part, text
from remanu.rules.anomalies import ABROAD, ENDED, Oddity, Reading, odd

Row = sa.Row[*tuple[Any, ...]]
REFUSED = ("release.refuse", "inspection.deny_approval", "accounts.refuse_signature")
_LOOKED_AT = 5000
SHOWN = 20
"""How many rows of a kind a supervisor is shown."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A signature that was denied: when, for which part, which act, and why."""

    at: datetime
    code: str
    action: str
    reason: str


@dataclass(frozen=True, slots=True)
class Health:
    """How far the log has come: the newest checkpoint, and how many events wait for the next."""

    size: int
    signed_at: datetime | None
    waiting: int


def refusals(connection: Connection, org_id: str) -> list[Refusal]:
    """The newest refused signatures among the organisation's last five thousand events."""
    recent = (
        sa.select(EventRow.id, EventRow.kind, EventRow.canonical, EventRow.occurred_at, EventRow.subject_id)
        .where(EventRow.org_id == org_id)
        .order_by(EventRow.id.desc())
        .limit(_LOOKED_AT)
        .subquery()
    )
    chosen = (
        sa.select(recent.c.canonical, recent.c.occurred_at, Item.code)
        .outerjoin(Item, sa.and_(Item.org_id == org_id, Item.id == recent.c.subject_id))
        .where(recent.c.kind.in_(REFUSED))
        .order_by(recent.c.id.desc())
        .limit(SHOWN)
    )
    return [_refusal(row) for row in connection.execute(chosen)]


def _refusal(row: Row) -> Refusal:
    body = part(json.loads(bytes(row.canonical)), "body")
    return Refusal(row.occurred_at, row.code or "", text(body, "action").rpartition(".")[2], text(body, "reason"))


def health(connection: Connection) -> Health:
    """How far the log has come."""
    signed = checkpoint.latest(connection)
    waiting = connection.execute(sa.select(sa.func.count()).select_from(LogPending)).scalar_one()
    return Health(0 if signed is None else signed.size, None if signed is None else signed.at, int(waiting))


def mismatches(connection: Connection, org_id: str, item_id: str | None = None) -> list[Row]:
    """The newest reports that a part does not match, of one part or of all."""
    chosen = (
        sa.select(Mismatch.item_id, Mismatch.label, Mismatch.what, Mismatch.note, Mismatch.at, Item.code, Item.name)
        .outerjoin(Item, sa.and_(Item.org_id == Mismatch.org_id, Item.id == Mismatch.item_id))
        .where(Mismatch.org_id == org_id)
        .order_by(Mismatch.id.desc())
        .limit(SHOWN)
    )
    return list(connection.execute(chosen if item_id is None else chosen.where(Mismatch.item_id == item_id)))


@dataclass(frozen=True, slots=True)
class Strange:
    """Readings of one label that are odd for one reason: how many, and on which day last."""

    item_id: str
    code: str
    name: str
    label: str
    state: str | None
    why: Oddity
    scans: int
    day: str


def strange_scans(connection: Connection, org_id: str, *, since: str, most: int = SHOWN) -> list[Strange]:
    """Labels whose readings since this day are odd, the newest first; the reason is the rule's (rules.anomalies).

    At most the newest five thousand days of labels that can be odd are looked at.
    """
    found: dict[tuple[str, str, Oddity], Strange] = {}
    for row in connection.execute(_READINGS, {"org_id": org_id, "since": since}):
        why = odd(_reading(row))
        if why is None:
            continue
        key = row.code, row.label, why
        known = found.get(key)
        scans, day = (known.scans, known.day) if known else (0, "")
        more = scans + row.scans, max(day, row.day)
        found[key] = Strange(row.item_id, row.code, row.name, row.label, row.state, why, *more)
    newest = sorted(found.values(), key=lambda one: (one.day, one.code), reverse=True)
    return newest[:most]


def _reading(row: Row) -> Reading:
    issued = row.label != "?" and row.state is not None
    return Reading(
        day=date.fromisoformat(row.day),
        state=row.state if issued else None,
        ended=row.ended_at.date() if issued and row.ended_at else None,
        scrapped=row.scrapped_at.date() if row.scrapped_at else None,
        delivered=row.delivered_at.date() if row.delivered_at else None,
    )


_LEFT = (
    sa.select(sa.func.min(Delivery.delivered_at))
    .where(Delivery.org_id == Label.org_id, Delivery.item_id == Label.item_id, Delivery.life == Label.life)
    .scalar_subquery()
)
_SCRAPPED = sa.and_(PublicState.uri == Item.uri, PublicState.state == "scrapped")
# Most readings are of labels that went out and are what they should be: what can be odd is asked for and nothing else,
# by day of text, which lets the very day through; the rule is what decides.
_CAN_BE_ODD = sa.or_(
    Label.state.is_(None),
    PublicState.since.is_not(None),
    Label.state.in_(ENDED),
    sa.and_(Label.state.in_(ABROAD), sa.or_(_LEFT.is_(None), ScanDay.day <= sa.type_coerce(_LEFT, sa.Text))),
)
_READINGS = (
    sa.select(
        ScanDay.item_id,
        Item.code,
        Item.name,
        ScanDay.label,
        ScanDay.day,
        ScanDay.scans,
        Label.state,
        Label.ended_at,
        PublicState.since.label("scrapped_at"),
        sa.type_coerce(_LEFT, Delivery.delivered_at.type).label("delivered_at"),
    )
    .outerjoin(
        Label,
        sa.and_(Label.org_id == ScanDay.org_id, Label.item_id == ScanDay.item_id, Label.code == ScanDay.label),
    )
    .join(Item, sa.and_(Item.org_id == ScanDay.org_id, Item.id == ScanDay.item_id))
    .outerjoin(PublicState, _SCRAPPED)
    .where(ScanDay.org_id == sa.bindparam("org_id"), ScanDay.day >= sa.bindparam("since"), ScanDay.label != "")
    .where(_CAN_BE_ODD)
    .order_by(ScanDay.day.desc())
    .limit(_LOOKED_AT)
)
