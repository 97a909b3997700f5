"""What can happen to an arrangement: recorded, signed, left; a second person confirms who signs it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.accounts.events.signing import Signature
from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.recognition.models import Arrangement, Signatory


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementRecorded:
    """There is such an arrangement; `source` says where that stands."""

    code: str
    name_en: str
    name_zh_hans: str
    name_zh_hant: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatoryRecorded:
    """An accreditor signs the arrangement for these schemes from a day on."""

    arrangement: str
    arrangement_id: str
    accreditor: str
    accreditor_name: str
    schemes: tuple[str, ...]
    since: str
    until: str | None = None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatoryConfirmed:
    """Another person looked at the source and confirms it; from then on it counts."""

    arrangement: str
    accreditor: str
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatoryLeft:
    """The accreditor signs no longer from a day on."""

    until: str
    signature: Signature


def _record_arrangement(tx: Tx, done: Recorded[ArrangementRecorded]) -> None:
    b = done.body
    tx.execute(
        sa.insert(Arrangement).values(
            org_id=done.org_id,
            id=done.subject.id,
            code=b.code,
            name_en=b.name_en,
            name_zh_hans=b.name_zh_hans,
            name_zh_hant=b.name_zh_hant,
            source=b.source,
            recorded_at=done.at,
        )
    )


def _record_signatory(tx: Tx, done: Recorded[SignatoryRecorded]) -> None:
    b = done.body
    tx.execute(
        sa.insert(Signatory).values(
            org_id=done.org_id,
            id=done.subject.id,
            arrangement_id=b.arrangement_id,
            arrangement=b.arrangement,
            accreditor=b.accreditor,
            accreditor_name=b.accreditor_name,
            schemes=json.dumps(b.schemes),
            since=b.since,
            until=b.until,
            source=b.source,
            state="recorded",
            recorder_ref=done.actor_ref,
            recorded_at=done.at,
        )
    )


def _set(tx: Tx, done: Recorded[Any], **values: Any) -> None:
    mine = (Signatory.org_id == done.org_id, Signatory.id == done.subject.id)
    tx.execute(sa.update(Signatory).where(*mine).values(**values))


def _confirm(tx: Tx, done: Recorded[SignatoryConfirmed]) -> None:
    _set(tx, done, state="confirmed", confirmed_at=done.at)


def _leave(tx: Tx, done: Recorded[SignatoryLeft]) -> None:
    _set(tx, done, until=done.body.until)


RECORD_ARRANGEMENT = Kind("recognition.record_arrangement", 1, ArrangementRecorded, _record_arrangement)
RECORD_SIGNATORY = Kind("recognition.record_signatory", 1, SignatoryRecorded, _record_signatory)
CONFIRM_SIGNATORY = Kind("recognition.confirm_signatory", 1, SignatoryConfirmed, _confirm)
END_SIGNATORY = Kind("recognition.end_signatory", 1, SignatoryLeft, _leave)
KINDS = (RECORD_ARRANGEMENT, RECORD_SIGNATORY, CONFIRM_SIGNATORY, END_SIGNATORY)
