"""What readers leave behind: counted scans, rough places, and reports that a part does not match its record.

None is an event: nobody is asked who he is, so nothing here may enter the record. Rough places are kept of readers
who said yes to it, and no longer than the dated retention.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from remanu.db import Tx
from remanu.errors import BadInput, Conflict, Forbidden, NotFound, TooMany
from remanu.jobs.worker import Place
from remanu.keys import encrypt
from remanu.provenance.models import (
    Mismatch,
    OddNote,
    ReadingKey,
    ReadingPlace,
    ReportAnswer,
    ReportContact,
    ScanDay,
)
from remanu.provenance.queries import contacts, oddities
from remanu.provenance.queries.travel import limits
from remanu.rules import reports, text
from remanu.rules.actor import Actor
from remanu.rules.permissions import READERS
from remanu.rules.travel import COLUMNS, ROWS

WHATS: tuple[str, ...] = ("serial", "mark", "mass", "looks", "label", "found", "suspect", "other")
_NOTE = 500
_CONTACT = 120
_A_DAY = 50
_WAIT = 3600
_DEVICE = 32
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a reader says of the part in his hand, and of which label; `address` is where he sent it from.

    `contact` is how he may be reached, if he wants to be; nobody asks for it.
    """

    org_id: str
    item_id: str
    label: str
    what: str
    note: str
    address: str
    contact: str = ""


def count_scans(tx: Tx, seen: Mapping[tuple[str, str, str, str], int]) -> None:
    """Add scans to the day's numbers: organisation, part, label and day, with how many."""
    for (org_id, item_id, label, day), many in sorted(seen.items()):
        mine = (
            ScanDay.org_id == org_id,
            ScanDay.item_id == item_id,
            ScanDay.label == label,
            ScanDay.day == day,
        )
        more = sa.update(ScanDay).where(*mine).values(scans=ScanDay.scans + many)
        if tx.execute(more).rowcount == 0:
            row = {"org_id": org_id, "item_id": item_id, "label": label, "day": day, "scans": many}
            tx.execute(sa.insert(ScanDay).values(**row))


def report(tx: Tx, said: Complaint) -> str:
    """Keep a report of mismatch; the same words from the same sender on the same day are one report.

    BadInput for an unknown `what`, or a note or contact that cannot be kept; TooMany beyond fifty a part and day.
    """
    if said.what not in WHATS:
        raise BadInput("what", "not-a-choice")
    note = text.clean_note("note", said.note, limit=_NOTE) if said.note.strip() else ""
    contact = text.clean_line("contact", said.contact, limit=_CONTACT) if said.contact.strip() else ""
    report_id = _kept(tx, said, note)
    if contact and not _is_closed(tx, said.org_id, report_id):
        _keep_contact(tx, said.org_id, report_id, contact=contact)
    return report_id


def _is_closed(tx: Tx, org_id: str, report_id: str) -> bool:
    """Whether the report is settled: who sends the same words once more is not asked back."""
    mine = (ReportAnswer.org_id == org_id, ReportAnswer.report_id == report_id, ReportAnswer.state == "closed")
    return tx.execute(sa.select(ReportAnswer.state).where(*mine)).first() is not None


def _kept(tx: Tx, said: Complaint, note: str) -> str:
    """The report, which may be of the same day already."""
    day = f"{tx.now:%Y-%m-%d}"
    sender = tx.keyring.mac("mismatch", f"{day}:{said.address}".encode()).hex()[:16]
    mine = (Mismatch.org_id == said.org_id, Mismatch.item_id == said.item_id, Mismatch.day == day)
    today = tx.execute(sa.select(Mismatch.id, Mismatch.sender, Mismatch.what, Mismatch.note).where(*mine)).all()
    again = [row.id for row in today if (row.sender, row.what, row.note) == (sender, said.what, note)]
    if again:
        return str(again[0])
    if len(today) >= _A_DAY:
        raise TooMany(retry_after=_WAIT)
    return _keep(tx, said, note=note, sender=sender, day=day)


