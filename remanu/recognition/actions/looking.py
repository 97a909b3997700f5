"""Looking ahead over a whole store: what a draft would change, computed by a job whose answer the page shows."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import reduce

import sqlalchemy as sa

from remanu.db import Tx
from remanu.errors import Conflict, Forbidden
from remanu.jobs import rows as jobs
from remanu.jobs.models import Job
from remanu.jobs.worker import Run
from remanu.recognition import queries
from remanu.recognition.actions.storing import BATCH
from remanu.rules.actor import Actor
from remanu.rules.permissions import PERMISSIONS

LOOK = queries.LOOK
_MAY = PERMISSIONS["recognition.draft_agreement"]


def ask_preview(tx: Tx, actor: Actor, agreement_id: str) -> str:
    """Ask for what a draft would change over every released unit; the job that works on it already, if there is one."""
    if not actor.roles & _MAY:
        raise Forbidden(action="recognition.preview", needs=sorted(_MAY))
    row = queries.find_agreement(tx.connection, actor.org_id, agreement_id)
    if row.state != "draft":
        raise Conflict(why="not-a-draft")
    args = queries.look_of(row)
    mine = (Job.kind == LOOK, Job.args == json.dumps(args), Job.state.in_(("waiting", "running")))
    known = tx.execute(sa.select(Job.id).where(*mine).limit(1)).scalar()
    return str(known or jobs.create(tx, LOOK, args, org_id=row.org_id))


def look_ahead(run: Run) -> jobs.Args:
    """The job: a batch of units at a time; a run that was cut off begins again, because it keeps nothing."""
    database, found, after = run.place.database, [], ("", "")
    with database.reading() as connection:
        total = queries.count_units(connection, {})
    done = 0
    while True:
        with database.reading() as connection:
            row = queries.find_agreement(connection, run.args["org"], run.args["agreement"])
            keys = queries.units_after(connection, {}, after, limit=BATCH)
            if not keys:
                break
            now = database.clock.now()
            found.append(queries.preview(connection, row, keys, now=now, most=queries.PAGE))
        done, after = done + len(keys), keys[-1]
        run.progress(done, max(done, total))
    return asdict(reduce(queries.together, found, queries.NOTHING))
