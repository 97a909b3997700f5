"""What a workshop does in its own record: it applies to a body, and later asks or answers it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from remanu.certification.events.bodies import Cited, Line
from remanu.certification.models import CertificationApplication, CertificationRequest
from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts.events import cite


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A certification is asked for, or the extension of one; the agreement with the body is signed."""

    body: str
    scheme: str
    family: str
    edition: str
    lines: tuple[Line, ...]
    agreement: bool
    extends: str | None = None
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The holder asks for something, or says what he did about the clauses that were not complied with."""

    body: str
    wish: str
    clauses: tuple[str, ...] = ()
    evidence: tuple[Cited, ...] = ()


def _apply(tx: Tx, done: Recorded[Applied]) -> None:
    b = done.body
    cite(tx, done, b.evidence)
    tx.execute(
        sa.insert(CertificationApplication).values(
            org_id=done.org_id,
            id=done.subject.id,
            body_org=b.body,
            scheme=b.scheme,
            family=b.family,
            edition=b.edition,
            lines=json.dumps([asdict(one) for one in b.lines], ensure_ascii=False),
            extends=b.extends,
            digest=done.commitment.hex(),
            applied_at=done.at,
        )
    )


def _request(tx: Tx, done: Recorded[Asked]) -> None:
    b = done.body
    cite(tx, done, b.evidence)
    tx.execute(
        sa.insert(CertificationRequest).values(
            org_id=done.org_id,
            id=done.id,
            body_org=b.body,
            application=done.subject.id,
            wish=b.wish,
            clauses=json.dumps(b.clauses),
            digest=done.commitment.hex(),
            asked_at=done.at,
        )
    )


APPLY = Kind("certification.apply", 1, Applied, _apply)
REQUEST = Kind("certification.request", 1, Asked, _request)
KINDS = (APPLY, REQUEST)
