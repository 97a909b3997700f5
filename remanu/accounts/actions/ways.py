"""By what people sign: passkeys that a second person confirms, one-time codes, and the organisation's policy."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from remanu import passkeys as passkey
from remanu.accounts import queries
from remanu.accounts.actions import members, vault
from remanu.accounts.actions.signing import keep_counter, require_factor, spend_factor
from remanu.accounts.events import signing as events
from remanu.accounts.models import Invitation
from remanu.clock import parse_stamp, stamp
from remanu.db import Tx
from remanu.errors import BadInput, Conflict, Damaged, Forbidden, NotFound, OwnWork
from remanu.keys import Keyring, encrypt
from remanu.ledger import seal
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, begin, record
from remanu.rules import canonical as jcs
from remanu.rules import onetime, signing, text, tokens
from remanu.rules.actor import Actor
from remanu.rules.signing import Proof, Site

RETIRED_BECAUSE = ("lost", "replaced", "left")
_NAME = 60
_REVOKED = ""
KEEPERS = frozenset({"admin", "quality"})
_SHOWN_FOR = timedelta(minutes=15)


def enrolment_challenge(keyring: Keyring, actor: Actor, at: str) -> bytes:
    """What a new passkey is asked to answer: made anew from who asks and when, so that nothing has to be kept."""
    return keyring.mac("enrol-passkey", f"{actor.org_id}:{actor.ref}:{at}".encode())


def register_passkey(
    tx: Tx, actor: Actor, *, name: str, answer: Mapping[str, str], site: Site
) -> Recorded[events.PasskeyRegistered]:
    """Keep the public key of one's own new passkey; it signs nothing before `confirm_passkey`.

    `answer` is what the browser sent: id, client, attestation, and the moment of the challenge. BadInput where the
    answer is none to our challenge, or the key is of a kind that cannot be checked.
    """
    act = begin(tx, actor, "accounts.register_passkey")
    require_factor(tx, actor, "accounts.register_passkey")
    called = text.clean_line("name", name, limit=_NAME)
    made = _verified(tx, actor, answer, site)
    if queries.passkey_behind(tx.connection, actor.org_id, made.credential) is not None:
        raise Conflict(why="passkey-known")
    body = events.PasskeyRegistered(
        passkey=tx.new_id(),
        name=called,
        credential=made.credential,
        key=made.key,
        rp_id=site.rp_id,
        copyable=made.copyable,
        counter=made.counter,
    )
    done = record(act, events.REGISTER_PASSKEY, subject(actor.org_id, actor.ref), body)
    keep_counter(tx, actor.org_id, body.passkey, body.counter)
    return done


def _verified(tx: Tx, actor: Actor, answer: Mapping[str, str], site: Site) -> events.PasskeyRegistered:
    # It reads every kind of attestation, and takes half a second to load; few requests come by here.
    import webauthn  # noqa: PLC0415 -- loaded when a passkey is made, not at every start
    from webauthn.helpers import cose, exceptions, structs  # noqa: PLC0415 -- the same

    try:
        at = parse_stamp(answer["at"])
        sent = {
            "id": answer["id"],
            "rawId": answer["id"],
            "type": "public-key",
            "response": {"clientDataJSON": answer["client"], "attestationObject": answer["attestation"]},
        }
        made = webauthn.verify_registration_response(
            credential=sent,
            expected_challenge=enrolment_challenge(tx.keyring, actor, answer["at"]),
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            require_user_verification=True,
            supported_pub_key_algs=[cose.COSEAlgorithmIdentifier.ECDSA_SHA_256, cose.COSEAlgorithmIdentifier.EDDSA],
        )
        passkey.public_key(made.credential_public_key)
    except (KeyError, ValueError, exceptions.WebAuthnException) as error:
        raise BadInput("answer", "not-a-passkey") from error
    if not timedelta(0) <= tx.now - at <= _SHOWN_FOR:
        raise BadInput("answer", "challenge-old")
    return events.PasskeyRegistered(
        passkey="",
        name="",
        credential=passkey.encoded(made.credential_id),
        key=passkey.encoded(made.credential_public_key),
        rp_id=site.rp_id,
        copyable=made.credential_device_type is structs.CredentialDeviceType.MULTI_DEVICE,
        counter=made.sign_count,
    )


def confirm_passkey(tx: Tx, actor: Actor, passkey_id: str) -> Recorded[events.PasskeyConfirmed]:
    """Confirm that a colleague's passkey is his: it may sign from now on. Nobody confirms his own."""
    act = begin(tx, actor, "accounts.confirm_passkey")
    row = queries.find_passkey(tx.connection, actor.org_id, passkey_id)
    if row.state != "registered":
        raise Conflict(why="passkey-settled")
    persons = queries.persons_of(tx.connection, actor.org_id, [actor.ref, row.ref])
    if persons[actor.ref] == persons[row.ref]:
        raise Forbidden(why="own-passkey")
    require_factor(tx, actor, "accounts.confirm_passkey")
    body = events.PasskeyConfirmed(passkey=row.id)
    return record(act, events.CONFIRM_PASSKEY, subject(actor.org_id, row.ref), body)