def _keep(tx: Tx, said: Complaint, *, note: str, sender: str, day: str) -> str:
    report_id = tx.new_id()
    tx.execute(
        sa.insert(Mismatch).values(
            org_id=said.org_id,
            id=report_id,
            item_id=said.item_id,
            label=said.label,
            what=said.what,
            note=note,
            sender=sender,
            day=day,
            at=tx.now,
        )
    )
    return report_id


def _keep_contact(tx: Tx, org_id: str, report_id: str, *, contact: str) -> None:
    _drop_contact(tx, org_id, report_id)
    key = contacts.contact_key(tx.keyring, org_id)
    sealed = encrypt(key, contact.encode(), bound_to=report_id.encode())
    tx.execute(sa.insert(ReportContact).values(org_id=org_id, report_id=report_id, contact=sealed, at=tx.now))


def _drop_contact(tx: Tx, org_id: str, report_id: str) -> None:
    mine = (ReportContact.org_id == org_id, ReportContact.report_id == report_id)
    tx.execute(sa.delete(ReportContact).where(*mine))


def settle_report(tx: Tx, actor: Actor, report_id: str, *, to: str, why: str) -> None:
    """Answer or close a reader's report with a reason; who did it and when is kept beside it.

    How the reader may be reached is deleted when his report is closed.

    Forbidden without a role that answers; NotFound for a report of nobody here; BadInput without a reason or for what
    is no step; Conflict where the report is past it.
    """
    if not actor.roles & READERS["reports"]:
        raise Forbidden(action="provenance.settle_report", needs=sorted(READERS["reports"]))
    mine = (Mismatch.org_id == actor.org_id, Mismatch.id == report_id)
    if tx.execute(sa.select(Mismatch.id).where(*mine)).scalar() is None:
        raise NotFound(what="report")
    answers = (ReportAnswer.org_id == actor.org_id, ReportAnswer.report_id == report_id)
    done = tx.execute(sa.select(ReportAnswer.state).where(*answers)).scalars().all()
    reports.check_step(reports.state_of(done), to)
    said = {"why": text.clean_note("why", why, limit=_NOTE), "by_ref": actor.ref, "at": tx.now}
    tx.execute(sa.insert(ReportAnswer).values(org_id=actor.org_id, report_id=report_id, state=to, **said))
    if to == "closed":
        _drop_contact(tx, actor.org_id, report_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What somebody found about odd readings that he saw: of which part and label, what is odd, and up to which day."""

    item_id: str
    label: str
    sign: str
    day: str
    to: str
    why: str


def settle_reading(tx: Tx, actor: Actor, said: Noted) -> None:
    """Answer or close what is odd about readings, as far as it was seen; who did it and when is kept beside it.

    Forbidden without a role that reads them; NotFound where nothing of the kind is odd here; BadInput without a reason
    or for what is no step; Conflict where it is past the step, or was read on a later day than was seen.
    """
    if not actor.roles & READERS["supervision"]:
        raise Forbidden(action="provenance.settle_reading", needs=sorted(READERS["supervision"]))
    one = _odd(tx, actor.org_id, (said.item_id, said.label, said.sign))
    if one.day != said.day:
        raise Conflict(why="read-again", state=one.state)
    reports.check_step(one.state, said.to)
    about = {"item_id": one.item_id, "label": one.label, "sign": one.sign, "until": one.day, "state": said.to}
    found = {"why": text.clean_note("why", said.why, limit=_NOTE), "by_ref": actor.ref, "at": tx.now}
    tx.execute(sa.insert(OddNote).values(org_id=actor.org_id, **about, **found))


def _odd(tx: Tx, org_id: str, key: oddities.Key) -> oddities.Odd:
    seen = oddities.found(tx.connection, org_id, now=tx.now)
    for one in oddities.noted(tx.connection, org_id, seen):
        if one.key == key:
            return one
    raise NotFound(what="reading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where a reader says that he read a label: a square of half a degree, and a random number of his browser.

    `consent` is what he ticked; without it nothing is kept.
    """

    org_id: str
    item_id: str
    label: str
    row: int
    column: int
    device: str
    consent: bool


def tell_place(tx: Tx, said: Whereabouts) -> str:
    """Keep a rough place; the same device in the same square on the same day is one reading.

    BadInput without consent, for a square that is none, or for a device number that is none; TooMany beyond fifty a
    part and day.
    """
    _check(said)
    device = _device(tx, said)
    mine = (ReadingPlace.org_id == said.org_id, ReadingPlace.item_id == said.item_id)
    midnight = tx.now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = tx.execute(sa.select(*_SAME).where(*mine, ReadingPlace.at >= midnight)).all()
    again = [row.id for row in today if tuple(row[1:]) == (device, said.label, said.row, said.column)]
    if again:
        return str(again[0])
    if len(today) >= _A_DAY:
        raise TooMany(retry_after=_WAIT)
    return _keep_place(tx, said, device)


_SAME = (
    ReadingPlace.id,
    ReadingPlace.device,
    ReadingPlace.label,
    ReadingPlace.cell_row,
    ReadingPlace.cell_column,
)


def _check(said: Whereabouts) -> None:
    if not said.consent:
        raise BadInput("consent", "not-agreed")
    if said.row not in ROWS or said.column not in COLUMNS:
        raise BadInput("place", "no-place")
    if len(said.device) != _DEVICE or not set(said.device) <= _HEX:
        raise BadInput("place", "no-place")


def _device(tx: Tx, said: Whereabouts) -> str:
    """The keyed digest of a device's number: neither the store nor the keys outside it suffice to compute it again."""
    outside = tx.keyring.mac("reading", said.device.encode())
    return hmac.digest(_key_of_week(tx, said.org_id), outside, hashlib.sha256).hex()[:16]


def _key_of_week(tx: Tx, org_id: str) -> bytes:
    week = f"{tx.now:%G-W%V}"
    mine = (ReadingKey.org_id == org_id, ReadingKey.week == week)
    known: bytes | None = tx.execute(sa.select(ReadingKey.key).where(*mine)).scalar()
    if known is not None:
        return bytes(known)
    key = secrets.token_bytes(32)
    tx.execute(sa.insert(ReadingKey).values(org_id=org_id, week=week, key=key))
    return key


def _keep_place(tx: Tx, said: Whereabouts, device: str) -> str:
    reading = tx.new_id()
    tx.execute(
        sa.insert(ReadingPlace).values(
            org_id=said.org_id,
            id=reading,
            item_id=said.item_id,
            label=said.label,
            cell_row=said.row,
            cell_column=said.column,
            device=device,
            at=tx.now,
        )
    )
    return reading


def forget_places(tx: Tx) -> int:
    """Delete rough places after their retention, and keys of weeks that are over; how many places went."""
    before = tx.now - timedelta(days=limits(tx.now.date()).keep_days)
    tx.execute(sa.delete(ReadingKey).where(ReadingKey.week < f"{tx.now:%G-W%V}"))
    return int(tx.execute(sa.delete(ReadingPlace).where(ReadingPlace.at < before)).rowcount)


def forget_contacts(tx: Tx) -> int:
    """Delete after its retention how readers may be reached; how many of them went."""
    before = tx.now - timedelta(days=contacts.keep_days(tx.now.date()))
    return int(tx.execute(sa.delete(ReportContact).where(ReportContact.at < before)).rowcount)


def forget(place: Place) -> None:
    """The hourly job: what readers said yes to is kept no longer than they were told."""
    place.database.transact(forget_places)
    place.database.transact(forget_contacts)
