"""What can happen in release: kinds with their effects; each effect copies from the body and decides nothing."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from remanu.accounts.events.signing import Approval
from remanu.db import Tx
from remanu.errors import Conflict
from remanu.ledger.body import encode
from remanu.ledger.kinds import Kind, Recorded, unchanged
from remanu.parts.events import close_life, open_life, say, set_condition, shift
from remanu.release.events.bodies import (
    CameIn,
    CertificateRecord,
    Copied,
    DeclaredShare,
    Downgraded,
    Former,
    Hazards,
    Head,
    Issue,
    Issuer,
    Line,
    Manifest,
    OnSite,
    RecallReturned,
    Refused,
    Released,
    Restored,
    Revoked,
    SentBack,
    Submitted,
    Superseded,
    Unit,
    Voided,
)
from remanu.release.events.lives import STATE_ZERO_TIME, LifeLeft, LifeStatus, ZeroTimeStated
from remanu.release.events.reviews import (
    LIFT_REVIEW,
    REVIEW_RELEASE,
    Affected,
    ReleaseReviewed,
    ReviewLifted,
    end_reviews,
)
from remanu.release.models import CertificateNumber, Dossier, Finding, LostNumber, ReleaseCertificate
from remanu.rules import canonical as jcs

__all__ = [
    "DOWNGRADE",
    "DUPLICATE_COPY",
    "KINDS",
    "LIFT_REVIEW",
    "RECALL_RETURN",
    "REFUSE",
    "RELEASE",
    "RESTORE",
    "REVIEW_RELEASE",
    "REVOKE_RELEASE",
    "SEND_BACK",
    "STATE_ZERO_TIME",
    "SUBMIT",
    "SUPERSEDE",
    "VOID",
    "Affected",
    "Approval",
    "CameIn",
    "CertificateRecord",
    "Copied",
    "DeclaredShare",
    "Downgraded",
    "Former",
    "Hazards",
    "Head",
    "Issue",
    "Issuer",
    "LifeLeft",
    "LifeStatus",
    "Line",
    "Manifest",
    "OnSite",
    "RecallReturned",
    "Refused",
    "ReleaseReviewed",
    "Released",
    "Restored",
    "ReviewLifted",
    "Revoked",
    "SentBack",
    "Submitted",
    "Superseded",
    "Unit",
    "Voided",
    "ZeroTimeStated",
]


def _submit(tx: Tx, done: Recorded[Submitted]) -> None:
    b, manifest = done.body, done.body.manifest
    shift(tx, done, b.step)
    plain = encode(manifest)
    tx.execute(
        sa.insert(Dossier).values(
            **_of_case(done, b.step.case),
            id=b.dossier,
            state="submitted",
            digest=b.digest,
            claim_class=manifest.claim_class,
            targeted=manifest.targeted,
            warranty_days=manifest.warranty_days,
            balance=manifest.balance,
            lives=json.dumps(plain["lives"]) if "lives" in plain else None,
            on_site=json.dumps(plain["on_site"]) if "on_site" in plain else None,
            upgraded=json.dumps(plain["upgraded"]) if "upgraded" in plain else None,
            conceded=json.dumps(plain["conceded"]) if "conceded" in plain else None,
            scheme=manifest.scheme,
            seq=done.seq,
            submitted_at=done.at,
            **{name: json.dumps(plain[name]) for name in _LISTS},
        )
    )
    (_draft if b.reserved else _draft_again)(tx, done)


_LISTS = ("why_not_higher", "lines", "heads", "evidence", "came_in", "tests", "hazards", "concessions")


def _of_case(done: Recorded[Any], case: str) -> dict[str, Any]:
    return {"org_id": done.org_id, "item_id": done.subject.id, "case_id": case, "event_id": done.id}


def _draft(tx: Tx, done: Recorded[Submitted]) -> None:
    b = done.body
    _take_number(tx, done.org_id, b.no)
    tx.execute(
        sa.insert(ReleaseCertificate).values(
            **_of_case(done, b.step.case),
            id=b.certificate,
            no=b.no,
            number=b.number,
            life=b.life,
            claim_class=b.manifest.claim_class,
            warranty_days=b.manifest.warranty_days,
            state="DRAFT",
            drafted_at=done.at,
        )
    )


def _draft_again(tx: Tx, done: Recorded[Submitted]) -> None:
    b = done.body
    words = {"claim_class": b.manifest.claim_class, "warranty_days": b.manifest.warranty_days}
    _turn(tx, done, b.certificate, "DRAFT", **words, life=b.life)


def _take_number(tx: Tx, org_id: str, no: int) -> None:
    mine = CertificateNumber.org_id == org_id
    if tx.execute(sa.update(CertificateNumber).where(mine).values(last=no)).rowcount == 0:
        tx.execute(sa.insert(CertificateNumber).values(org_id=org_id, last=no))


def _turn(tx: Tx, done: Recorded[Any], certificate: str, source: str, **values: Any) -> None:
    """Change a certificate, guarded by the state it was seen in: the loser of a race gets Conflict."""
    turned = tx.execute(
        sa.update(ReleaseCertificate)
        .where(
            ReleaseCertificate.org_id == done.org_id,
            ReleaseCertificate.id == certificate,
            ReleaseCertificate.state == source,
        )
        .values(**values)
    ).rowcount
    if turned != 1:
        raise Conflict(why="state-changed", certificate=certificate)


def _end_dossier(tx: Tx, done: Recorded[Any], dossier: str, **values: Any) -> None:
    mine = (Dossier.org_id == done.org_id, Dossier.id == dossier)
    tx.execute(sa.update(Dossier).where(*mine).values(**values))


def _send_back(tx: Tx, done: Recorded[SentBack]) -> None:
    b = done.body
    shift(tx, done, b.step)
    _end_dossier(tx, done, b.dossier, state="sent_back")
    for finding, gate in zip(b.findings, b.gates, strict=True):
        values = {**_of_case(done, b.step.case), "id": finding, "gate": gate, "found_at": done.at}
        tx.execute(sa.insert(Finding).values(**values))


def _downgrade(tx: Tx, done: Recorded[Downgraded]) -> None:
    b = done.body
    shift(tx, done, b.step)
    _end_dossier(tx, done, b.dossier, claim_class=b.claim_class)
    _turn(tx, done, b.certificate, "DRAFT", claim_class=b.claim_class)


def _release(tx: Tx, done: Recorded[Released]) -> None:
    b = done.body
    shift(tx, done, b.step)
    _end_dossier(tx, done, b.dossier, state="released")
    _turn(tx, done, b.issue.certificate, "DRAFT", **_issued(done, b.issue))
    open_life(tx, done, n=b.issue.record.life, by=b.issue.certificate)
    set_condition(tx, done, "released")
    say(tx, done, "released")


def _issued(done: Recorded[Any], issue: Issue) -> dict[str, Any]:
    return {
        "state": "ISSUED",
        "claim_class": issue.record.claim_class,
        "warranty_days": issue.record.warranty_days,
        "record": jcs.encode(encode(issue.record)).decode(),
        "digest": issue.digest,
        "approval": jcs.encode(encode(issue.approval)).decode(),
        "authorisation": issue.authorisation,
        "signer_ref": issue.approval.signer,
        "event_id": done.id,
        "issued_at": done.at,
        "site": issue.record.site,
    }


def _supersede(tx: Tx, done: Recorded[Superseded]) -> None:
    b = done.body
    _turn(
        tx,
        done,
        b.former,
        "ISSUED",
        state="SUPERSEDED",
        superseded_by=b.issue.certificate,
        ended_at=done.at,
        reason=b.reason,
    )
    _take_number(tx, done.org_id, b.issue.no)
    tx.execute(
        sa.insert(ReleaseCertificate).values(
            **_of_case(done, b.case),
            id=b.issue.certificate,
            no=b.issue.no,
            number=b.issue.record.number,
            life=b.issue.record.life,
            drafted_at=done.at,
            supersedes=b.former,
            **{name: value for name, value in _issued(done, b.issue).items() if name != "event_id"},
        )
    )
    say(tx, done, b.says or "released")


def _void(tx: Tx, done: Recorded[Voided]) -> None:
    b = done.body
    _turn(tx, done, b.certificate, "DRAFT", state="VOID", ended_at=done.at, reason=b.reason)


def _duplicate_copy(tx: Tx, done: Recorded[Copied]) -> None:
    _turn(tx, done, done.body.certificate, "ISSUED", copies=done.body.copy)


def _revoke_release(tx: Tx, done: Recorded[Revoked]) -> None:
    b = done.body
    shift(tx, done, b.step)
    _turn(tx, done, b.certificate, "ISSUED", state="REVOKED", ended_at=done.at, reason=b.reason)
    end_reviews(tx, done, b.certificate, "revoked")
    set_condition(tx, done, "unreleased")
    say(tx, done, "revoked")


def _recall_return(tx: Tx, done: Recorded[RecallReturned]) -> None:
    shift(tx, done, done.body.step)
    close_life(tx, done)
    set_condition(tx, done, "as_received")
    say(tx, done, "in-process")


def _refuse(_tx: Tx, _done: Recorded[Refused]) -> None:
    """A refusal changes nothing; that it happened is the record."""


def _restore(tx: Tx, done: Recorded[Restored]) -> None:
    b = done.body
    if b.first is None:
        return
    lost = [
        {"no": no, "number": number, "org_id": done.org_id, "event_id": done.id, "lost_at": done.at}
        for no, number in enumerate(b.numbers, b.first)
    ]
    tx.execute(sa.insert(LostNumber), lost)
    _take_number(tx, done.org_id, b.last)


SUBMIT = Kind("release.submit", 4, Submitted, _submit, {1: unchanged, 2: unchanged, 3: unchanged})
SEND_BACK = Kind("release.send_back", 1, SentBack, _send_back)
DOWNGRADE = Kind("release.downgrade", 1, Downgraded, _downgrade)
RELEASE = Kind("release.release", 4, Released, _release, {1: unchanged, 2: unchanged, 3: unchanged})
SUPERSEDE = Kind("release.supersede", 4, Superseded, _supersede, {1: unchanged, 2: unchanged, 3: unchanged})
VOID = Kind("release.void", 1, Voided, _void)
DUPLICATE_COPY = Kind("release.duplicate_copy", 1, Copied, _duplicate_copy)
REVOKE_RELEASE = Kind("release.revoke_release", 2, Revoked, _revoke_release, {1: unchanged})
RECALL_RETURN = Kind("release.recall_return", 1, RecallReturned, _recall_return)
REFUSE = Kind("release.refuse", 1, Refused, _refuse)
RESTORE = Kind("release.restore", 1, Restored, _restore)
KINDS = (
    SUBMIT,
    SEND_BACK,
    DOWNGRADE,
    RELEASE,
    SUPERSEDE,
    VOID,
    DUPLICATE_COPY,
    REVOKE_RELEASE,
    RECALL_RETURN,
    REFUSE,
    RESTORE,
    REVIEW_RELEASE,
    LIFT_REVIEW,
    STATE_ZERO_TIME,
)
