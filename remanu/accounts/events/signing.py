"""What can happen to the ways by which people sign, and what a signature leaves in the event that it is part of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.accounts.models import Passkey, SigningPolicy
from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.rules.signing import all_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What one person signed: the act, its meaning in a sentence and the digest of the record.

    `name` is the commitment to the signer's name, not the name. The SHA-256 of these canonical bytes is the challenge
    that a passkey answers.
    """

    v: int
    action: str
    meaning: str
    record: str
    role: str
    signer: str
    name: str
    at: str
    nonce: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """By what the signer proved himself; with a passkey all that anybody needs to check it (base64url throughout).

    `passkey` is the registered key's id, `key` its COSE public key, `authenticator`, `client` and `signature` are the
    assertion. `continued` says that one component was enough, because both came a short time before (T-R8).
    """

    method: str
    continued: bool | None = None
    passkey: str | None = None
    credential: str | None = None
    key: str | None = None
    rp_id: str | None = None
    origin: str | None = None
    authenticator: str | None = None
    client: str | None = None
    signature: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature as it stands in the event of a signed act: what was approved, and the evidence for it (T-R7)."""

    approval: Approval
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyRegistered:
    """A member brought a passkey; it signs nothing before somebody else confirms that it is his."""

    passkey: str
    name: str
    credential: str
    key: str
    rp_id: str
    copyable: bool
    counter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyConfirmed:
    """A second person confirmed whose passkey it is."""

    passkey: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyRetired:
    """A passkey signs no more; what it signed stays signed, and its public key stays."""

    passkey: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeEnrolled:
    """A member set up one-time codes; the secret stands nowhere in the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeReset:
    """An administrator made a one-time link by which a member who lost his codes sets up new ones."""

    invitation: str
    expires: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyProposed:
    """By what each part of the organisation's acts is to be signed, once somebody else approves it."""

    policy: str
    ways: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyApproved:
    """A second person put a proposed policy in force."""

    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyWithdrawn:
    """A proposed policy is given up."""

    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRefusal:
    """A signature was given that does not hold (T-R17): for which act, and why; `doubts` is a passkey that is now."""

    action: str
    reason: str
    doubts: str | None = None


def _register_passkey(tx: Tx, done: Recorded[PasskeyRegistered]) -> None:
    b = done.body
    tx.execute(
        sa.insert(Passkey).values(
            org_id=done.org_id,
            id=b.passkey,
            ref=done.subject.id,
            name=b.name,
            credential=b.credential,
            key=b.key,
            rp_id=b.rp_id,
            copyable=b.copyable,
            state="registered",
            registered_at=done.at,
        )
    )


def _confirm_passkey(tx: Tx, done: Recorded[PasskeyConfirmed]) -> None:
    _turn(tx, done, done.body.passkey, state="active", confirmed_at=done.at, confirmed_by=done.actor_ref)


def _retire_passkey(tx: Tx, done: Recorded[PasskeyRetired]) -> None:
    _turn(tx, done, done.body.passkey, state="retired", retired_at=done.at)


def _turn(tx: Tx, done: Recorded[Any], passkey: str, **values: Any) -> None:
    mine = (Passkey.org_id == done.org_id, Passkey.id == passkey)
    tx.execute(sa.update(Passkey).where(*mine).values(**values))


def _nothing(_tx: Tx, _done: Recorded[Any]) -> None:
    """Changes no view: the vault and the links are not made from events; that it happened is the record."""


def begin_policy(tx: Tx, done: Recorded[Any], method: str) -> None:
    """The policy with which an organisation begins."""
    _propose(tx, done, done.id, all_by(method), state="in_force")


def _propose_policy(tx: Tx, done: Recorded[PolicyProposed]) -> None:
    _propose(tx, done, done.body.policy, done.body.ways, state="proposed")


def _propose(tx: Tx, done: Recorded[Any], policy: str, ways: dict[str, str], *, state: str) -> None:
    tx.execute(
        sa.insert(SigningPolicy).values(
            org_id=done.org_id,
            id=policy,
            ways=json.dumps(ways, sort_keys=True),
            state=state,
            proposed_by=done.actor_ref,
            proposed_at=done.at,
        )
    )


def _approve_policy(tx: Tx, done: Recorded[PolicyApproved]) -> None:
    former = (SigningPolicy.org_id == done.org_id, SigningPolicy.state == "in_force")
    tx.execute(sa.update(SigningPolicy).where(*former).values(state="former"))
    _decide(tx, done, done.body.policy, "in_force")


def _withdraw_policy(tx: Tx, done: Recorded[PolicyWithdrawn]) -> None:
    _decide(tx, done, done.body.policy, "withdrawn")


def _decide(tx: Tx, done: Recorded[Any], policy: str, state: str) -> None:
    mine = (SigningPolicy.org_id == done.org_id, SigningPolicy.id == policy)
    decided = {"state": state, "decided_by": done.actor_ref, "decided_at": done.at}
    tx.execute(sa.update(SigningPolicy).where(*mine).values(**decided))


def _refuse_signature(tx: Tx, done: Recorded[SignatureRefusal]) -> None:
    if done.body.doubts is not None:
        _turn(tx, done, done.body.doubts, state="doubted")


REGISTER_PASSKEY = Kind("accounts.register_passkey", 1, PasskeyRegistered, _register_passkey)
CONFIRM_PASSKEY = Kind("accounts.confirm_passkey", 1, PasskeyConfirmed, _confirm_passkey)
RETIRE_PASSKEY = Kind("accounts.retire_passkey", 1, PasskeyRetired, _retire_passkey)
ENROL_CODE = Kind("accounts.enrol_code", 1, CodeEnrolled, _nothing)
RESET_CODE = Kind("accounts.reset_code", 1, CodeReset, _nothing)
PROPOSE_POLICY = Kind("accounts.propose_policy", 1, PolicyProposed, _propose_policy)
APPROVE_POLICY = Kind("accounts.approve_policy", 1, PolicyApproved, _approve_policy)
WITHDRAW_POLICY = Kind("accounts.withdraw_policy", 1, PolicyWithdrawn, _withdraw_policy)
REFUSE_SIGNATURE = Kind("accounts.refuse_signature", 1, SignatureRefusal, _refuse_signature)
KINDS: tuple[Kind[Any], ...] = (
    REGISTER_PASSKEY,
    CONFIRM_PASSKEY,
    RETIRE_PASSKEY,
    ENROL_CODE,
    RESET_CODE,
    PROPOSE_POLICY,
    APPROVE_POLICY,
    WITHDRAW_POLICY,
    REFUSE_SIGNATURE,
)
