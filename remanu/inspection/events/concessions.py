"""What can happen to a concession (SM-3): asked for, approved or refused, used for one more part."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.accounts.events.signing import Signature
from remanu.db import Tx
from remanu.inspection.events.nonconformities import Turn, turn
from remanu.inspection.models import Concession, ConcessionUse
from remanu.ledger.body import encode
from remanu.ledger.kinds import Kind, Recorded, unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviates:
    """One result outside new limits that is to be accepted: its value and those limits, in one unit."""

    result: str
    characteristic: str
    criticality: str
    unit: str
    value: str
    new_min: str | None = None
    new_max: str | None = None
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is conceded: to which parts, until which day, how far outside new limits.

    The scope is `serials` or a `quantity` of the part number. `customer` when the contract asks for the customer's
    agreement, `caps` when the concession keeps the unit from the classes that are as new (I28).
    """

    concession: str
    number: str
    cause: str
    position: str
    component: str
    part_number: str
    serials: tuple[str, ...] = ()
    quantity: int | None = None
    expires: str
    customer: bool
    caps: bool
    deviations: tuple[Deviates, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationTold:
    """What of a conceded part deviates, as papers tell it: the characteristic with its name in each language."""

    characteristic: str
    names: dict[str, str]
    value: str
    unit: str
    new_min: str | None = None
    new_max: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcededTold:
    """A part that is used under a concession, as papers tell it: names are by language, and words are made of them.

    `ordinal` tells like places apart, such as 2 of `conrod-2`. Without deviations the cause says what is conceded.
    """

    number: str
    position: str
    names: dict[str, str]
    ordinal: str
    cause: str
    expires: str
    deviations: tuple[DeviationTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcessionRequested:
    """Somebody of the board asks to use a part as it is; why is sealed."""

    turn: Turn
    no: int
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcessionApproved:
    """The design authority approved it, by this authorisation; the customer's paper is sealed."""

    turn: Turn
    terms: Terms
    authorisation: str
    signature: Signature | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcessionRefused:
    """The design authority or the customer refused it, with a reason of the closed list."""

    turn: Turn
    concession: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcessionApplied:
    """An approved concession is used for this part as well; `terms` say this part's own deviations."""

    turn: Turn
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalDenied:
    """Somebody wanted to approve and may not; `acts` are the kinds of his own work that bar him (T-R17)."""

    case: str
    nonconformity: str
    action: str
    reason: str
    acts: tuple[str, ...] = ()


def _request_concession(tx: Tx, done: Recorded[ConcessionRequested]) -> None:
    b, terms = done.body, done.body.terms
    turn(tx, done, b.turn, concession_id=terms.concession)
    tx.execute(
        sa.insert(Concession).values(
            org_id=done.org_id,
            id=terms.concession,
            no=b.no,
            number=terms.number,
            item_id=done.subject.id,
            case_id=b.turn.case,
            nonconformity_id=b.turn.nonconformity,
            part_number=terms.part_number,
            state="pending",
            quantity=terms.quantity,
            expires=terms.expires,
            caps=terms.caps,
            terms=_json(terms),
            requested_by=done.actor_ref,
            requested_at=done.at,
        )
    )


def _json(terms: Terms) -> str:
    return json.dumps(encode(terms), ensure_ascii=False)


def _approve_concession(tx: Tx, done: Recorded[ConcessionApproved]) -> None:
    b = done.body
    turn(tx, done, b.turn)
    _settle(tx, done, b.terms.concession, state="approved", decided_at=done.at)
    _use(tx, done, b.turn, b.terms)


def _settle(tx: Tx, done: Recorded[Any], concession: str, **values: Any) -> None:
    mine = (Concession.org_id == done.org_id, Concession.id == concession)
    tx.execute(sa.update(Concession).where(*mine).values(**values))


def _use(tx: Tx, done: Recorded[Any], one: Turn, terms: Terms) -> None:
    tx.execute(
        sa.insert(ConcessionUse).values(
            org_id=done.org_id,
            nonconformity_id=one.nonconformity,
            concession_id=terms.concession,
            item_id=done.subject.id,
            case_id=one.case,
            terms=_json(terms),
            used_at=done.at,
        )
    )


def _refuse_concession(tx: Tx, done: Recorded[ConcessionRefused]) -> None:
    b = done.body
    turn(tx, done, b.turn)
    _settle(tx, done, b.concession, state="refused", decided_at=done.at, reason=b.reason)


def _apply_concession(tx: Tx, done: Recorded[ConcessionApplied]) -> None:
    b = done.body
    turn(tx, done, b.turn, concession_id=b.terms.concession)
    _use(tx, done, b.turn, b.terms)


def _deny_approval(_tx: Tx, _done: Recorded[ApprovalDenied]) -> None:
    """A denial changes nothing; that it happened is the record."""


REQUEST_CONCESSION = Kind("inspection.request_concession", 1, ConcessionRequested, _request_concession)
APPROVE_CONCESSION = Kind(
    "inspection.approve_concession", 2, ConcessionApproved, _approve_concession, {1: unchanged}
)
REFUSE_CONCESSION = Kind("inspection.refuse_concession", 1, ConcessionRefused, _refuse_concession)
APPLY_CONCESSION = Kind("inspection.apply_concession", 1, ConcessionApplied, _apply_concession)
DENY_APPROVAL = Kind("inspection.deny_approval", 1, ApprovalDenied, _deny_approval)
KINDS: tuple[Kind[Any], ...] = (
    REQUEST_CONCESSION,
    APPROVE_CONCESSION,
    REFUSE_CONCESSION,
    APPLY_CONCESSION,
    DENY_APPROVAL,
)
