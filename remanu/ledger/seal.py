"""Sealed documents: the private fields of an event, readable only while their key lives."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from remanu.clock import stamp
from remanu.db import Base, Flag, Tx
from remanu.errors import Damaged
from remanu.ids import reference
from remanu.keys import Keyring, decrypt, encrypt
from remanu.ledger import raw
from remanu.ledger.models import Sealed, VaultKey
from remanu.rules import canonical as jcs

_ORGANISATION = "org:"
_MAC = "mac"
_KEY = sa.select(VaultKey.wrapped).where(VaultKey.ref == sa.bindparam("ref"))
_SEALED = sa.select(Sealed.ciphertext, Sealed.key_ref).where(
    Sealed.org_id == sa.bindparam("org_id"), Sealed.event_id == sa.bindparam("event_id")
)


def make_key(tx: Tx) -> str:
    """A new data key in the vault; returns its reference."""
    ref = reference()
    tx.execute(sa.insert(VaultKey).values(ref=ref, wrapped=tx.keyring.wrap(os.urandom(32), name=ref)))
    return ref


def organisation_key(org_id: str) -> str:
    """Reference of an organisation's own key; it is derived from the master key and has no row."""
    return _ORGANISATION + org_id


def data_key(connection: sa.Connection, keyring: Keyring, ref: str) -> bytes | None:
    """The data key, or None where it was destroyed; Damaged where it was altered."""
    if ref.startswith(_ORGANISATION):
        return keyring.mac(ref, b"data key")
    wrapped = connection.execute(_KEY, {"ref": ref}).scalar()
    return None if wrapped is None else keyring.unwrap(wrapped, name=ref)


def put(tx: Tx, *, org_id: str, event_id: str, key_ref: str, private: bytes) -> None:
    """Store the private bytes of an event, encrypted and bound to that event."""
    key = data_key(tx.connection, tx.keyring, key_ref)
    if key is None:
        raise Damaged(what="vault key", why="missing", ref=key_ref)
    ciphertext = encrypt(key, private, bound_to=_binding(org_id, event_id))
    tx.execute(
        sa.insert(Sealed).values(org_id=org_id, event_id=event_id, ciphertext=ciphertext, key_ref=key_ref)
    )


def open_sealed(connection: sa.Connection, keyring: Keyring, *, org_id: str, event_id: str) -> Any | None:
    """The private fields of an event, or None where there are none or their key was destroyed."""
    row = connection.execute(_SEALED, {"org_id": org_id, "event_id": event_id}).first()
    key = None if row is None else data_key(connection, keyring, row.key_ref)
    if row is None or key is None:
        return None
    return jcs.decode(unlock(key, row.ciphertext, org_id=org_id, event_id=event_id))


def open_all(
    connection: sa.Connection, keyring: Keyring, org_id: str, event_ids: Sequence[str]
) -> dict[str, Any]:
    """The private fields of many events of one organisation, by event; those whose key was destroyed are left out."""
    chosen = sa.select(Sealed.event_id, Sealed.ciphertext, Sealed.key_ref).where(
        Sealed.org_id == org_id, Sealed.event_id.in_(event_ids)
    )
    found = {}
    for row in connection.execute(chosen).all() if event_ids else ():
        key = data_key(connection, keyring, row.key_ref)
        if key is not None:
            plain = unlock(key, row.ciphertext, org_id=org_id, event_id=row.event_id)
            found[row.event_id] = jcs.decode(plain)
    return found


def unlock(key: bytes, ciphertext: bytes, *, org_id: str, event_id: str) -> bytes:
    """The private bytes of an event; Damaged when key, bytes or event are not those they were sealed with."""
    return decrypt(key, ciphertext, bound_to=_binding(org_id, event_id))


def destroy(tx: Tx, ref: str) -> None:
    """Destroy a key and everything that only it could open; proofs over the events still hold."""
    tx.execute(sa.delete(Sealed).where(Sealed.key_ref == ref))
    tx.execute(sa.delete(VaultKey).where(VaultKey.ref == ref))


def forget(tx: Tx, ref: str, *, org_id: str) -> None:
    """Remove one organisation's documents under a key that still serves another organisation."""
    tx.execute(sa.delete(Sealed).where(Sealed.key_ref == ref, Sealed.org_id == org_id))


def mac_of(keyring: Keyring, table: str, values: Mapping[str, Any]) -> bytes:
    """The check value of a vault row over all its other columns, so that a flipped bit can be named."""
    plain = {name: _plain(value) for name, value in values.items() if name != _MAC}
    return keyring.mac(f"vault:{table}", jcs.encode(plain))


def altered(connection: sa.Connection, keyring: Keyring) -> Iterator[tuple[str, str]]:
    """Vault rows that are not what was written: table and primary key of each; every row is read."""
    for table in Base.metadata.sorted_tables:
        if table.info.get("class") == "vault" and _MAC in table.columns:
            for row in raw.table(connection, table):
                if not _fits(keyring, table, row):
                    yield table.name, raw.key(table, row)


def _fits(keyring: Keyring, table: sa.Table, row: raw.Row) -> bool:
    try:
        values = {column.name: _typed(column, row[column.name]) for column in table.columns}
    except UnicodeDecodeError:
        return False
    said = values[_MAC]
    return isinstance(said, bytes) and hmac.compare_digest(said, mac_of(keyring, table.name, values))


def _typed(column: sa.Column[Any], value: raw.Value) -> object:
    if isinstance(value, bytes) and not isinstance(column.type, sa.LargeBinary):
        return value.decode()
    return bool(value) if isinstance(column.type, Flag) and value is not None else value


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    return stamp(value) if isinstance(value, datetime) else value


def _binding(org_id: str, event_id: str) -> bytes:
    return f"sealed:{org_id}:{event_id}".encode()
