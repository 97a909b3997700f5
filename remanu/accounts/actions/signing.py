"""Taking a signature: what exactly is signed, by what the person proves himself, and what stays of it (T-R7, T-R8).

`signature` is the one place through which every signed act goes. It asks the organisation's policy, checks a passkey's
assertion against the approval, spends codes and nonces, and returns what the event carries.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import structlog

from remanu import passkeys as passkey
from remanu.accounts import queries
from remanu.accounts.actions import vault
from remanu.accounts.events.signing import REFUSE_SIGNATURE, Approval, Evidence, Signature, SignatureRefusal
from remanu.accounts.models import PasskeyUse, Session, SpentProof
from remanu.clock import parse_stamp, stamp
from remanu.db import Database, Tx
from remanu.errors import Asked, BadInput, FactorNeeded, Refusal, SignatureRefused
from remanu.keys import Keyring
from remanu.ledger.body import encode
from remanu.ledger.kinds import subject
from remanu.ledger.record import Act, begin, record
from remanu.rules import canonical as jcs
from remanu.rules import signing
from remanu.rules.actor import Actor, require_fresh
from remanu.rules.signing import Assertion, Proof, Site, Ticket

COMMAND = "command"
STATES = {"registered": "not-confirmed", "doubted": "passkey-doubted", "retired": "passkey-retired"}
_KEPT = timedelta(days=1)
_log = structlog.get_logger("remanu")


def signature(act: Act, kind: str, *, meaning: str, record: str, action: str | None = None) -> Signature:
    """The person's signature under a record, for the event of a signed act of this `kind`.

    `meaning` is the sentence that is signed, `record` the SHA-256 of what was shown. FactorNeeded, with what would be
    signed, where nothing or something too weak proves the person; SignatureRefused where a passkey's assertion does
    not hold; BadInput for a code that was used before. The policy of the organisation says what is strong enough.
    """
    verb = action or kind.partition(".")[2]
    proof = act.actor.proof or Proof()
    if proof.assertion is not None and proof.ticket is not None:
        approval = _approval(act, verb, meaning, record, at=proof.ticket.at, nonce=proof.ticket.nonce)
        return Signature(approval=approval, evidence=_by_passkey(act.tx, act.actor, approval, proof))
    approval = _approval(act, verb, meaning, record, at=stamp(act.at), nonce=secrets.token_hex(16))
    least = signing.wanted(queries.policy_of(act.tx.connection, act.actor.org_id), kind)
    if proof.asking:
        raise Asked(wanted=least, **_to_sign(act, approval, proof))
    if not _is_fresh(act) or not signing.enough(proof.method, least):
        raise FactorNeeded(wanted=least, **_to_sign(act, approval, proof))
    _spend_code(act.tx, act.actor, proof)
    return Signature(
        approval=approval, evidence=Evidence(method=proof.method, continued=proof.continued or None)
    )


def digest_of(body: object) -> str:
    """The SHA-256 of what an event would say without its signature, as hex: what is signed where no paper is drawn."""
    return jcs.commitment(jcs.encode(encode(body))).hex()


def require_factor(tx: Tx, actor: Actor, kind: str) -> None:
    """FactorNeeded unless a fresh factor as strong as the policy asks came with an act that shows no record (T-R8)."""
    require_fresh(actor, tx.now)
    if actor.ref == COMMAND:
        return
    proof = actor.proof or Proof()
    least = signing.wanted(queries.policy_of(tx.connection, actor.org_id), kind)
    if not signing.enough(proof.method, least):
        raise FactorNeeded(wanted=least)
    _spend_code(tx, actor, proof)


def require_beside(tx: Tx, beside: Actor, kind: str) -> None:
    """FactorNeeded unless the second person gave what the policy asks of whoever stands beside; his code is spent."""
    require_fresh(beside, tx.now)
    proof = beside.proof or Proof()
    least = signing.wanted_beside(queries.policy_of(tx.connection, beside.org_id), kind)
    if not signing.enough(proof.method, least):
        raise FactorNeeded(wanted=least)
    _spend_code(tx, beside, proof)


def spend_factor(tx: Tx, actor: Actor) -> None:
    """A fresh factor of any strength, for what concerns the person alone; a code that came with it is spent."""
    require_fresh(actor, tx.now)
    _spend_code(tx, actor, actor.proof or Proof())


def _is_fresh(act: Act) -> bool:
    until = act.actor.fresh_until
    return until is not None and until >= act.tx.now


def _approval(act: Act, action: str, meaning: str, record: str, *, at: str, nonce: str) -> Approval:
    """Act, meaning and digest in one object, with a nonce that makes it one of its kind."""
    named = queries.named(act.tx.connection, act.tx.keyring, act.actor.org_id, act.actor.ref)
    return Approval(
        v=1,
        action=action,
        meaning=meaning,
        record=record,
        role=act.role,
        signer=act.actor.ref,
        name="" if named is None else named.commitment(act.actor.ref),
        at=at,
        nonce=nonce,
    )


def _to_sign(act: Act, approval: Approval, proof: Proof) -> dict[str, Any]:
    """What a browser needs to let a passkey sign; nothing where the person only typed too little."""
    if not proof.asking or proof.site is None:
        return {}
    keys = queries.passkeys_of(act.tx.connection, act.actor.org_id, act.actor.ref)
    said = encode(approval)
    return {
        "approval": said,
        "challenge": passkey.encoded(passkey.challenge_of(said)),
        "tag": _tag(act.tx.keyring, said),
        "rp_id": proof.site.rp_id,
        "passkeys": [one.credential for one in keys if one.state == "active"],
    }


def _tag(keyring: Keyring, approval: Mapping[str, Any]) -> str:
    return keyring.mac("approval", jcs.encode(dict(approval))).hex()


def _by_passkey(tx: Tx, actor: Actor, approval: Approval, proof: Proof) -> Evidence:
    one, ticket, site = proof.assertion, proof.ticket, proof.site
    assert one is not None, "whoever calls looked"  # noqa: S101 -- for the type checker
    if ticket is None or site is None:
        raise SignatureRefused(why="not-an-assertion")
    _check_ticket(tx, approval, ticket)
    row = usable_passkey(tx, actor.org_id, actor.ref, credential=one.credential, site=site)
    found = passkey.faults(
        one,
        passkey.decoded(row.key),
        challenge=passkey.challenge_of(encode(approval)),
        origin=site.origin,
        rp_id=site.rp_id,
    )
    if found:
        raise SignatureRefused(why=found[0])
    if not spend(tx, f"nonce:{approval.nonce}"):
        raise SignatureRefused(why="replayed")
    count_use(tx, row, passkey.counter_of(one.authenticator))
    return _evidence(row, one, site)


def _check_ticket(tx: Tx, approval: Approval, ticket: Ticket) -> None:
    """The server itself said this challenge, for this content and no other, a moment ago."""
    if not hmac.compare_digest(_tag(tx.keyring, encode(approval)).encode(), ticket.tag.encode()):
        raise SignatureRefused(why="other-content")
    if not timedelta(0) <= tx.now - parse_stamp(ticket.at) <= signing.TICKET_FOR:
        raise SignatureRefused(why="challenge-old")


def usable_passkey(tx: Tx, org_id: str, ref: str, *, credential: str, site: Site) -> queries.Row:
    """This member's own confirmed passkey for this site; SignatureRefused where it is none."""
    row = queries.passkey_behind(tx.connection, org_id, credential)
    if row is None or row.ref != ref:
        raise SignatureRefused(why="not-your-passkey")
    if row.state in STATES:
        raise SignatureRefused(why=STATES[row.state])
    if row.rp_id != site.rp_id:
        raise SignatureRefused(why="wrong-site")
    return row


