"""Keeping verdicts: a job computes them in batches after whatever they rest on has changed, and can be cut off.

What is kept is a snapshot with its day and its rows; a page that is asked computes anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from remanu.certification.queries import local_day
from remanu.db import Database, Tx
from remanu.jobs import rows as jobs
from remanu.jobs.models import Job
from remanu.jobs.worker import Run
from remanu.ledger.kinds import Recorded
from remanu.recognition import queries
from remanu.recognition.models import StoredVerdict

JOB = "recognition.recompute"
BATCH = 100


def on_agreement(tx: Tx, done: Recorded[Any]) -> None:
    """Ask for every verdict anew: an agreement, who signs an arrangement, or an accreditation changed (a reaction)."""
    waits = sa.select(Job.id).where(Job.kind == JOB, Job.state == "waiting", Job.args == "{}").limit(1)
    if tx.execute(waits).first() is None:
        jobs.create(tx, JOB, {}, org_id=done.org_id)


def on_unit(tx: Tx, done: Recorded[Any]) -> None:
    """Ask for the verdicts of one unit anew: its release changed (a reaction)."""
    jobs.create(tx, JOB, {"org": done.org_id, "item": done.subject.id}, org_id=done.org_id)


def on_certification(tx: Tx, done: Recorded[Any]) -> None:
    """Ask for the verdicts of the units of a certificate's holder anew (a reaction)."""
    jobs.create(tx, JOB, {"certification": done.subject.id}, org_id=done.org_id)


def recompute(run: Run) -> jobs.Args:
    """The job: a batch of units at a time, each kept in a unit of work of its own; it goes on where it was cut off."""
    database, asked = run.place.database, run.args
    with database.reading() as connection:
        total = queries.count_units(connection, asked)
        after = queries.unit_at(connection, asked, run.done)
    done = run.done
    while True:
        with database.reading() as connection:
            keys = queries.units_after(connection, asked, after, limit=BATCH)
        if not keys:
            return {"units": done}
        keep(database, keys)
        done, after = done + len(keys), keys[-1]
        run.progress(done, max(done, total))


def keep(database: Database, keys: Iterable[tuple[str, str]]) -> int:
    """Compute the verdicts of these units in every jurisdiction and keep them; returns how many they are."""
    wanted = list(keys)
    with database.reading() as connection:
        facts = queries.Facts(connection, database.clock.now())
        telling = queries.Telling(facts)
        found = [
            _row(telling, unit, there, verdict)
            for unit in facts.units(wanted)
            for there, verdict in queries.everywhere(facts, unit, local_day(facts.now, unit.row.zone)).items()
        ]
    database.transact(lambda tx: _write(tx, wanted, found))
    return len(found)


def _row(telling: queries.Telling, unit: queries.Held, there: str, verdict: Any) -> dict[str, Any]:
    return {
        "org_id": unit.row.org_id,
        "item_id": unit.row.item_id,
        "jurisdiction": there,
        "certificate_id": unit.row.certificate_id,
        "as_of": verdict.as_of.isoformat(),
        "word": verdict.word,
        "reason": verdict.reason,
        "what": verdict.what,
        "agreement": verdict.agreement,
        "level": verdict.level,
        "against": len(verdict.missing),
        "document": queries.document(verdict),
        "inputs": verdict.inputs,
        "computed_at": telling.facts.now,
        "told": telling.tell(unit, verdict),
    }


def _write(tx: Tx, keys: list[tuple[str, str]], rows: list[dict[str, Any]]) -> None:
    for org_id in {one for one, _ in keys}:
        items = [item for one, item in keys if one == org_id]
        tx.execute(
            sa.delete(StoredVerdict).where(StoredVerdict.org_id == org_id, StoredVerdict.item_id.in_(items))
        )
    if rows:
        tx.connection.execute(sa.insert(StoredVerdict), rows)
