"""Reminders: body and holder of a certificate are told of its days some time before, each of them once.

They are working data and no events: nothing happens to the certificate. Whoever follows the reminders of his
organisation by mail gets them; that they were due is noted for every organisation, so that nobody who joins later is
told of what is over.
"""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import sqlalchemy as sa

from remanu.certification.queries import reminding
from remanu.certification.queries.reminding import Coming
from remanu.db import Tx
from remanu.exchange.actions.posting import post
from remanu.exchange.models import Reminder
from remanu.exchange.queries.listening import members_following
from remanu.jobs import rows as jobs
from remanu.jobs.worker import Run
from remanu.rules import reminders

JOB = "exchange.remind"


def remind(run: Run) -> jobs.Args:
    """The daily job: whatever reminder has come due is written, each certificate in a unit of work of its own."""
    database = run.place.database
    today = database.clock.now().astimezone(UTC).date()
    with database.reading() as connection:
        near = reminding.coming(connection, today)
    written = 0
    for at, one in enumerate(near, 1):
        written += database.transact(lambda tx, one=one: remind_of(tx, one, today))  # type: ignore[misc]
        run.progress(at, len(near))
    return {"written": written}


def remind_of(tx: Tx, one: Coming, today: date) -> int:
    """Remind body and holder of a day, where that was not done yet; how many messages were written."""
    step = reminders.step((one.due_on - today).days, reminding.steps_on(today)[one.what])
    if step is None:
        return 0
    return sum(_remind(tx, org_id, one, step=step) for org_id in dict.fromkeys((one.body, one.holder)))


def _remind(tx: Tx, org_id: str, one: Coming, *, step: int) -> int:
    key: dict[str, Any] = {
        "org_id": org_id,
        "subject_id": one.certification,
        "what": one.what,
        "due_on": one.due_on.isoformat(),
        "days": step,
    }
    if tx.execute(sa.select(Reminder.at).filter_by(**key)).first() is not None:
        return 0
    tx.execute(sa.insert(Reminder).values(**key, at=tx.now))
    people = members_following(tx.connection, org_id)
    says = {
        "certification": one.certification,
        "number": one.number,
        "what": one.what,
        "due_on": one.due_on.isoformat(),
        "edition": one.edition,
    }
    post(tx, org_id=org_id, item_id=org_id, kind="reminder", people=people, says=says)
    return len(people)