def count_use(tx: Tx, row: queries.Row, counter: int) -> None:
    """Remember how far the passkey's counter has come; SignatureRefused where it went back."""
    if passkey.went_back(row.counter, counter):
        raise SignatureRefused(why="counter-went-back", doubts=row.id)
    keep_counter(tx, row.org_id, row.id, counter)


def keep_counter(tx: Tx, org_id: str, passkey_id: str, counter: int) -> None:
    """Remember how far a passkey's counter has come."""
    mine = (PasskeyUse.org_id == org_id, PasskeyUse.passkey_id == passkey_id)
    values = {"counter": counter, "used_at": tx.now}
    if tx.execute(sa.update(PasskeyUse).where(*mine).values(**values)).rowcount == 0:
        tx.execute(sa.insert(PasskeyUse).values(org_id=org_id, passkey_id=passkey_id, **values))


def _evidence(row: queries.Row, one: Assertion, site: Site) -> Evidence:
    return Evidence(
        method="passkey",
        passkey=row.id,
        credential=row.credential,
        key=row.key,
        rp_id=site.rp_id,
        origin=site.origin,
        authenticator=passkey.encoded(one.authenticator),
        client=passkey.encoded(one.client),
        signature=passkey.encoded(one.signature),
    )


def _spend_code(tx: Tx, actor: Actor, proof: Proof) -> None:
    """Use a one-time code up, and let the session go on with one component for a quarter of an hour (T-R8)."""
    if proof.step is None:
        return
    if not spend(tx, f"code:{actor.person_id}:{proof.step}"):
        raise BadInput("code_factor", "code-used")
    if proof.session is not None:
        live = (Session.token_digest == proof.session, Session.ended_at.is_(None))
        tx.execute(sa.update(Session).where(*live).values(full_until=tx.now + signing.ALONE_FOR))


def spend(tx: Tx, what: str) -> bool:
    """Whether it was good still; of two who come at once one breaks the key and is sent round again."""
    if queries.is_spent(tx.connection, tx.keyring, what):
        return False
    tx.execute(sa.delete(SpentProof).where(SpentProof.at < tx.now - _KEPT))
    tx.execute(sa.insert(SpentProof).values(digest=queries.spent_digest(tx.keyring, what), at=tx.now))
    return True


def remember_failure(database: Database, actor: Actor, kind: str, problem: Refusal) -> None:
    """After a signature that did not hold was rolled back: record it, and call out the fifth in ten minutes (T-R17)."""
    field, why = str(problem.details.get("field", "")), str(problem.details.get("why", ""))
    by_passkey = isinstance(problem, SignatureRefused)
    if not by_passkey and not (isinstance(problem, BadInput) and field in signing.FACTORS):
        return
    doubts = problem.details.get("doubts")
    body = SignatureRefusal(action=kind, reason=why, doubts=None if doubts is None else str(doubts))

    def work(tx: Tx) -> int:
        tries = factor_tries(tx.keyring, actor)
        if by_passkey:
            vault.note_try(tx, tries, ok=False)
        act = begin(tx, actor, "accounts.refuse_signature")
        record(act, REFUSE_SIGNATURE, subject(actor.org_id, actor.ref), body)
        return queries.failures(tx.connection, tries, since=tx.now - signing.ALERT_WITHIN) + (not by_passkey)

    if database.transact(work) >= signing.ALERT_AFTER:
        _log.warning("signatures fail", ref=actor.ref, action=kind, why=why)


def factor_tries(keyring: Keyring, actor: Actor) -> queries.Tries:
    """Under what a person's tries to prove himself are counted."""
    return queries.try_keys(keyring, f"factor:{actor.person_id}")
