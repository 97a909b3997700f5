"""What happens to certificates beside signing, to units that come back, and what is kept of denied signatures."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection

from remanu.db import Database, Tx
from remanu.errors import Conflict, IssuingHalted, NotAuthorised, OwnWork, Refusal
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import begin, record
from remanu.parts import actions as parts
from remanu.parts.queries import CaseView, find_case
from remanu.release import events, queries
from remanu.release.actions.linting import publish
from remanu.release.models import IssuingHalt
from remanu.rules import lifecycle
from remanu.rules.actor import Actor

VOID_BECAUSE = ("case-ended", "submitted-in-error", "restored-from-backup")
COPIED_BECAUSE = ("paper-lost", "paper-damaged")
REFUSED: dict[type[Refusal], str] = {
    OwnWork: "own-work",
    NotAuthorised: "not-authorised",
    IssuingHalted: "issuing-halted",
}
"""Denied signatures that become events; what is merely missing or out of date does not."""


def void(tx: Tx, actor: Actor, certificate_id: str, *, reason: str) -> Recorded[events.Voided]:
    """Give up a drafted certificate; its number stays used (SM-4 no. 5, I38)."""
    act = begin(tx, actor, "release.void")
    paper = queries.find_certificate(tx.connection, actor.org_id, certificate_id)
    lifecycle.find("SM-4", paper.state, "void")
    case = find_case(tx.connection, actor.org_id, paper.case_id)
    if case.state == "SUBMITTED":
        raise Conflict(why="draft-in-use", case=case.id)
    body = events.Voided(case=case.id, certificate=paper.id, reason=reason)
    return record(act, events.VOID, case.subject, body)


def duplicate_copy(tx: Tx, actor: Actor, certificate_id: str, *, reason: str) -> Recorded[events.Copied]:
    """Print a lost certificate again, only while nothing happened to the unit (SM-4 no. 6)."""
    act = begin(tx, actor, "release.duplicate_copy")
    paper = queries.find_certificate(tx.connection, actor.org_id, certificate_id)
    move = lifecycle.find("SM-4", paper.state, "duplicate_copy")
    check_not_reviewed(tx.connection, paper)
    case = find_case(tx.connection, actor.org_id, paper.case_id)
    check_not_halted(tx.connection, case)
    unchanged = queries.untouched(tx.connection, paper, case)
    missing = lifecycle.missing(move, {"reason_given": True, "state_unchanged": unchanged})
    if missing:
        raise Conflict(why="state-not-the-same", certificate=paper.id)
    body = events.Copied(case=case.id, certificate=paper.id, copy=paper.copies + 1, reason=reason)
    return record(act, events.DUPLICATE_COPY, case.subject, body)


def check_not_reviewed(connection: Connection, paper: queries.Row) -> None:
    """Conflict while the certificate is under review: what is doubted is neither corrected nor copied nor handed on."""
    if queries.standing_reviews(connection, paper.org_id, paper.id):
        raise Conflict(why="under-review", certificate=paper.id)


def check_not_halted(connection: Connection, case: CaseView) -> None:
    """IssuingHalted while the operator lets nothing be issued for this family: no paper leaves by any path."""
    if queries.is_halted(connection, case.org_id, case.item.family):
        raise IssuingHalted(family=case.item.family)


def recall_return(tx: Tx, actor: Actor, case_id: str) -> Recorded[events.RecallReturned]:
    """A unit whose release was revoked is back at the dock (SM-1 no. 33); its life ends there."""
    act = begin(tx, actor, "release.recall_return")
    case = find_case(tx.connection, actor.org_id, case_id)
    step = parts.check_step(case, "recall_return", {})
    revoked = queries.certificate_in(tx.connection, case, "REVOKED")
    body = events.RecallReturned(step=step, certificate="" if revoked is None else revoked.id)
    return record(act, events.RECALL_RETURN, case.subject, body)


def refuse(
    tx: Tx, actor: Actor, case_id: str, *, action: str, reason: str, acts: tuple[str, ...] = ()
) -> Recorded[events.Refused]:
    """Record that a signature was denied, with a reason of the closed list (T-R17)."""
    act = begin(tx, actor, "release.refuse")
    case = find_case(tx.connection, actor.org_id, case_id)
    body = events.Refused(case=case.id, action=action, reason=reason, acts=acts)
    return record(act, events.REFUSE, case.subject, body)


def remember_refusal(database: Database, actor: Actor, case_id: str, action: str, problem: Refusal) -> None:
    """After an act was denied and rolled back: record the denial in a unit of work of its own."""
    reason = REFUSED.get(type(problem))
    if reason is None:
        return
    given = problem.details.get("acts", ())
    acts = tuple(str(one) for one in given) if isinstance(given, list | tuple) else ()
    database.transact(lambda tx: refuse(tx, actor, case_id, action=action, reason=reason, acts=acts))


def settle(database: Database) -> None:
    """After a certificate is issued: enter it in the log, sign a checkpoint, call its draft published (T-R14).

    A head may only be signed over what is committed, so this comes after the act. Where it cannot be done the
    certificate stands all the same; the worker tries again within the minute, and pages say that it waits.
    """
    try:
        publish(database)
    except Refusal as problem:
        structlog.get_logger("remanu").warning("checkpoint waits", code=problem.code)


def halt_issuing(tx: Tx, org_id: str, *, family: str, since: datetime) -> None:
    """The operator stops issuing, for one family or for all (`*`)."""
    resume_issuing(tx, org_id, family=family)
    tx.execute(sa.insert(IssuingHalt).values(org_id=org_id, family=family, since=since))


def resume_issuing(tx: Tx, org_id: str, *, family: str) -> None:
    """The operator lets issuing go on."""
    tx.execute(sa.delete(IssuingHalt).where(IssuingHalt.org_id == org_id, IssuingHalt.family == family))
