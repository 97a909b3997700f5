"""The fork guard: a log that lacks what it once signed, or holds it otherwise, signs nothing more (trust.md T33).

The newest signed checkpoint lies beside the keys, outside the store and its back-ups. It is written after the
entries it covers are committed and before its own row is: after a crash in between, the store still holds those
entries and the head agrees with them; only a store from before them cannot.

Where what was lost is lost, the operator lets an old copy go on: its log then has a new name (`lineage`), and what
the former name signed beyond it is no guard any more, because the record says that it was given up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import BadInput, Damaged
from remanu.keys import Keyring
from remanu.ledger import lineage, notes, outside, raw, tree
from remanu.ledger.models import LogCheckpoint

ADVICE = (
    "Reading goes on, but this log must not sign another history. Bring back the newest store or back-up. Where "
    "there is none, remanu issuing resume makes what is lost void and lets this copy go on under a new name."
)


@dataclass(frozen=True, slots=True)
class Gap:
    """What an old copy lacks: it holds `here` entries of the log `former`, which signed more; it may go on as `log`.

    `signed` and `root` are empty where nobody has the newest checkpoint and the operator alone knows of the loss.
    """

    log: str
    former: str
    here: int
    signed: int | None = None
    root: str | None = None


def check(connection: Connection, keyring: Keyring, *, log_id: str, origin: str) -> str:
    """The name under which the log signs; Damaged unless the store continues the head that lies beside the keys."""
    now, note = name(connection, log_id=log_id, origin=origin), head(keyring)
    if note is None:
        return now
    seen = _ours(keyring, note, origin)
    _check(connection, seen, log_id=log_id, origin=origin, now=now)
    return lineage.name(origin, max(lineage.turn(origin, one) for one in (now, seen.origin)))


def name(connection: Connection, *, log_id: str, origin: str) -> str:
    """The name under which the newest checkpoint of the store was signed."""
    turns = [_turn_of(one, origin) for one in _signed(connection, log_id)]
    return lineage.name(origin, max(turns, default=1))


def _signed(connection: Connection, log_id: str) -> Iterator[str]:
    """The newest checkpoint of the store as it lies there: whoever looks for damage is not stopped by it."""
    chosen = sa.select(*raw.columns(connection, raw.stored(LogCheckpoint), ("note",)))
    newest = chosen.where(LogCheckpoint.log_id == log_id).order_by(LogCheckpoint.size.desc()).limit(1)
    yield from (raw.shown(row["note"]) for row in raw.rows(connection, newest))


def _turn_of(note: str, origin: str) -> int:
    try:
        return lineage.turn(origin, notes.parse(note).checkpoint.origin)
    except BadInput as error:
        raise _altered(error) from error


def head(keyring: Keyring) -> str | None:
    """The newest head that lies beside the keys; whoever compares it with a snapshot reads it before."""
    return outside.read(keyring, outside.HEAD)


def check_note(
    connection: Connection, keyring: Keyring, note: str | None, *, log_id: str, origin: str
) -> None:
    """Damaged unless the store continues this head of its own, where there is one."""
    if note is not None:
        compare(connection, keyring, note, log_id=log_id, origin=origin)


def compare(connection: Connection, keyring: Keyring, note: str, *, log_id: str, origin: str) -> None:
    """Damaged unless the store's log continues this checkpoint, whoever kept it."""
    seen, now = _ours(keyring, note, origin), name(connection, log_id=log_id, origin=origin)
    _check(connection, seen, log_id=log_id, origin=origin, now=now)


def _check(connection: Connection, seen: notes.Checkpoint, *, log_id: str, origin: str, now: str) -> None:
    here = tree.size(connection, log_id)
    if _given_up(connection, seen, log_id=log_id, origin=origin, now=now):
        return
    told = {"what": "log", "signed": seen.size, "here": here, "advice": ADVICE}
    if seen.size > here:
        raise Damaged(why="older than its last checkpoint", **told)
    if tree.root(connection, log_id, seen.size) != seen.root:
        raise Damaged(why="not the history that was signed", **told)


def _ours(keyring: Keyring, note: str, origin: str) -> notes.Checkpoint:
    try:
        return lineage.verify(note, origin, keyring.log_key().public_key().public_bytes_raw())
    except BadInput as error:
        raise _altered(error) from error


def _altered(error: BadInput) -> Damaged:
    return Damaged(what="checkpoint", why=f"{error.details['why']}: not of this log, or altered")


def _given_up(connection: Connection, seen: notes.Checkpoint, *, log_id: str, origin: str, now: str) -> bool:
    """Whether a former name of the log signed this, beyond what the log under its present name took over."""
    if lineage.turn(origin, seen.origin) >= lineage.turn(origin, now):
        return False
    mine = sa.func.substr(LogCheckpoint.note, 1, len(seen.origin) + 1) == f"{seen.origin}\n"
    ended = sa.select(sa.func.max(LogCheckpoint.size)).where(LogCheckpoint.log_id == log_id, mine)
    return seen.size > (connection.execute(ended).scalar() or 0)


def gap(
    connection: Connection, keyring: Keyring, known: Iterable[str], *, log_id: str, origin: str
) -> Gap | None:
    """What the store lacks of these checkpoints, the newest of which counts; None where it continues all of them."""
    ahead: list[notes.Checkpoint] = []
    for note in known:
        try:
            compare(connection, keyring, note, log_id=log_id, origin=origin)
        except Damaged as error:
            if "signed" not in error.details:
                raise
            ahead.append(_ours(keyring, note, origin))
    if not ahead:
        return None
    newest = max(ahead, key=lambda one: (lineage.turn(origin, one.origin), one.size))
    found = after(connection, newest, log_id=log_id, origin=origin)
    return Gap(found.log, newest.origin, found.here, newest.size, newest.root.hex())


def after(connection: Connection, newest: notes.Checkpoint | None, *, log_id: str, origin: str) -> Gap:
    """The gap after which this store goes on, where nobody can show what was signed beyond it."""
    former = name(connection, log_id=log_id, origin=origin)
    turns = {lineage.turn(origin, one) for one in (former, newest.origin if newest else former)}
    return Gap(lineage.name(origin, max(turns) + 1), former, tree.size(connection, log_id))


def says(note: str, gap: Gap) -> bool:
    """Whether this head is the newest checkpoint that the gap is told by."""
    head = notes.parse(note).checkpoint
    return (head.origin, head.size) == (gap.former, gap.signed)


def keep(keyring: Keyring, note: str) -> None:
    """Put a checkpoint beside the keys as the newest head."""
    outside.write(keyring, outside.HEAD, note)
