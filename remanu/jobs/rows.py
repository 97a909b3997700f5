"""Writing and claiming job rows; every change of one is conditional, so that no two workers hold the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.db import Database, Tx
from remanu.errors import Conflict, NotFound
from remanu.jobs.models import Job

LEASE = timedelta(seconds=60)
UNSEEN = timedelta(seconds=10)  # after which a waiting row counts as one whose message was lost
TRIES = 3

Args = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in one worker's hands; `attempt` tells this holder from an earlier one whose lease ran out."""

    id: str
    kind: str
    args: Args
    done: int
    attempt: int


def create(tx: Tx, kind: str, args: Args, *, org_id: str | None = None, job_id: str | None = None) -> str:
    """Ask for work in the caller's own transaction; returns the job's id, to be sent after the commit.

    A `job_id` of the caller's making is written once: asking again changes nothing.
    """
    new = job_id or tx.new_id()
    if job_id is not None and _exists(tx, job_id):
        return job_id
    tx.execute(
        sa.insert(Job).values(id=new, org_id=org_id, kind=kind, args=json.dumps(args), **_fresh(tx.now))
    )
    return new


def _exists(tx: Tx, job_id: str) -> bool:
    return tx.execute(sa.select(Job.id).where(Job.id == job_id)).first() is not None


def _fresh(now: datetime) -> dict[str, Any]:
    return {"state": "waiting", "done": 0, "total": 0, "attempts": 0, "created_at": now, "changed_at": now}


def is_open(tx: Tx, kind: str, args: Args) -> bool:
    """Whether somebody still works on this, or will: it waits, or its holder is alive or is followed by another."""
    alive = sa.or_(Job.lease_until >= tx.now, Job.attempts < TRIES)
    held = sa.or_(Job.state == "waiting", sa.and_(Job.state == "running", alive))
    mine = (Job.kind == kind, Job.args == json.dumps(args), held)
    return tx.execute(sa.select(Job.id).where(*mine).limit(1)).first() is not None


def claim(database: Database, job_id: str) -> Claim | None:
    """Take a job that waits, or whose holder's lease ran out; None when it is somebody else's or over."""
    return database.transact(lambda tx: _claim(tx, job_id))


def _claim(tx: Tx, job_id: str) -> Claim | None:
    free = sa.or_(Job.state == "waiting", sa.and_(Job.state == "running", Job.lease_until < tx.now))
    row = tx.execute(
        sa.update(Job)
        .where(Job.id == job_id, free)
        .values(state="running", attempts=Job.attempts + 1, lease_until=tx.now + LEASE, changed_at=tx.now)
        .returning(Job.kind, Job.args, Job.done, Job.attempts)
    ).first()
    return None if row is None else Claim(job_id, row.kind, json.loads(row.args), row.done, row.attempts)


def advance(database: Database, held: Claim, *, done: int, total: int) -> None:
    """Write progress and renew the lease; Conflict when another worker took the job over."""
    _change(database, held, lambda now: {"done": done, "total": total, "lease_until": now + LEASE})


def finish(database: Database, held: Claim, answer: Args | None) -> None:
    """Close the job with its answer; Conflict when another worker took it over."""
    _change(database, held, lambda _: {"state": "done", "lease_until": None, "answer": json.dumps(answer)})


def fail(database: Database, held: Claim, problem: str) -> None:
    """Close the job with the code of what went wrong; Conflict when another worker took it over."""
    _change(database, held, lambda _: {"state": "failed", "lease_until": None, "problem": problem})


def _change(database: Database, held: Claim, values: Any) -> None:
    def work(tx: Tx) -> int:
        mine = (Job.id == held.id, Job.state == "running", Job.attempts == held.attempt)
        return tx.execute(sa.update(Job).where(*mine).values(changed_at=tx.now, **values(tx.now))).rowcount

    if database.transact(work) != 1:
        raise Conflict(why="lease-lost", job=held.id)


def overdue(connection: Connection, now: datetime) -> list[str]:
    """Jobs that nobody holds: never picked up, or left behind by a worker that died."""
    lost = sa.or_(
        sa.and_(Job.state == "waiting", Job.changed_at < now - UNSEEN),
        sa.and_(Job.state == "running", Job.lease_until < now, Job.attempts < TRIES),
    )
    return list(connection.execute(sa.select(Job.id).where(lost).order_by(Job.created_at)).scalars())


def fresh(connection: Connection, now: datetime) -> list[str]:
    """Jobs that wait for their first pick-up, asked for a moment ago; older ones are `overdue`."""
    young = (Job.state == "waiting", Job.changed_at >= now - UNSEEN)
    return list(connection.execute(sa.select(Job.id).where(*young).order_by(Job.created_at)).scalars())


def give_up(tx: Tx) -> int:
    """Close jobs whose last permitted attempt died; returns how many."""
    dead = (Job.state == "running", Job.lease_until < tx.now, Job.attempts >= TRIES)
    return tx.execute(
        sa.update(Job)
        .where(*dead)
        .values(state="failed", problem="worker-died", lease_until=None, changed_at=tx.now)
    ).rowcount


def forget(tx: Tx, before: datetime) -> int:
    """Remove jobs that ended before this moment; returns how many."""
    ended = (Job.state.in_(("done", "failed")), Job.changed_at < before)
    return tx.execute(sa.delete(Job).where(*ended)).rowcount


def find(connection: Connection, org_id: str, job_id: str) -> sa.Row[Any]:
    """One job of the organisation, for a page that shows its progress; NotFound otherwise."""
    row = connection.execute(sa.select(Job.__table__).where(Job.id == job_id, Job.org_id == org_id)).first()
    if row is None:
        raise NotFound(what="job")
    return row
