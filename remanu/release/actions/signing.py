"""Signing: who may, what exactly is signed, and the acts that carry a signature."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from remanu.accounts import queries as accounts
from remanu.accounts.actions import signature
from remanu.accounts.events.signing import Signature
from remanu.db import Database, Tx
from remanu.errors import Conflict, GuardFailed, NotAuthorised, OwnWork, Refusal
from remanu.ledger import seal
from remanu.ledger.body import encode
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import Act, Private, begin, record
from remanu.parts import actions as parts
from remanu.parts import queries as items
from remanu.parts.queries import CaseView, find_case
from remanu.reads import reading_once
from remanu.release import events, queries
from remanu.release.actions import linting
from remanu.release.actions.papers import check_not_halted, check_not_reviewed, remember_refusal, settle
from remanu.release.actions.submission import lifeless, weaker
from remanu.release.events import CertificateRecord, Former, Issue
from remanu.rules import duties, lifecycle, text
from remanu.rules.actor import Actor

SUPERSEDED_BECAUSE = ("identity-corrected", "class-corrected", "warranty-corrected", "standard-corrected")
REVOKED_BECAUSE = (
    "measurement-wrong",
    "instrument-recalled",
    "part-suspect",
    "dossier-wrong",
    "signed-in-error",
    "authority-order",
)
_NOTE = 2000
# What the act is called in the approval, where that is not the verb itself.
_KINDS = {"revoke": "release.revoke_release"}
_LABELLED = frozenset({"LABELLED", "IN_SERVICE"})


def release(tx: Tx, actor: Actor, case_id: str, *, digest: str) -> Recorded[events.Released]:
    """Sign the release certificate of a submitted dossier and open the unit's next life (SM-1 no. 25).

    `digest` is that of the record which the signer saw; Conflict `record-changed` when it is no longer so.
    OwnWork for whoever did work in the case, NotAuthorised without an authorisation on this day, FactorNeeded
    without a fresh factor; the caller records the first two by `refuse` (T-R17).
    """
    act = begin(tx, actor, "release.release")
    with reading_once():
        case = find_case(tx.connection, actor.org_id, case_id)
        lifecycle.find("SM-1", case.state, "release")
        authorisation = may_sign(tx, actor, case)
        ready = queries.why_not_ready(tx.connection, case, tx.now)
        if "lives_hold" in ready:
            raise GuardFailed(
                action="release", state=case.state, missing=["lives_hold"], **lifeless(tx, case)
            )
        if "dossier-changed" in ready:
            raise Conflict(why="dossier-changed", case=case.id)
        step = parts.check_step(case, "release", {"certificate_ready": not ready})
        draft, sealed = queries.draft_of(tx.connection, case), queries.sealed_dossier(tx.connection, case)
        if draft is None or sealed is None:
            raise GuardFailed(action="release", state=case.state, missing=["certificate_ready"])
        paper = queries.draft_record(tx.connection, case, sealed, draft)
        if digest != (shown := queries.digest_of(paper)):
            raise Conflict(why="record-changed", digest=shown)
        linting.check(tx, case, paper, sealed, authorisation=authorisation)
        issue = _sign(act, paper, action="release", certificate=draft.id, authorisation=authorisation)
        linting.signed(tx, case, paper, action="release")
        body = events.Released(step=step, dossier=sealed.id, issue=issue)
    return record(act, events.RELEASE, case.subject, body)


def lint_release(database: Database, actor: Actor, case_id: str, *, digest: str) -> None:
    """Before the act: keep what is about to be signed with what its lint found, if it is what the signer saw.

    Conflict `lint-failed` where something stands against it, or its paper cannot be drawn: before any factor counts.
    """

    def work(tx: Tx) -> linting.Kept | None:
        begin(tx, actor, "release.release")
        case = find_case(tx.connection, actor.org_id, case_id)
        authorisation = may_sign(tx, actor, case)
        draft, sealed = queries.draft_of(tx.connection, case), queries.sealed_dossier(tx.connection, case)
        if draft is None or sealed is None:
            return None
        paper = queries.draft_record(tx.connection, case, sealed, draft)
        if queries.digest_of(paper) != digest:
            return None
        return linting.keep(
            tx, actor, case, paper, dossier=sealed, action="release", authorisation=authorisation
        )

    linting.first(database, work)


def sign(database: Database, actor: Actor, case_id: str, *, digest: str) -> Recorded[events.Released]:
    """Release as commands do: the lint, the act, the record of its denial and the checkpoint, each in its own unit."""
    lint_release(database, actor, case_id, digest=digest)
    try:
        done = database.transact(lambda tx: release(tx, actor, case_id, digest=digest))
    except Refusal as problem:
        remember_refusal(database, actor, case_id, "release", problem)
        raise
    settle(database)
    return done


def supersede(
    tx: Tx,
    actor: Actor,
    certificate_id: str,
    *,
    reason: str,
    claim_class: str,
    warranty_days: int,
    digest: str = "",
) -> Recorded[events.Superseded]:
    """Correct an issued certificate by a new number that names it (SM-4 no. 3, I37, I41); never a stronger word.

    `digest` is that of the record which the signer saw. Without one nothing is signed: Conflict `not-shown` brings
    what would be signed and its digest, and Conflict `record-changed` does when it is no longer so.
    """
    act = begin(tx, actor, "release.supersede")
    new = _corrected(tx, actor, certificate_id, reason=reason, claim_class=claim_class, warranty_days=warranty_days)
    case, paper = new.case, new.paper
    if digest != (shown := queries.digest_of(paper)):
        why = "record-changed" if digest else "not-shown"
        raise Conflict(why=why, digest=shown, record=encode(paper))
    linting.check(tx, case, paper, new.sealed, authorisation=new.authorisation)
    issue = _sign(
        act, paper, action="supersede", certificate=tx.new_id(), authorisation=new.authorisation, no=new.no
    )
    linting.signed(tx, case, paper, action="supersede")
    # What stands on the part still names the former number, until a new label was read back on it.
    says = "superseded" if case.state in _LABELLED else None
    body = events.Superseded(case=case.id, former=new.former, reason=reason, issue=issue, says=says)
    return record(act, events.SUPERSEDE, case.subject, body)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Corrected:
    """What a correction would sign: the record under its new number, its dossier and the former certificate."""

    case: CaseView
    former: str
    sealed: Any
    no: int
    paper: CertificateRecord
    authorisation: str


def _corrected(
    tx: Tx, actor: Actor, certificate_id: str, *, reason: str, claim_class: str, warranty_days: int
) -> _Corrected:
    former = queries.find_certificate(tx.connection, actor.org_id, certificate_id)
    case = find_case(tx.connection, actor.org_id, former.case_id)
    move = lifecycle.find("SM-4", former.state, "supersede")
    check_not_reviewed(tx.connection, former)
    authorisation = may_sign(tx, actor, case)
    if claim_class != former.claim_class and not weaker(case, claim_class, former.claim_class):
        raise Conflict(why="class-not-weaker", certificate=former.id)
    if warranty_days < queries.warranty_of(tx.connection, case, claim_class, tx.now):
        raise Conflict(why="warranty-too-short", certificate=former.id)
    sealed, no = (
        queries.sealed_dossier(tx.connection, case),
        queries.next_number(tx.connection, case.org_id),
    )
    if sealed is None or lifecycle.missing(move, {"reason_given": True, "successor_issued": True}):
        raise GuardFailed(action="supersede", state=former.state, missing=["successor_issued"])
    paper = queries.record_of(
        tx.connection,
        case,
        sealed,
        number=queries.number_of(no),
        life=former.life,
        claim_class=claim_class,
        warranty_days=warranty_days,
        supersedes=Former(number=former.number, digest=former.digest, reason=reason),
    )
    # A correction speaks of the same release, wherever the unit stands by now.
    paper = replace(paper, site=former.site)
    return _Corrected(
        case=case, former=former.id, sealed=sealed, no=no, paper=paper, authorisation=authorisation
    )


def lint_correction(
    database: Database, actor: Actor, certificate_id: str, *, digest: str = "", **said: Any
) -> None:
    """Before a correction is signed: keep it with what its lint found, if it is what the signer saw."""

    def work(tx: Tx) -> linting.Kept | None:
        begin(tx, actor, "release.supersede")
        new = _corrected(tx, actor, certificate_id, **said)
        if queries.digest_of(new.paper) != digest:
            return None
        given = {"dossier": new.sealed, "authorisation": new.authorisation}
        return linting.keep(tx, actor, new.case, new.paper, action="supersede", **given)

    linting.first(database, work)


def revoke_release(
    tx: Tx, actor: Actor, case_id: str, *, reason: str, holders_notified: bool, note: str = ""
) -> Recorded[events.Revoked]:
    """Revoke the release for good (SM-1 no. 32, I40); the public page says so from now on.

    The reason is one of a closed list, because everybody reads it; `note` is sealed.
    """
    act = begin(tx, actor, "release.revoke_release")
    case = find_case(tx.connection, actor.org_id, case_id)
    certificate = queries.certificate_in(tx.connection, case, "ISSUED")
    facts = {"certificate_revoked": certificate is not None, "holders_notified": holders_notified}
    step = parts.check_step(case, "revoke_release", facts)
    assert certificate is not None, "the guard asked for it"  # noqa: S101 -- for the type checker
    signed = _signed(act, "revoke", certificate.digest)
    body = events.Revoked(
        step=step,
        certificate=certificate.id,
        reason=reason,
        approval=signed.approval,
        evidence=signed.evidence,
    )
    words = {"note": text.clean_note("note", note, limit=_NOTE)} if note else None
    private = None if words is None else Private(seal.organisation_key(case.org_id), words)
    return record(act, events.REVOKE_RELEASE, case.subject, body, private=private)


def may_sign(tx: Tx, actor: Actor, case: CaseView) -> str:
    """The number of the authorisation by which this person may sign for the unit today."""
    check_not_halted(tx.connection, case)
    person = accounts.person_of(tx.connection, actor.org_id, actor.ref)
    own = duties.may_release(person, items.acts_since_intake(tx.connection, case))
    if own:
        raise OwnWork(action="release", acts=sorted({one.verb for one in own}))
    found = accounts.authorised(
        tx.connection, actor.org_id, actor.ref, family=case.item.family, activity="release", on=tx.now
    )
    if found is None:
        raise NotAuthorised(activity="release", family=case.item.family)
    return str(found.number)


def _sign(
    act: Act,
    paper: CertificateRecord,
    *,
    action: str,
    certificate: str,
    authorisation: str,
    no: int | None = None,
) -> Issue:
    digest = queries.digest_of(paper)
    signed = _signed(act, action, digest)
    return Issue(
        certificate=certificate,
        no=int(paper.number.rpartition("-")[2]) if no is None else no,
        record=paper,
        digest=digest,
        approval=signed.approval,
        authorisation=authorisation,
        evidence=signed.evidence,
    )


def _signed(act: Act, action: str, digest: str) -> Signature:
    kind = _KINDS.get(action, f"release.{action}")
    return signature(act, kind, meaning=queries.MEANINGS[action], record=digest, action=action)
