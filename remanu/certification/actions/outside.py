"""Acts beside certifications: complaints and appeals, and documents of bodies that keep no record here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remanu.accounts.queries import person_of
from remanu.certification import queries
from remanu.certification.actions.deciding import check_apart, check_other, file_of, sign, today
from remanu.certification.events import Cited
from remanu.certification.events import outside as events
from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.ledger import seal
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, Private, begin, record
from remanu.rules import text
from remanu.rules.actor import Actor

ABOUT = ("complaint", "appeal")
OUTCOMES = ("upheld", "partly", "rejected")
_LINE, _SOURCE, _NOTE, _COUNTRY = 120, 400, 4000, 2


def raise_complaint(
    tx: Tx, actor: Actor, file_id: str, *, about: str, note: str
) -> Recorded[events.ComplaintRaised]:
    """Take up a complaint or an appeal about a certification; a request of the holder is cited; words are sealed."""
    act = begin(tx, actor, "certification.raise_complaint")
    file = file_of(act, file_id)
    if about not in ABOUT:
        raise BadInput("about", "not-a-choice")
    asked = queries.request_for(tx.connection, file.row, about)
    body = events.ComplaintRaised(
        certification=file.id, about=about, request=None if asked is None else asked.id
    )
    private = _sealed(actor, note)
    return record(act, events.RAISE, subject(actor.org_id, tx.new_id()), body, private=private)


def _sealed(actor: Actor, note: str) -> Private:
    words = {"note": text.clean_note("note", note, limit=_NOTE)}
    return Private(seal.organisation_key(actor.org_id), words)


def answer_complaint(
    tx: Tx, actor: Actor, complaint_id: str, *, outcome: str, note: str
) -> Recorded[events.ComplaintAnswered]:
    """Answer it, as somebody who had no part in the file and did not take it up (I34)."""
    act = begin(tx, actor, "certification.answer_complaint")
    row = queries.find_complaint(tx.connection, actor.org_id, complaint_id)
    if row.state != "open":
        raise Conflict(why="already-answered")
    if outcome not in OUTCOMES:
        raise BadInput("outcome", "not-a-choice")
    person = person_of(tx.connection, actor.org_id, actor.ref)
    check_apart(act, "answer_complaint", person, row.certification_id, row.id)
    body = events.ComplaintAnswered(certification=row.certification_id, outcome=outcome)
    return record(act, events.ANSWER, subject(actor.org_id, row.id), body, private=_sealed(actor, note))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a paper of an outside body says: its number, who issued it, about whom, in which scope and days."""

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
    valid_from: date
    valid_to: date | None = None


def record_outside(
    tx: Tx, actor: Actor, *, document: Document, source: str, seen_on: date, evidence: tuple[Cited, ...]
) -> Recorded[events.OutsideRecorded]:
    """Record what a document of an outside body says: the file, where it was seen, when, and by whom.

    It counts for nothing until a second person confirmed it.
    """
    act = begin(tx, actor, "certification.record_outside")
    _check_document(act, document, seen_on)
    if not evidence:
        raise BadInput("evidence", "required")
    number = text.clean_line("number", document.number, limit=_LINE)
    if queries.recorded_before(tx.connection, actor.org_id, evidence[0].digest, number):
        raise Conflict(why="already-recorded")
    body = events.OutsideRecorded(
        kind=document.kind,
        number=number,
        issuer=text.clean_line("issuer", document.issuer, limit=_LINE),
        country=document.country,
        about=text.clean_line("about", document.about, limit=_LINE),
        scheme=text.clean_line("scheme", document.scheme, limit=_LINE),
        edition=text.clean_line("edition", document.edition, limit=_LINE),
        family=text.clean_line("family", document.family, limit=_LINE),
        models=tuple(text.clean_line("models", one, limit=_LINE) for one in document.models),
        says=document.says,
        valid_from=document.valid_from.isoformat(),
        valid_to=None if document.valid_to is None else document.valid_to.isoformat(),
        source=text.clean_line("source", source, limit=_SOURCE),
        seen_on=seen_on.isoformat(),
        evidence=evidence,
    )
    return record(act, events.RECORD, subject(actor.org_id, tx.new_id()), body)


def _check_document(act: Act, document: Document, seen_on: date) -> None:
    if document.kind not in queries.OUTSIDE_KINDS:
        raise BadInput("kind", "not-a-choice")
    if document.says not in queries.SAYS:
        raise BadInput("says", "not-a-choice")
    country = document.country
    if len(country) != _COUNTRY or not (country.isascii() and country.isalpha() and country.isupper()):
        raise BadInput("country", "not-a-choice")
    if seen_on > today(act):
        raise BadInput("seen_on", "absurd-time")
    if document.valid_to is not None and document.valid_to < document.valid_from:
        raise BadInput("valid_to", "ends-before")


def confirm_outside(
    tx: Tx, actor: Actor, record_id: str, *, digest: str
) -> Recorded[events.OutsideConfirmed]:
    """Confirm, as a second person who looked at the same document, what was recorded; then it counts.

    `digest` is that of the document which was shown; Conflict `record-changed` when it is another one.
    """
    act = begin(tx, actor, "certification.confirm_outside")
    row = queries.find_outside(tx.connection, actor.org_id, record_id)
    if row.state != "recorded":
        raise Conflict(why="already-confirmed")
    check_other(act, row.recorder_ref, "record_outside")
    if digest != row.digest:
        raise Conflict(why="record-changed", digest=row.digest)
    signed = sign(
        act, "confirm_outside", row.id, decided={"document": row.digest, "record": row.event_digest}
    )
    body = events.OutsideConfirmed(document=row.digest, signature=signed)
    return record(act, events.CONFIRM, subject(actor.org_id, row.id), body)
