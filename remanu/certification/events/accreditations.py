"""What can happen to an accreditation (SM-6): granted, suspended, restored, reduced, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.certification.events.bodies import Area, Move, Signature
from remanu.certification.events.register import keep
from remanu.certification.models import Accreditation
from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts.events import say


@dataclass(frozen=True, slots=True, kw_only=True)
class AccreditationGranted:
    """A certification body is found competent for these rows, from one day until another, which is included."""

    move: Move
    number: str
    body: str
    areas: tuple[Area, ...]
    valid_from: str
    valid_to: str
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class AccreditationChanged:
    """Rows are suspended or taken away, or everything where none are named; or the accreditation is withdrawn."""

    move: Move
    reason: str
    areas: tuple[Area, ...] = ()
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class AccreditationRestored:
    """What was suspended holds again."""

    move: Move
    signature: Signature


def _grant(tx: Tx, done: Recorded[AccreditationGranted]) -> None:
    b = done.body
    tx.execute(
        sa.insert(Accreditation).values(
            org_id=done.org_id,
            id=done.subject.id,
            number=b.number,
            body_org=b.body,
            state=b.move.target,
            valid_from=b.valid_from,
            valid_to=b.valid_to,
            changed_at=done.at,
        )
    )
    keep(tx, done, b.move.on)
    say(tx, done, b.move.target.lower())


def _change(tx: Tx, done: Recorded[Any]) -> None:
    move: Move = done.body.move
    mine = (Accreditation.org_id == done.org_id, Accreditation.id == done.subject.id)
    tx.execute(sa.update(Accreditation).where(*mine).values(state=move.target, changed_at=done.at))
    keep(tx, done, move.on)
    say(tx, done, move.target.lower())


GRANT = Kind("certification.grant_accreditation", 1, AccreditationGranted, _grant)
SUSPEND = Kind("certification.suspend_accreditation", 1, AccreditationChanged, _change)
RESTORE = Kind("certification.restore_accreditation", 1, AccreditationRestored, _change)
REDUCE = Kind("certification.reduce_accreditation", 1, AccreditationChanged, _change)
WITHDRAW = Kind("certification.withdraw_accreditation", 1, AccreditationChanged, _change)
KINDS = (GRANT, SUSPEND, RESTORE, REDUCE, WITHDRAW)
