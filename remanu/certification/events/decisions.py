"""What can happen to a certificate from its grant on (SM-5 no. 7 to 16): each says which lines cover afterwards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.certification.events.bodies import Cited, Line, Move, Retro, Signature
from remanu.certification.events.register import cover, move, proclaim, take
from remanu.certification.models import CertificationNumber
from remanu.db import Tx
from remanu.ledger import body as bodies
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts.events import cite


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A certificate is issued: its number, scope, first and last day, and the accreditations behind it (I46)."""

    move: Move
    no: int
    number: str
    batch: str
    lines: tuple[Line, ...]
    valid_from: str
    valid_to: str
    edition: str
    due_on: str
    words: str
    accreditations: tuple[str, ...]
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveilled:
    """Surveillance was done by these activities; when it is due again."""

    move: Move
    activities: tuple[str, ...]
    result: str
    due_on: str
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended:
    """Lines are suspended, the whole scope where none is named, until a day at most; by default not retroactive."""

    move: Move
    reason: str
    lines: tuple[Line, ...] = ()
    until: str
    retro: Retro | None = None
    covers: tuple[Line, ...]
    request: str | None = None
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinstated:
    """The cause is removed: the whole scope covers again."""

    move: Move
    covers: tuple[Line, ...]
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeReduced:
    """Lines are taken out of the scope; what they covered before they still cover."""

    move: Move
    reason: str
    lines: tuple[Line, ...]
    covers: tuple[Line, ...]
    request: str | None = None
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeExtended:
    """Lines join the scope after an evaluation of their own; the same event closes that application as EXTENDED."""

    move: Move
    certification: str
    application: str
    lines: tuple[Line, ...]
    covers: tuple[Line, ...] = ()
    words: str
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The certificate is withdrawn, or ended because its holder asked for it; marks may not be used any longer."""

    move: Move
    reason: str
    retro: Retro | None = None
    request: str | None = None
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionMoved:
    """The certificate rests on a new edition of the standard from now on."""

    move: Move
    former: str
    edition: str
    signature: Signature


def _grant(tx: Tx, done: Recorded[Granted]) -> None:
    b = done.body
    tx.execute(sa.delete(CertificationNumber).where(CertificationNumber.org_id == done.org_id))
    tx.execute(sa.insert(CertificationNumber).values(org_id=done.org_id, last=b.no))
    proclaim(
        tx,
        done,
        b.move,
        no=b.no,
        number=b.number,
        batch=b.batch,
        valid_from=b.valid_from,
        valid_to=b.valid_to,
        edition=b.edition,
        due_on=b.due_on,
        words=b.words,
    )
    cover(tx, done, b.lines, on=b.valid_from)


def _surveil(tx: Tx, done: Recorded[Surveilled]) -> None:
    cite(tx, done, done.body.evidence)
    move(tx, done, done.body.move, due_on=done.body.due_on)


def _suspend(tx: Tx, done: Recorded[Suspended]) -> None:
    b = done.body
    proclaim(tx, done, b.move, suspended_until=b.until, **_retro(b.retro))
    cover(tx, done, b.covers, on=b.move.on)
    take(tx, done, b.request)


def _retro(one: Retro | None) -> dict[str, str]:
    return {} if one is None else {"retro": json.dumps(bodies.encode(one))}


def _reinstate(tx: Tx, done: Recorded[Reinstated]) -> None:
    proclaim(tx, done, done.body.move, suspended_until=None, retro=None)
    cover(tx, done, done.body.covers, on=done.body.move.on)


def _reduce(tx: Tx, done: Recorded[ScopeReduced]) -> None:
    proclaim(tx, done, done.body.move)
    cover(tx, done, done.body.covers, on=done.body.move.on)
    take(tx, done, done.body.request)


def _extend(tx: Tx, done: Recorded[ScopeExtended]) -> None:
    b = done.body
    if done.subject.id == b.application:
        move(tx, done, b.move)
        return
    proclaim(tx, done, b.move, words=b.words)
    cover(tx, done, b.covers, on=b.move.on)


def _end(tx: Tx, done: Recorded[Ended]) -> None:
    b = done.body
    proclaim(tx, done, b.move, suspended_until=None, due_on=None, **_retro(b.retro))
    cover(tx, done, (), on=b.move.on)
    take(tx, done, b.request)


def _transfer(tx: Tx, done: Recorded[Any]) -> None:
    proclaim(tx, done, done.body.move, edition=done.body.edition)


GRANT = Kind("certification.grant_certification", 1, Granted, _grant)
SURVEIL = Kind("certification.surveil", 1, Surveilled, _surveil)
SUSPEND = Kind("certification.suspend_certification", 1, Suspended, _suspend)
REINSTATE = Kind("certification.reinstate_certification", 1, Reinstated, _reinstate)
REDUCE = Kind("certification.reduce_scope", 1, ScopeReduced, _reduce)
EXTEND = Kind("certification.extend_scope", 1, ScopeExtended, _extend)
WITHDRAW = Kind("certification.withdraw_certification", 1, Ended, _end)
TERMINATE = Kind("certification.terminate_certification", 1, Ended, _end)
TRANSFER = Kind("certification.standard_transition", 1, EditionMoved, _transfer)
KINDS = (GRANT, SURVEIL, SUSPEND, REINSTATE, REDUCE, EXTEND, WITHDRAW, TERMINATE, TRANSFER)