def retire_passkey(tx: Tx, actor: Actor, passkey_id: str, *, why: str) -> Recorded[events.PasskeyRetired]:
    """Let a passkey sign no more, at once: one's own, or as administrator or quality a colleague's (ASVS 6.5.6)."""
    act = begin(tx, actor, "accounts.retire_passkey")
    row = queries.find_passkey(tx.connection, actor.org_id, passkey_id)
    if row.ref != actor.ref and not actor.roles & KEEPERS:
        raise NotFound(what="passkey")
    if why not in RETIRED_BECAUSE:
        raise BadInput("why", "not-a-choice")
    if row.state == "retired":
        raise Conflict(why="already-retired")
    body = events.PasskeyRetired(passkey=row.id, why=why)
    return record(act, events.RETIRE_PASSKEY, subject(actor.org_id, row.ref), body)


def offer_code(keyring: Keyring, actor: Actor, now: datetime) -> tuple[bytes, str]:
    """A fresh secret for one-time codes, and the same sealed, to come back with the first code that it makes."""
    secret = os.urandom(onetime.SECRET)
    return secret, keyring.wrap(secret + stamp(now).encode(), name=f"code:{actor.person_id}").hex()


def offered(keyring: Keyring, actor: Actor, sealed: str, now: datetime) -> bytes:
    """The secret inside what `offer_code` sealed for this person; BadInput when it is another's, or too old."""
    try:
        plain = keyring.unwrap(bytes.fromhex(sealed), name=f"code:{actor.person_id}")
        at = parse_stamp(plain[onetime.SECRET :].decode())
    except (Damaged, ValueError) as error:
        raise BadInput("sealed", "challenge-old") from error
    if now - at > _SHOWN_FOR:
        raise BadInput("sealed", "challenge-old")
    return plain[: onetime.SECRET]


def enrol_code(tx: Tx, actor: Actor, *, sealed: str, code: str) -> Recorded[events.CodeEnrolled]:
    """Set up one's own one-time codes: the first code shows that the secret arrived.

    Who has codes already brings one of the old ones as well; who lost them needs a link of the administrator (6.4.3).
    """
    act = begin(tx, actor, "accounts.enrol_code")
    spend_factor(tx, actor)
    kept = queries.credential(tx.connection, actor.person_id, queries.CODE)
    if kept is not None and (actor.proof or Proof()).step is None:
        raise BadInput("code_factor", "code-link-needed" if kept.hash == _REVOKED else "required")
    secret = offered(tx.keyring, actor, sealed, tx.now)
    if onetime.matching(secret, code, tx.now) is None:
        raise BadInput("code", "wrong-code")
    person = queries.find_person(tx.connection, actor.org_id, actor.ref)
    key = seal.data_key(tx.connection, tx.keyring, person.key_ref)
    assert key is not None, "the person is here and acts"  # noqa: S101 -- for the type checker
    hidden = encrypt(key, secret, bound_to=queries.bound_to(person.id)).hex()
    vault.keep_secret(tx, person.id, queries.CODE, hidden)
    return record(act, events.ENROL_CODE, subject(actor.org_id, actor.ref), events.CodeEnrolled())


