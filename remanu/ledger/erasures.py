"""What was erased, kept outside the store, so that an old back-up cannot bring a name back (trust.md §7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from remanu.db import Database, Tx
from remanu.keys import Keyring
from remanu.ledger import outside, seal

KIND = "accounts.erase"


def lines(document: Mapping[str, Any]) -> Iterator[str]:
    """What an event erased, a line each: keys destroyed, and keys that one organisation may no longer use."""
    if document["kind"] == KIND:
        yield from (f"destroy {ref}" for ref in document["body"].get("keys", ()))
        yield from (f"forget {ref} {document['org']}" for ref in document["body"].get("kept", ()))


def keep(keyring: Keyring, fresh: Iterable[str]) -> None:
    """Add erasures to those that lie beside the keys."""
    known = kept(keyring)
    added = [line for line in dict.fromkeys(fresh) if line not in known]
    if added:
        outside.write(keyring, outside.ERASURES, "".join(f"{line}\n" for line in (*known, *added)))


def kept(keyring: Keyring) -> tuple[str, ...]:
    """All erasures that lie beside the keys, oldest first."""
    return tuple((outside.read(keyring, outside.ERASURES) or "").splitlines())


def reapply(database: Database) -> int:
    """Erase once more what was erased since the restored back-up was made; returns how many lines were gone over."""
    found = kept(database.keyring)

    def work(tx: Tx) -> int:
        for line in found:
            _do(tx, *line.split(" "))
        return len(found)

    return database.transact(work)


def _do(tx: Tx, verb: str, ref: str, org_id: str = "") -> None:
    if verb == "destroy":
        seal.destroy(tx, ref)
    else:
        seal.forget(tx, ref, org_id=org_id)
