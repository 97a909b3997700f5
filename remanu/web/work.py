"""One unit of work per act: the idempotency key, the act and its answer commit together or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from remanu.db import Database, Tx
from remanu.errors import KeyMissing, KeyReused
from remanu.ledger.models import Request
from remanu.rules.actor import Actor

KEEP = timedelta(days=400)
_LIMIT = 80
_FIND = sa.select(Request.digest, Request.status, Request.answer).where(
    Request.org_id == sa.bindparam("org_id"), Request.key == sa.bindparam("key")
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an act answered: a status and JSON values; `replayed` when it was given before."""

    status: int
    values: dict[str, Any]
    replayed: bool = False


def perform(
    database: Database,
    actor: Actor,
    *,
    key: str | None,
    asked: object,
    work: Callable[[Tx], dict[str, Any]],
) -> Answer:
    """Run `work` once for this key: the same key and body get the same answer, another body gets KeyReused.

    So does another person: nobody is told that he did what somebody else did.

    The key is looked up inside the transaction, so that two parallel tries cannot both act (trust.md G4).
    """
    if not key or len(key) > _LIMIT:
        raise KeyMissing()
    digest = hashlib.sha256(json.dumps([actor.ref, asked], sort_keys=True, default=str).encode()).digest()
    return database.transact(lambda tx: _once(tx, actor, key, digest, work))


def _once(tx: Tx, actor: Actor, key: str, digest: bytes, work: Callable[[Tx], dict[str, Any]]) -> Answer:
    before = tx.execute(_FIND, {"org_id": actor.org_id, "key": key}).first()
    if before is not None:
        return _again(before, digest)
    values = work(tx)
    tx.execute(
        sa.insert(Request).values(
            org_id=actor.org_id, key=key, digest=digest, status=200, answer=json.dumps(values), at=tx.now
        )
    )
    return Answer(200, values)


def _again(before: sa.Row[Any], digest: bytes) -> Answer:
    if before.digest != digest:
        raise KeyReused()
    return Answer(before.status, json.loads(before.answer), replayed=True)