def reset_code(tx: Tx, actor: Actor, ref: str, *, token: str) -> Recorded[events.CodeReset]:
    """Stop a member's one-time codes at once, and make the one-time link by which he sets up new ones."""
    act = begin(tx, actor, "accounts.reset_code")
    if members.somebody_else(tx, actor, ref).state != "active":
        raise Conflict(why="not-active")
    require_factor(tx, actor, "accounts.reset_code")
    person = queries.find_person(tx.connection, actor.org_id, ref)
    vault.keep_secret(tx, person.id, queries.CODE, _REVOKED)
    one, expires = tx.new_id(), tx.now + members.INVITED_FOR
    tx.execute(
        sa.insert(Invitation).values(
            org_id=actor.org_id,
            id=one,
            roles="[]",
            member=ref,
            invited_by=actor.ref,
            expires_at=expires,
            token_digest=tokens.digest(token),
            purpose=queries.CODE,
        )
    )
    body = events.CodeReset(invitation=one, expires=stamp(expires))
    return record(act, events.RESET_CODE, subject(actor.org_id, ref), body)


def propose_policy(tx: Tx, actor: Actor, *, ways: Mapping[str, str]) -> Recorded[events.PolicyProposed]:
    """Propose by what each part of the organisation's acts is signed; it holds once somebody else approves it."""
    act = begin(tx, actor, "accounts.propose_policy")
    signing.check_policy(ways)
    if dict(ways) == queries.policy_of(tx.connection, actor.org_id):
        raise Conflict(why="policy-same")
    body = events.PolicyProposed(policy=tx.new_id(), ways=dict(ways))
    return record(act, events.PROPOSE_POLICY, subject(actor.org_id, actor.org_id), body)


def approve_policy(tx: Tx, actor: Actor, policy_id: str) -> Recorded[events.PolicyApproved]:
    """Put a proposed policy in force; OwnWork for whoever proposed it."""
    act, row = _proposed(tx, actor, policy_id, "accounts.approve_policy")
    persons = queries.persons_of(tx.connection, actor.org_id, [actor.ref, row.proposed_by])
    if persons[actor.ref] == persons[row.proposed_by]:
        raise OwnWork(acts=["propose_policy"])
    _check_entry(tx, actor.org_id, row)
    require_factor(tx, actor, "accounts.approve_policy")
    body = events.PolicyApproved(policy=row.id)
    return record(act, events.APPROVE_POLICY, subject(actor.org_id, actor.org_id), body)


def _check_entry(tx: Tx, org_id: str, row: queries.Row) -> None:
    """Conflict where signing in would shut an administrator out: nobody could hand out the links that let people in."""
    if not signing.takes_second(jcs.decode(row.ways.encode())):
        return
    for ref in sorted(queries.administrators(tx.connection, org_id)):
        home = queries.find_ref(tx.connection, org_id, ref)
        ways = queries.ways_of(tx.connection, org_id, ref, home.person_id)
        if not ways.code and not ways.passkeys:
            raise Conflict(why="administrator-without-second")


def withdraw_policy(tx: Tx, actor: Actor, policy_id: str) -> Recorded[events.PolicyWithdrawn]:
    """Give up a proposed policy."""
    act, row = _proposed(tx, actor, policy_id, "accounts.withdraw_policy")
    body = events.PolicyWithdrawn(policy=row.id)
    return record(act, events.WITHDRAW_POLICY, subject(actor.org_id, actor.org_id), body)


def _proposed(tx: Tx, actor: Actor, policy_id: str, kind: str) -> tuple[Act, queries.Row]:
    act = begin(tx, actor, kind)
    row = queries.find_policy(tx.connection, actor.org_id, policy_id)
    if row.state != "proposed":
        raise Conflict(why="policy-settled")
    return act, row
