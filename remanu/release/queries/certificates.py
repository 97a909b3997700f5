"""Reading certificates: one, those of a part, the draft of a case, the next number, and what the log says of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import NotFound
from remanu.ledger import notes
from remanu.ledger.models import EventRow, LogCheckpoint, LogEntry
from remanu.ledger.record import MAIN_LOG
from remanu.parts.models import Item
from remanu.parts.queries import CaseView
from remanu.release.models import (
    CertificateNumber,
    IssuingHalt,
    LostNumber,
    ReleaseCertificate,
    ReleaseReview,
    ZeroTime,
)
from remanu.rules.duties import LOOKING_VERBS

Row = sa.Row[Any]
PAGE = 50
EVERY_FAMILY = "*"
# Papers that were issued at some time; drafts and void numbers say nothing about a part.
_SPOKEN = ("ISSUED", "SUPERSEDED", "REVOKED")
# Whether somebody doubts it at present.
DOUBTED = (
    sa.exists()
    .where(
        ReleaseReview.org_id == ReleaseCertificate.org_id,
        ReleaseReview.certificate_id == ReleaseCertificate.id,
        ReleaseReview.lifted_at.is_(None),
    )
    .label("doubted")
)
_ONE: sa.Select[*tuple[Any, ...]] = (
    sa.select(ReleaseCertificate.__table__, Item.code, Item.uri, Item.name, Item.maker, Item.part_number)
    .add_columns(Item.serial, Item.family, DOUBTED)
    .join(Item, sa.and_(Item.org_id == ReleaseCertificate.org_id, Item.id == ReleaseCertificate.item_id))
    .where(ReleaseCertificate.org_id == sa.bindparam("org_id"))
)
# Written out, so that both engines match the columns of the two halves by type.
_EVERY = _ONE.with_only_columns(*_ONE.selected_columns)
_BLANK: dict[str, Any] = {
    "no": LostNumber.no,
    "number": LostNumber.number,
    "state": sa.literal("VOID"),
    "reason": sa.literal("restored-from-backup"),
    "ended_at": LostNumber.lost_at,
    "event_id": LostNumber.event_id,
    "org_id": LostNumber.org_id,
}
_LOST = sa.select(
    *(_BLANK.get(one.name, sa.cast(sa.null(), one.type)).label(one.name) for one in _EVERY.selected_columns)
).where(LostNumber.org_id == sa.bindparam("org_id"))
_BY_ID = _ONE.where(ReleaseCertificate.id == sa.bindparam("id"))
_IN_FORCE = (
    sa.select(ReleaseCertificate.__table__)
    .where(
        ReleaseCertificate.org_id == sa.bindparam("org_id"),
        ReleaseCertificate.item_id == sa.bindparam("item_id"),
        ReleaseCertificate.state == "ISSUED",
    )
    .order_by(ReleaseCertificate.no.desc())
    .limit(1)
)
_LAST = (
    sa.select(CertificateNumber.last)
    .where(CertificateNumber.org_id == sa.bindparam("org_id"))
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class Logged:
    """The first checkpoint over a certificate's event: where the log was, and the root that binds it."""

    origin: str
    size: int
    root: bytes
    at: datetime
    index: int


def number_of(no: int) -> str:
    """A certificate number as it is printed."""
    return f"RC-{no:06d}"


def next_number(connection: Connection, org_id: str) -> int:
    """The next number of the organisation, none left out; the row is locked until the act is over (I38)."""
    last = connection.execute(_LAST, {"org_id": org_id}).scalar()
    return (last or 0) + 1


def find_certificate(connection: Connection, org_id: str, certificate_id: str) -> Row:
    """One certificate with the part it is about; NotFound otherwise, and for other organisations' alike."""
    row = connection.execute(_BY_ID, {"org_id": org_id, "id": certificate_id}).first()
    if row is None:
        raise NotFound(what="certificate")
    return row


def certificate_of(connection: Connection, org_id: str, item_id: str) -> Row | None:
    """The certificate in force for the part, or None; a revoked or superseded one never is."""
    return connection.execute(_IN_FORCE, {"org_id": org_id, "item_id": item_id}).first()


