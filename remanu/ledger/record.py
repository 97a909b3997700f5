"""The one door: check who acts, record the event, apply it to the tables, let later features react."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from remanu.clock import stamp
from remanu.db import Tx
from remanu.errors import BadInput
from remanu.ledger import body as bodies
from remanu.ledger import seal
from remanu.ledger.kinds import Kind, Recorded, Subject, from_document
from remanu.ledger.models import EventRow, LogPending
from remanu.rules import canonical as jcs
from remanu.rules.actor import Actor, Source, require

B = TypeVar("B")

MAIN_LOG = "main"
ENVELOPE = 1
LATE = timedelta(hours=24)
_AHEAD = timedelta(minutes=5)
_EARLIEST_YEAR = 2000

_HEAD = (
    sa.select(EventRow.seq, EventRow.commitment, EventRow.recorded_at)
    .where(EventRow.org_id == sa.bindparam("org_id"), EventRow.subject_id == sa.bindparam("subject_id"))
    .order_by(EventRow.seq.desc())
    .limit(1)
)
_INSERT = sa.insert(EventRow).returning(EventRow.position)
_PEND = sa.insert(LogPending)


@dataclass(frozen=True, slots=True)
class Act:
    """One deliberate act of one person; its events, one a subject, share `id`."""

    tx: Tx
    actor: Actor
    role: str
    id: str
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class Private:
    """Fields that only a key opens: sealed for an organisation or for a person (`key_ref`)."""

    key_ref: str
    fields: dict[str, Any]


def begin(tx: Tx, actor: Actor, kind: str, *, at: datetime | None = None, reason: str | None = None) -> Act:
    """Open an act: Forbidden unless the actor's role may do it; BadInput for an impossible or late time.

    `at` is when it happened, aware; more than 24 h ago it needs a reason (T-R6).
    """
    role = require(actor, kind)
    happened = tx.now if at is None else at
    _check_time(tx.now, happened, reason)
    return Act(tx, actor, role, tx.new_id(), happened, reason)


def going_on(tx: Tx, done: Recorded[Any]) -> Act:
    """The act that an event belongs to, for what it means to a later feature: the same person, moment and act id."""
    who = Actor(
        org_id=done.org_id,
        person_id="",
        ref=done.actor_ref,
        roles=frozenset({done.role}),
        source=cast("Source", done.source),
        zone=done.zone,
    )
    return Act(tx, who, done.role, done.act_id, done.at, done.reason)


def _check_time(now: datetime, at: datetime, reason: str | None) -> None:
    if at.tzinfo is None:
        raise BadInput("at", "naive-time")
    if at.year < _EARLIEST_YEAR or at > now + _AHEAD:
        raise BadInput("at", "absurd-time")
    if now - at > LATE and not reason:
        raise BadInput("reason", "late-entry")


def record(
    act: Act, kind: Kind[B], subject: Subject, body: B, *, private: Private | None = None
) -> Recorded[B]:
    """Write one event and apply it: at most four statements beside those of its effect.

    Same subject, two writers: the unique (org_id, subject_id, seq) lets one through and sends the other
    round again through `Database.transact`.
    """
    tx = act.tx
    head = tx.execute(_HEAD, {"org_id": subject.org_id, "subject_id": subject.id}).first()
    document = _document(act, kind, subject, body, head)
    if private is not None:
        document["sealed"] = _seal(tx, document, private)
    canonical = jcs.encode(document)
    done = from_document(document, body, jcs.commitment(canonical))
    position = tx.execute(_INSERT, _row(done, canonical)).scalar_one()
    tx.execute(
        _PEND, {"log_id": MAIN_LOG, "position": position, "org_id": subject.org_id, "event_id": done.id}
    )
    kind.apply(tx, done)
    for reaction in tx.reactions.get(kind.name, ()):
        reaction(tx, done)
    return done


def _document(act: Act, kind: Kind[B], subject: Subject, body: B, head: sa.Row[Any] | None) -> dict[str, Any]:
    # A clock that went back must not put an effect before its cause (trust.md T29).
    recorded = act.tx.now if head is None else max(act.tx.now, head.recorded_at)
    document: dict[str, Any] = {
        "v": ENVELOPE,
        "id": act.tx.new_id(),
        "act": act.id,
        "org": subject.org_id,
        "subject": subject.uri,
        "subject_id": subject.id,
        "seq": 0 if head is None else head.seq + 1,
        "prev": None if head is None else head.commitment.hex(),
        "salt": os.urandom(16).hex(),
        "kind": kind.name,
        "version": kind.version,
        "at": _when(act.at, act.actor.zone),
        "recorded": stamp(recorded),
        "by": {"ref": act.actor.ref, "role": act.role},
        "source": act.actor.source,
        "body": bodies.encode(body),
    }
    if act.reason is not None:
        document["reason"] = act.reason
    if act.actor.device is not None:
        document["device"] = act.actor.device
    return document


def _when(at: datetime, zone: str) -> dict[str, Any]:
    local = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    return {"utc": stamp(at), "offset": int(local.total_seconds() // 60), "zone": zone}


def _seal(tx: Tx, document: dict[str, Any], private: Private) -> dict[str, str]:
    plain = jcs.encode(private.fields)
    seal.put(tx, org_id=document["org"], event_id=document["id"], key_ref=private.key_ref, private=plain)
    return {"digest": jcs.seal_digest(bytes.fromhex(document["salt"]), plain).hex(), "key": private.key_ref}


def _row(done: Recorded[Any], canonical: bytes) -> dict[str, Any]:
    return {
        "org_id": done.org_id,
        "id": done.id,
        "subject_id": done.subject.id,
        "seq": done.seq,
        "kind": done.kind,
        "version": done.version,
        "act_id": done.act_id,
        "canonical": canonical,
        "commitment": done.commitment,
        "previous": done.previous,
        "actor_ref": done.actor_ref,
        "occurred_at": done.at,
        "recorded_at": done.recorded_at,
    }
