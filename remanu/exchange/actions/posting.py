"""The outbox: a message is written in the transaction of the act that it speaks of, and sent afterwards, at least once.

A message is claimed, sent, and marked as sent. A worker that dies in between leaves it claimed, and after a while
another one sends it again, under the same Message-ID. So nothing is lost, and whoever gets one twice can tell.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.exchange.models import Outbox
from remanu.exchange.queries import listening
from remanu.exchange.queries.listening import Row
from remanu.ledger.kinds import Recorded

LEASE = timedelta(minutes=5)
_WAITS = (1, 5, 15, 60, 240, 720, 1440)
"""Minutes before the next try, by how many there were; after the last one it is given up."""
TRIES = len(_WAITS) + 1
KEEP = timedelta(days=30)


def post(
    tx: Tx, *, org_id: str, item_id: str, kind: str, people: Iterable[str], says: Mapping[str, Any]
) -> None:
    """Write one message for each of these subscriptions; nothing is sent before the act is committed."""
    host = tx.label_origin.partition("://")[2].partition(":")[0]
    rows = [_row(tx, org_id, item_id, kind=kind, person=one, says=says, host=host) for one in people]
    if rows:
        tx.execute(sa.insert(Outbox), rows)


def _row(
    tx: Tx, org_id: str, item_id: str, *, kind: str, person: str, says: Mapping[str, Any], host: str
) -> dict[str, Any]:
    new = tx.new_id()
    return {
        "org_id": org_id,
        "id": new,
        "subscription_id": person,
        "item_id": item_id,
        "kind": kind,
        "says": json.dumps(says),
        "message_id": f"<{new}@{host}>",
        "state": "waiting",
        "attempts": 0,
        "due_at": tx.now,
        "created_at": tx.now,
    }


def tell_people(tx: Tx, done: Recorded[Any], *, state: str, people: list[str]) -> None:
    """Tell those who asked for it what an event says of a part now."""
    says = {"event": done.id, "kind": done.kind, "state": state, "at": done.at.isoformat(), "uri": done.subject.uri}
    post(tx, org_id=done.org_id, item_id=done.subject.id, kind="changed", people=people, says=says)


def claim(tx: Tx, org_id: str, message_id: str) -> Row | None:
    """Take a message whose time has come; None where somebody else has it, or it was sent meanwhile."""
    mine = (Outbox.org_id == org_id, Outbox.id == message_id)
    taken = (
        sa.update(Outbox)
        .where(*mine, Outbox.state.in_(("waiting", "sending")), Outbox.due_at <= tx.now)
        .values(state="sending", attempts=Outbox.attempts + 1, due_at=tx.now + LEASE)
        .returning(*Outbox.__table__.c)
    )
    return tx.execute(taken).first()


def sent(tx: Tx, row: Row) -> None:
    """The message went out."""
    _settle(tx, row, state="sent", sent_at=tx.now, problem=None)


def put_off(tx: Tx, row: Row, problem: str) -> None:
    """It could not be sent now: try again later, or give it up after the last try."""
    if row.attempts >= TRIES:
        _settle(tx, row, state="failed", problem=problem)
    else:
        later = tx.now + timedelta(minutes=_WAITS[row.attempts - 1])
        _settle(tx, row, state="waiting", due_at=later, problem=problem)


def give_up(tx: Tx, row: Row, problem: str) -> None:
    """It will never be taken there."""
    _settle(tx, row, state="failed", problem=problem)


def _settle(tx: Tx, row: Row, **values: Any) -> None:
    held = (Outbox.state == "sending", Outbox.attempts == row.attempts)
    tx.execute(sa.update(Outbox).where(Outbox.org_id == row.org_id, Outbox.id == row.id, *held).values(**values))


def forget_sent(tx: Tx) -> int:
    """Forget messages that were settled a month ago; how many."""
    settled, when = Outbox.state.in_(("sent", "failed")), sa.func.coalesce(Outbox.sent_at, Outbox.due_at)
    return tx.execute(sa.delete(Outbox).where(settled, when < tx.now - KEEP)).rowcount


def listeners(tx: Tx, done: Recorded[Any]) -> listening.Ears:
    """Who listens to the part of an event."""
    return listening.ears(tx.connection, done.org_id, done.subject.id, done.subject.uri)
