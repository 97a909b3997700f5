"""What can happen in a body between an application and a decision (SM-5 no. 1 to 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.certification.events.bodies import Cited, Line, Move, Signature
from remanu.certification.events.register import keep, move, take
from remanu.certification.models import CheckedClause, Impartiality, ProductCertification
from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts.events import cite


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationOpened:
    """The body takes an application into its own record; `digest` is that of the client's event."""

    move: Move
    holder: str
    application: str
    digest: str
    scheme_owner: str
    scheme: str
    revision: int
    family: str
    edition: str
    lines: tuple[Line, ...]
    words: str
    extends: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationAccepted:
    """The body is competent and goes on; `accreditations` are those that cover the scope that day (I46)."""

    move: Move
    accreditations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """The body does not go on, or refuses."""

    move: Move
    reason: str
    signature: Signature | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpartialityDeclared:
    """A member says whether he has no interest in the client and did not advise him in two years."""

    clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClausesChecked:
    """What an evaluator says of clauses: comply, observation or not_comply. Remarks are sealed."""

    checklist: str
    statuses: dict[str, str]
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsRaised:
    """Clauses that are not complied with go to the client, who answers by a day."""

    move: Move
    clauses: tuple[str, ...]
    answer_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTaken:
    """The body took the client's answer; `digest` is that of his event."""

    move: Move
    request: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationFinished:
    """Every clause is judged and these determination activities have their reports."""

    move: Move
    activities: tuple[str, ...]
    clauses: dict[str, str]
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFinished:
    """A person who took no part in the evaluation looked at all of it, and recommends."""

    move: Move
    recommends: bool


def _open(tx: Tx, done: Recorded[ApplicationOpened]) -> None:
    b = done.body
    tx.execute(
        sa.insert(ProductCertification).values(
            org_id=done.org_id,
            id=done.subject.id,
            holder_org=b.holder,
            application=b.application,
            scheme_org=b.scheme_owner,
            scheme=b.scheme,
            revision=b.revision,
            family=b.family,
            edition=b.edition,
            state=b.move.target,
            extends=b.extends,
            words=b.words,
            opened_at=done.at,
            changed_at=done.at,
        )
    )
    keep(tx, done, b.move.on)


def _move(tx: Tx, done: Recorded[Any]) -> None:
    move(tx, done, done.body.move)


def _declare(tx: Tx, done: Recorded[ImpartialityDeclared]) -> None:
    who = {"org_id": done.org_id, "certification_id": done.subject.id, "ref": done.actor_ref}
    tx.execute(sa.delete(Impartiality).filter_by(**who))
    tx.execute(sa.insert(Impartiality).values(**who, clear=done.body.clear, at=done.at))


def _check(tx: Tx, done: Recorded[ClausesChecked]) -> None:
    cite(tx, done, done.body.evidence)
    mine = {"org_id": done.org_id, "certification_id": done.subject.id}
    judged = sorted(done.body.statuses)
    former = sa.delete(CheckedClause).filter_by(**mine).where(CheckedClause.clause.in_(judged))
    tx.execute(former)
    rows = [
        {**mine, "clause": clause, "status": done.body.statuses[clause], "event_id": done.id, "at": done.at}
        for clause in judged
    ]
    tx.execute(sa.insert(CheckedClause), rows)


def _raise(tx: Tx, done: Recorded[FindingsRaised]) -> None:
    move(tx, done, done.body.move, answer_by=done.body.answer_by)


def _take(tx: Tx, done: Recorded[AnswerTaken]) -> None:
    move(tx, done, done.body.move, answer_by=None)
    take(tx, done, done.body.request)


def _finish(tx: Tx, done: Recorded[EvaluationFinished]) -> None:
    cite(tx, done, done.body.evidence)
    move(tx, done, done.body.move)


OPEN = Kind("certification.open_application", 1, ApplicationOpened, _open)
ACCEPT = Kind("certification.accept_application", 1, ApplicationAccepted, _move)
DECLINE = Kind("certification.decline_application", 1, Declined, _move)
DECLARE = Kind("certification.declare_impartiality", 1, ImpartialityDeclared, _declare)
CHECK = Kind("certification.check_clauses", 1, ClausesChecked, _check)
RAISE = Kind("certification.raise_findings", 1, FindingsRaised, _raise)
TAKE = Kind("certification.take_answer", 1, AnswerTaken, _take)
FINISH = Kind("certification.finish_evaluation", 1, EvaluationFinished, _finish)
REVIEW = Kind("certification.finish_review", 1, ReviewFinished, _move)
REFUSE = Kind("certification.refuse_certification", 1, Declined, _move)
KINDS = (OPEN, ACCEPT, DECLINE, DECLARE, CHECK, RAISE, TAKE, FINISH, REVIEW, REFUSE)
