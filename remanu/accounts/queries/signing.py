"""Reading by what people sign: passkeys, one-time codes, and the organisation's policy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Attempt, Credential, Passkey, PasskeyUse, Person, SigningPolicy, SpentProof
from remanu.accounts.queries.people import Row
from remanu.accounts.queries.sessions import Tries
from remanu.errors import NotFound
from remanu.keys import Keyring, decrypt
from remanu.ledger.models import VaultKey

CODE = "code"
_POLICY = sa.select(SigningPolicy.ways).where(
    SigningPolicy.org_id == sa.bindparam("org_id"), SigningPolicy.state == "in_force"
)
_SIGNING = (
    sa.select(Passkey.__table__, sa.func.coalesce(PasskeyUse.counter, 0).label("counter"))
    .outerjoin(PasskeyUse, sa.and_(PasskeyUse.org_id == Passkey.org_id, PasskeyUse.passkey_id == Passkey.id))
    .where(Passkey.org_id == sa.bindparam("org_id"), Passkey.credential == sa.bindparam("credential"))
)
_SECRET = (
    sa.select(Credential.hash, Person.key_ref, VaultKey.wrapped)
    .join(Person, Person.id == Credential.person_id)
    .join(VaultKey, VaultKey.ref == Person.key_ref)
    .where(Credential.person_id == sa.bindparam("person_id"), Credential.kind == CODE)
)


@dataclass(frozen=True, slots=True)
class Ways:
    """By what one person can sign: the organisation's policy, his usable passkeys, whether he has one-time codes."""

    policy: Mapping[str, str]
    passkeys: tuple[Row, ...]
    code: bool


def policy_of(connection: Connection, org_id: str) -> dict[str, str]:
    """By what each part of the organisation's acts is signed; empty where it never said, and then a password does."""
    ways = connection.execute(_POLICY, {"org_id": org_id}).scalar()
    return {} if ways is None else dict(json.loads(ways))


def ways_of(connection: Connection, org_id: str, ref: str, person_id: str) -> Ways:
    """What a page that asks for a signature has to know."""
    usable = tuple(one for one in passkeys_of(connection, org_id, ref) if one.state == "active")
    enrolled = sa.select(sa.literal(1)).where(
        Credential.person_id == person_id, Credential.kind == CODE, Credential.hash != ""
    )
    return Ways(policy_of(connection, org_id), usable, connection.execute(enrolled).first() is not None)


def passkeys_of(connection: Connection, org_id: str, ref: str) -> list[Row]:
    """Every passkey of a member, the newest first; retired ones stay."""
    mine = (Passkey.org_id == org_id, Passkey.ref == ref)
    return list(connection.execute(sa.select(Passkey.__table__).where(*mine).order_by(Passkey.id.desc())))


def waiting_passkeys(connection: Connection, org_id: str) -> list[Row]:
    """Passkeys that nobody confirmed yet, the oldest first."""
    mine = (Passkey.org_id == org_id, Passkey.state == "registered")
    return list(connection.execute(sa.select(Passkey.__table__).where(*mine).order_by(Passkey.id)))


def find_passkey(connection: Connection, org_id: str, passkey_id: str) -> Row:
    """One passkey of the organisation; NotFound otherwise."""
    mine = (Passkey.org_id == org_id, Passkey.id == passkey_id)
    row = connection.execute(sa.select(Passkey.__table__).where(*mine)).first()
    if row is None:
        raise NotFound(what="passkey")
    return row


def passkey_behind(connection: Connection, org_id: str, credential: str) -> Row | None:
    """The passkey with this credential id, and how far its counter had come."""
    return connection.execute(_SIGNING, {"org_id": org_id, "credential": credential}).first()


def policies(connection: Connection, org_id: str) -> list[Row]:
    """Every policy that was proposed or in force, the newest first."""
    chosen = sa.select(SigningPolicy.__table__).where(SigningPolicy.org_id == org_id)
    return list(connection.execute(chosen.order_by(SigningPolicy.id.desc())))


def find_policy(connection: Connection, org_id: str, policy_id: str) -> Row:
    """One policy of the organisation; NotFound otherwise."""
    mine = (SigningPolicy.org_id == org_id, SigningPolicy.id == policy_id)
    row = connection.execute(sa.select(SigningPolicy.__table__).where(*mine)).first()
    if row is None:
        raise NotFound(what="policy")
    return row


def code_secret(connection: Connection, keyring: Keyring, person_id: str) -> bytes | None:
    """The secret behind a person's one-time codes, or None where there are none."""
    row = connection.execute(_SECRET, {"person_id": person_id}).first()
    if row is None or not row.hash:
        # What is empty was stopped by an administrator.
        return None
    key = keyring.unwrap(row.wrapped, name=row.key_ref)
    return decrypt(key, bytes.fromhex(row.hash), bound_to=bound_to(person_id))


def bound_to(person_id: str) -> bytes:
    """What the sealed secret of a person's codes is bound to."""
    return f"code:{person_id}".encode()


def spent_digest(keyring: Keyring, what: str) -> str:
    """The keyed digest under which a used code or nonce is kept."""
    return keyring.mac("spent", what.encode()).hex()


def is_spent(connection: Connection, keyring: Keyring, what: str) -> bool:
    """Whether this code or nonce was used before."""
    kept = SpentProof.digest == spent_digest(keyring, what)
    return connection.execute(sa.select(sa.literal(1)).where(kept)).first() is not None


def failures(connection: Connection, tries: Tries, *, since: datetime) -> int:
    """How often somebody failed to prove who he is since this moment."""
    failed = sa.literal(value=False, type_=Attempt.ok.type)
    mine = (Attempt.key_digest == tries.account, Attempt.ok == failed, Attempt.at > since)
    return int(connection.execute(sa.select(sa.func.count()).select_from(Attempt).where(*mine)).scalar_one())
