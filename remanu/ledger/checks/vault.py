"""The vault: sealed documents against their events, wrapped keys, and the check values of its other rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import Damaged
from remanu.keys import Keyring
from remanu.ledger import erasures, raw, seal
from remanu.ledger.checks.events import Seen
from remanu.ledger.models import EventRow, Sealed, VaultKey
from remanu.ledger.report import Problem
from remanu.rules import canonical as jcs

_OF_EVENT = sa.and_(EventRow.org_id == Sealed.org_id, EventRow.id == Sealed.event_id)


@dataclass(slots=True)
class Documents:
    """The sealed documents met on the way through the events."""

    connection: Connection
    keyring: Keyring
    wrong: list[Problem] = field(default_factory=list)
    count: int = 0
    _missing: list[tuple[str, str, str]] = field(default_factory=list)
    _erased: set[str] = field(init=False)

    def __post_init__(self) -> None:
        # An old store that was restored knows nothing of later erasures; the list beside the keys does.
        self._erased = set(erasures.kept(self.keyring))

    def check(self, seen: Sequence[Seen]) -> None:
        """Compare the documents of these events, which stand one after the other."""
        rows = {(row["org_id"], row["event_id"]): row for row in self._rows(seen)}
        for one in seen:
            self._erased.update(erasures.lines(one.document))
            row = rows.pop((one.event.org_id.encode(), one.event.id.encode()), None)
            self._compare(one, row, one.document.get("sealed"))
        for row in rows.values():
            self._say(row, "event_id", "its event cannot be read, or is another")

    def _rows(self, seen: Sequence[Seen]) -> Iterator[raw.Row]:
        if seen:
            chosen = sa.select(*raw.columns(self.connection, raw.stored(Sealed))).join(EventRow, _OF_EVENT)
            within = EventRow.position.between(seen[0].position, seen[-1].position)
            yield from raw.rows(self.connection, chosen.where(within))

    def _compare(self, one: Seen, row: raw.Row | None, said: Any) -> None:
        if said is None:
            if row is not None:
                self._say(row, "event_id", "its event has no sealed document")
        elif row is None:
            self._missing.append((f"{one.event.org_id} {one.event.id}", said["key"], one.event.org_id))
        else:
            self.count += 1
            self._open(one, row, said)

    def _open(self, one: Seen, row: raw.Row, said: Mapping[str, str]) -> None:
        if row["key_ref"] != said["key"].encode():
            self._say(row, "key_ref", "is not the one that the event names")
            return
        try:
            plain = self._plain(one, said["key"], row["ciphertext"])
        except Damaged as error:
            self._say(row, "ciphertext", str(error.details["why"]))
            return
        if plain is None:
            if f"destroy {said['key']}" not in self._erased:
                self._say(row, "key_ref", "its key is missing, and no event erased it")
        elif jcs.seal_digest(bytes.fromhex(one.document["salt"]), plain).hex() != said["digest"]:
            self._say(row, "ciphertext", "is not the document that the event was sealed with")

    def _plain(self, one: Seen, ref: str, ciphertext: raw.Value) -> bytes | None:
        key = seal.data_key(self.connection, self.keyring, ref)
        if key is None:
            return None
        return seal.unlock(key, _bytes(ciphertext), org_id=one.event.org_id, event_id=one.event.id)

    def _say(self, row: raw.Row, what: str, why: str) -> None:
        self.wrong.append(Problem("sealed", raw.key(raw.stored(Sealed), row), what, why))

    def rest(self) -> Iterator[Problem]:
        """Once all events are seen: documents that are missing though nobody erased them, or belong to no event."""
        yield from self.wrong
        for name, ref, org_id in self._missing:
            if not {f"destroy {ref}", f"forget {ref} {org_id}"} & self._erased:
                yield Problem("sealed", name, "ciphertext", "missing, and no event erased its key")
        chosen = sa.select(*raw.columns(self.connection, raw.stored(Sealed)))
        alone = chosen.where(~sa.exists().where(_OF_EVENT))
        for row in raw.rows(self.connection, alone):
            yield Problem("sealed", raw.key(raw.stored(Sealed), row), "event_id", "names no event")


def keys(connection: Connection, keyring: Keyring) -> Iterator[Problem]:
    """Wrapped keys that do not open under their name."""
    for row in raw.table(connection, raw.stored(VaultKey)):
        try:
            keyring.unwrap(_bytes(row["wrapped"]), name=_bytes(row["ref"]).decode())
        except (Damaged, UnicodeDecodeError):
            yield Problem(
                "vault_key", raw.key(raw.stored(VaultKey), row), "wrapped", "does not open under its name"
            )


def rows(connection: Connection, keyring: Keyring) -> Iterator[Problem]:
    """Rows of the vault's other tables whose check value does not fit."""
    for table, name in seal.altered(connection, keyring):
        yield Problem(table, name, "mac", "does not fit the row")


def _bytes(value: raw.Value) -> bytes:
    return value if isinstance(value, bytes) else b""
