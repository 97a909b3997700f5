"""What a supervisor looks at: refused signatures, reports of mismatch, odd scans, the health of the log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.labelling.models import Label
from remanu.ledger import checkpoint
from remanu.ledger.models import EventRow, LogPending
from remanu.parts.models import Item
from remanu.provenance.models import Mismatch, ScanDay
from remanu.provenance.queries.document import part, text

Row = sa.Row[*tuple[Any, ...]]
REFUSED = ("release.refuse", "inspection.deny_approval", "accounts.refuse_signature")
_LOOKED_AT = 5000
_SHOWN = 20
_SILENT = ("lost", "revoked", "destroyed", "superseded")


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
        .limit(_SHOWN)
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
        .limit(_SHOWN)
    )
    return list(connection.execute(chosen if item_id is None else chosen.where(Mismatch.item_id == item_id)))


def strange_scans(connection: Connection, org_id: str, *, since: str) -> list[Row]:
    """Labels that nobody should be able to read any more, or that never were, and were read since this day."""
    silent = sa.and_(
        Label.org_id == ScanDay.org_id, Label.item_id == ScanDay.item_id, Label.code == ScanDay.label
    )
    chosen = (
        sa.select(
            Item.code,
            Item.name,
            ScanDay.label,
            Label.state,
            sa.func.sum(ScanDay.scans).label("scans"),
            sa.func.max(ScanDay.day).label("day"),
        )
        .outerjoin(Label, silent)
        .join(Item, sa.and_(Item.org_id == ScanDay.org_id, Item.id == ScanDay.item_id))
        .where(ScanDay.org_id == org_id, ScanDay.day >= since)
        .where(sa.or_(ScanDay.label == "?", Label.state.in_(_SILENT)))
        .group_by(Item.code, Item.name, ScanDay.label, Label.state)
        .order_by(sa.func.max(ScanDay.day).desc(), Item.code)
        .limit(_SHOWN)
    )
    return list(connection.execute(chosen))
