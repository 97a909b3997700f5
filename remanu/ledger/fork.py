"""The fork guard: a log that lacks what it once signed, or holds it otherwise, signs nothing more (trust.md T33).

The newest signed checkpoint lies beside the keys, outside the store and its back-ups. It is written after the
entries it covers are committed and before its own row is: after a crash in between, the store still holds those
entries and the head agrees with them; only a store from before them cannot.
"""

from __future__ import annotations

from sqlalchemy.engine import Connection

from remanu.errors import BadInput, Damaged
from remanu.keys import Keyring
from remanu.ledger import notes, outside, tree

ADVICE = (
    "Reading goes on, but this log must not sign another history. Bring back the newest store or back-up, or "
    "enter the missing events again from the newest one; keep this copy as it is."
)


def check(connection: Connection, keyring: Keyring, *, log_id: str, origin: str) -> None:
    """Damaged unless the store continues the head that lies beside the keys."""
    check_note(connection, keyring, head(keyring), log_id=log_id, origin=origin)


def head(keyring: Keyring) -> str | None:
    """The newest head that lies beside the keys; whoever compares it with a snapshot reads it before."""
    return outside.read(keyring, outside.HEAD)


def check_note(
    connection: Connection, keyring: Keyring, note: str | None, *, log_id: str, origin: str
) -> None:
    """Damaged unless the store continues this head of its own, where there is one."""
    if note is not None:
        compare(
            connection, note, log_id=log_id, keys={origin: keyring.log_key().public_key().public_bytes_raw()}
        )


def compare(connection: Connection, note: str, *, log_id: str, keys: dict[str, bytes]) -> None:
    """Damaged unless the store's log continues this checkpoint, whoever kept it; `keys` are public, by name."""
    try:
        seen = notes.verify(note, keys)
    except BadInput as error:
        raise Damaged(
            what="checkpoint", why=f"{error.details['why']}: not of this log, or altered"
        ) from error
    here = tree.size(connection, log_id)
    if seen.size > here:
        raise Damaged(
            what="log", why="older than its last checkpoint", signed=seen.size, here=here, advice=ADVICE
        )
    if tree.root(connection, log_id, seen.size) != seen.root:
        raise Damaged(
            what="log", why="not the history that was signed", signed=seen.size, here=here, advice=ADVICE
        )


def keep(keyring: Keyring, note: str) -> None:
    """Put a checkpoint beside the keys as the newest head."""
    outside.write(keyring, outside.HEAD, note)
