"""What happens to a product certification travels to the units that it names, as notices to their own organisation.

A body's act writes the body's subjects alone (architecture.md §4). By default a suspension takes nothing back from
units that were released before (domain.md §3.6), so that only those come in doubt which it names.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from remanu.certification.queries import catalogue
from remanu.certification.queries.coverage import local_day
from remanu.clock import parse_stamp, stamp
from remanu.db import Tx
from remanu.jobs import rows as jobs
from remanu.jobs.worker import Run
from remanu.ledger.kinds import Recorded
from remanu.parts.actions import Word, leave_word
from remanu.parts.models import Code, Notice

JOB = "exchange.name_units"
BATCH = 200
STATES = {
    "certification.suspend_certification": "suspended",
    "certification.withdraw_certification": "withdrawn",
    "certification.reinstate_certification": "certified",
}
_NAMED = "named"


def on_certification(tx: Tx, done: Recorded[Any]) -> None:
    """Leave word for each released unit that a suspension or withdrawal names (a reaction, in the act itself)."""
    if getattr(done.body, "retro", None) is None:
        return
    asked = asked_of(done)
    following = name_units(tx, asked)
    if following:
        jobs.create(tx, JOB, {**asked, "after": following}, org_id=done.org_id)


def on_reinstated(tx: Tx, done: Recorded[Any]) -> None:
    """Leave word for the units that an earlier suspension named: the certification holds again."""
    chosen = sa.select(Notice.org_id, Notice.item_id).where(Notice.uri == done.subject.uri).distinct()
    _leave(tx, asked_of(done), [(one.org_id, one.item_id) for one in tx.execute(chosen)])


def asked_of(done: Recorded[Any]) -> dict[str, str]:
    """What has to be known of an event to leave word of it, in the act or in a job."""
    return {
        "certification": done.subject.id,
        "uri": done.subject.uri,
        "digest": done.commitment.hex(),
        "kind": done.kind,
        "at": stamp(done.at),
        "day": local_day(done.at, done.zone).isoformat(),
        "after": "",
    }


def name_units(tx: Tx, asked: jobs.Args) -> str:
    """Leave word for the next units that are named; the cursor of those after them, empty where there are none."""
    day = date.fromisoformat(asked["day"])
    entry = catalogue.find_entry(tx.connection, asked["certification"], day).row
    found, following = catalogue.units(tx.connection, entry, day, after=asked["after"], limit=BATCH)
    codes = [one.code for one in found if one.covering.claim == _NAMED]
    rows = tx.execute(sa.select(Code.org_id, Code.item_id).where(Code.code.in_(codes))) if codes else ()
    _leave(tx, asked, [(one.org_id, one.item_id) for one in rows])
    return following


def _leave(tx: Tx, asked: jobs.Args, units: list[tuple[str, str]]) -> None:
    said = Word(
        uri=asked["uri"],
        digest=asked["digest"],
        kind=asked["kind"],
        state=STATES[asked["kind"]],
        said_at=parse_stamp(asked["at"]),
    )
    leave_word(tx, said, units)


def name_the_rest(run: Run) -> jobs.Args:
    """The job that leaves word for the units which the act itself did not, a batch in each unit of work.

    A run that was cut off begins again, and leaves no word twice.
    """
    asked, batches = dict(run.args), 0
    while asked["after"]:
        asked["after"] = run.place.database.transact(lambda tx: name_units(tx, asked))
        batches += 1
        run.progress(batches, batches + bool(asked["after"]))
    return {"batches": batches}
