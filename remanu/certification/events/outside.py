"""What can happen beside certifications: complaints and appeals, and documents of bodies that keep no record here."""

from __future__ import annotations

import json
from dataclasses import dataclass

import sqlalchemy as sa

from remanu.certification.events.bodies import Cited, Signature
from remanu.certification.events.register import take
from remanu.certification.models import Complaint, OutsideRecord
from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts.events import cite, say


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRaised:
    """A complaint, or an appeal against a decision, about a certification; its words are sealed."""

    certification: str
    about: str
    request: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintAnswered:
    """Another person answered it."""

    certification: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideRecorded:
    """What a document says that somebody saw at its source on a day."""

    kind: str
    number: str
    issuer: str
    country: str
    about: str
    scheme: str
    edition: str
    family: str
    models: tuple[str, ...]
    says: str
    valid_from: str
    valid_to: str | None = None
    source: str
    seen_on: str
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideConfirmed:
    """A second person compared the document with what was recorded; `document` is its digest."""

    document: str
    signature: Signature


def _raise(tx: Tx, done: Recorded[ComplaintRaised]) -> None:
    b = done.body
    take(tx, done, b.request)
    tx.execute(
        sa.insert(Complaint).values(
            org_id=done.org_id,
            id=done.subject.id,
            certification_id=b.certification,
            kind=b.about,
            request=b.request,
            state="open",
            raised_ref=done.actor_ref,
            raised_at=done.at,
        )
    )


def _answer(tx: Tx, done: Recorded[ComplaintAnswered]) -> None:
    mine = (Complaint.org_id == done.org_id, Complaint.id == done.subject.id)
    told = {"outcome": done.body.outcome, "answered_ref": done.actor_ref, "answered_at": done.at}
    tx.execute(sa.update(Complaint).where(*mine).values(state="answered", **told))


def _record(tx: Tx, done: Recorded[OutsideRecorded]) -> None:
    b = done.body
    cite(tx, done, b.evidence)
    dated = {"valid_from": b.valid_from, "valid_to": b.valid_to, "seen_on": b.seen_on}
    tx.execute(
        sa.insert(OutsideRecord).values(
            org_id=done.org_id,
            id=done.subject.id,
            kind=b.kind,
            number=b.number,
            issuer=b.issuer,
            country=b.country,
            about=b.about,
            scheme=b.scheme,
            edition=b.edition,
            family=b.family,
            models=json.dumps(b.models, ensure_ascii=False),
            says=b.says,
            source=b.source,
            digest=b.evidence[0].digest,
            event_digest=done.commitment.hex(),
            state="recorded",
            recorder_ref=done.actor_ref,
            recorded_at=done.at,
            **dated,
        )
    )


def _confirm(tx: Tx, done: Recorded[OutsideConfirmed]) -> None:
    mine = (OutsideRecord.org_id == done.org_id, OutsideRecord.id == done.subject.id)
    confirmed = {"state": "confirmed", "confirmer_ref": done.actor_ref, "confirmed_at": done.at}
    tx.execute(sa.update(OutsideRecord).where(*mine).values(**confirmed))
    say(tx, done, "recorded-from-document")


RAISE = Kind("certification.raise_complaint", 1, ComplaintRaised, _raise)
ANSWER = Kind("certification.answer_complaint", 1, ComplaintAnswered, _answer)
RECORD = Kind("certification.record_outside", 1, OutsideRecorded, _record)
CONFIRM = Kind("certification.confirm_outside", 1, OutsideConfirmed, _confirm)
KINDS = (RAISE, ANSWER, RECORD, CONFIRM)
