"""Effects that are no events: persons in the vault, what they prove themselves by, sessions and tries."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from remanu.accounts import queries
from remanu.accounts.models import Attempt, Credential, Person, Session
from remanu.db import Base, Tx
from remanu.errors import BadInput
from remanu.keys import encrypt
from remanu.ledger import seal
from remanu.rules import canonical as jcs
from remanu.rules import passwords, text, tokens

LIMIT = 120
_SALT = 32


def keep(tx: Tx, table: type[Base], **values: Any) -> None:
    """Insert a vault row with its check value, so that `verify` can name a flipped bit."""
    mac = seal.mac_of(tx.keyring, table.__tablename__, values)
    tx.execute(sa.insert(table).values(mac=mac, **values))


def keep_person(tx: Tx, *, login: str, name: str, same_as: str | None = None) -> str:
    """A new person with a key of his own: returns the id; BadInput when the login is taken."""
    known, called = (text.clean_line(*one, limit=LIMIT) for one in (("login", login), ("name", name)))
    if queries.by_login(tx.connection, tx.keyring, known) is not None:
        raise BadInput("login", "login-taken")
    person, key_ref = tx.new_id(), seal.make_key(tx)
    plain = jcs.encode({"login": known, "name": called, "salt": os.urandom(_SALT).hex()})
    keep(
        tx,
        Person,
        id=person,
        key_ref=key_ref,
        sealed_name=encrypt(_key(tx, key_ref), plain, bound_to=person.encode()),
        login_digest=queries.login_digest(tx.keyring, known),
        same_as=same_as,
    )
    return person


def _key(tx: Tx, key_ref: str) -> bytes:
    key = seal.data_key(tx.connection, tx.keyring, key_ref)
    assert key is not None, "made a moment ago in this transaction"  # noqa: S101 -- for the type checker
    return key


def keep_secret(tx: Tx, person_id: str, kind: str, secret: str) -> None:
    """Replace a person's password, PIN or badge."""
    tx.execute(sa.delete(Credential).where(Credential.person_id == person_id, Credential.kind == kind))
    keep(tx, Credential, person_id=person_id, kind=kind, hash=secret, changed_at=tx.now)


def open_session(tx: Tx, home: queries.Row, *, device_id: str | None = None) -> str:
    """A live session of a `person_ref` row; returns its token of 256 random bits, kept only as a digest."""
    token = secrets.token_urlsafe(32)
    tx.execute(
        sa.insert(Session).values(
            token_digest=tokens.digest(token),
            person_id=home.person_id,
            org_id=home.org_id,
            ref=home.ref,
            device_id=device_id,
            created_at=tx.now,
            seen_at=tx.now,
        )
    )
    return token


def end_sessions(tx: Tx, *which: sa.ColumnElement[bool]) -> int:
    """End the live sessions among these; returns how many there were."""
    ended = sa.update(Session).where(*which, Session.ended_at.is_(None)).values(ended_at=tx.now)
    return tx.execute(ended).rowcount


def note_try(tx: Tx, tries: queries.Tries, *, ok: bool) -> None:
    """Remember one try under each of its keys, and forget those of yesterday."""
    tx.execute(sa.delete(Attempt).where(Attempt.at < tx.now - queries.MEMORY))
    rows = [{"key_digest": key, "id": tx.new_id(), "at": tx.now, "ok": ok} for key in tries.keys]
    tx.execute(sa.insert(Attempt), rows)


@lru_cache
def _hasher(cost: str) -> PasswordHasher:
    if cost == "cheap":
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


@lru_cache
def _nobody(cost: str) -> str:
    return _hasher(cost).hash(secrets.token_hex())


def hashed(password: str, *, login: str, cost: str) -> str:
    """The argon2id text of a new password; BadInput when it is too short, too common or like the login.

    `cost` is `config.password_cost`. Slow by design: call it outside a transaction.
    """
    passwords.check(password, login=login)
    return _hasher(cost).hash(password)


def hashed_pin(pin: str, *, cost: str) -> str:
    """The argon2id text of a new PIN; BadInput when it is not 6 to 12 digits or easily guessed."""
    passwords.check_pin(pin)
    return _hasher(cost).hash(pin)


def proved(kept: queries.Row | None, given: str, *, cost: str) -> str | None:
    """The person whose kept secret this is, else None: in the time of one hash either way (ASVS 6.3.8)."""
    try:
        right = _hasher(cost).verify(_nobody(cost) if kept is None else kept.hash, given)
    except (VerificationError, InvalidHashError):
        return None
    return kept.person_id if kept is not None and right else None