def certificates(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """Every certificate that was ever issued for the part, newest number first."""
    chosen = (
        sa.select(ReleaseCertificate.__table__, DOUBTED)
        .where(ReleaseCertificate.org_id == org_id, ReleaseCertificate.item_id == item_id)
        .where(ReleaseCertificate.state.in_(_SPOKEN))
        .order_by(ReleaseCertificate.no.desc())
    )
    return list(connection.execute(chosen))


def issued(connection: Connection, org_id: str, *, before: int | None = None) -> list[Row]:
    """All numbers of the organisation, newest first, a page below `before` (keyset); void and lost ones are kept.

    A lost number has no id and no part: nothing of it is known here but that it is void (I38).
    """
    chosen = sa.union_all(_EVERY, _LOST).subquery()
    page = sa.select(chosen).order_by(chosen.c.no.desc()).limit(PAGE)
    if before is not None:
        page = page.where(chosen.c.no < before)
    return list(connection.execute(page, {"org_id": org_id}))


def certificate_in(connection: Connection, case: CaseView, *states: str) -> Row | None:
    """The newest certificate of a case that is in one of these states."""
    chosen = (
        sa.select(ReleaseCertificate.__table__)
        .where(ReleaseCertificate.org_id == case.org_id, ReleaseCertificate.case_id == case.id)
        .where(ReleaseCertificate.state.in_(states))
        .order_by(ReleaseCertificate.no.desc())
        .limit(1)
    )
    return connection.execute(chosen).first()


def draft_of(connection: Connection, case: CaseView) -> Row | None:
    """The drafted certificate of a case, or None."""
    return certificate_in(connection, case, "DRAFT")


def zero_time(connection: Connection, org_id: str, item_id: str, life: int) -> Row | None:
    """The statement that this life of a unit began at zero time, if there is one (I8)."""
    return connection.execute(
        sa.select(ZeroTime.__table__).where(
            ZeroTime.org_id == org_id, ZeroTime.item_id == item_id, ZeroTime.life == life
        )
    ).first()


def halts(connection: Connection, org_id: str) -> frozenset[str]:
    """The families for which the operator halted issuing in the organisation; `*` is every family."""
    return frozenset(
        connection.execute(sa.select(IssuingHalt.family).where(IssuingHalt.org_id == org_id)).scalars()
    )


def is_halted(connection: Connection, org_id: str, family: str) -> bool:
    """Whether nothing may be issued for this family now."""
    return bool(halts(connection, org_id) & {EVERY_FAMILY, family})


def worked_since(
    connection: Connection, org_id: str, subjects: list[str], after: dict[str, int]
) -> list[str]:
    """Kinds of work done to these parts after the given place of each chain; papers and looking are no work."""
    rows = connection.execute(
        sa.select(EventRow.subject_id, EventRow.seq, EventRow.kind).where(
            EventRow.org_id == org_id,
            EventRow.subject_id.in_(subjects),
            EventRow.seq > min(after.values(), default=-1),
        )
    )
    late = {row.kind for row in rows if row.seq > after.get(row.subject_id, -1)}
    return sorted(kind for kind in late if _is_work(*kind.split(".")))


def _is_work(feature: str, verb: str) -> bool:
    return feature != "release" and verb not in LOOKING_VERBS


def untouched(connection: Connection, certificate: Row, case: CaseView) -> bool:
    """Whether nothing happened to the unit since the certificate was issued, so that a copy may be printed."""
    if certificate.state != "ISSUED" or case.state not in {"RELEASED", "LABELLED"}:
        return False
    heads = {head["uri"]: head["seq"] for head in json.loads(certificate.record)["heads"]}
    known = connection.execute(
        sa.select(Item.id, Item.uri).where(Item.org_id == certificate.org_id, Item.uri.in_(sorted(heads)))
    )
    after = {row.id: heads[row.uri] for row in known}
    # The unit's own chain went on with the release itself, which is no work.
    return not worked_since(connection, certificate.org_id, sorted(after), after)


def logged(connection: Connection, org_id: str, event_id: str) -> Logged | None:
    """The first checkpoint that covers the event; None while it is durable but not yet logged.

    The first one and not the newest, so that a certificate is printed the same today and in ten years.
    """
    index = connection.execute(
        sa.select(LogEntry.idx).where(
            LogEntry.log_id == MAIN_LOG, LogEntry.org_id == org_id, LogEntry.event_id == event_id
        )
    ).scalar()
    if index is None:
        return None
    row = connection.execute(
        sa.select(LogCheckpoint.note, LogCheckpoint.at)
        .where(LogCheckpoint.log_id == MAIN_LOG, LogCheckpoint.size > index)
        .order_by(LogCheckpoint.size)
        .limit(1)
    ).first()
    if row is None:
        return None
    head = notes.parse(row.note).checkpoint
    return Logged(head.origin, head.size, head.root, row.at, index)


def restored(connection: Connection, org_id: str) -> list[Row]:
    """How the organisation's copy went on after a restore, each time, oldest first."""
    chosen = sa.select(EventRow.__table__).where(EventRow.org_id == org_id, EventRow.subject_id == org_id)
    return list(connection.execute(chosen.where(EventRow.kind == "release.restore").order_by(EventRow.seq)))
