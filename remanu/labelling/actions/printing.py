"""Print jobs: labels on their way to a printer. A label whose bytes may have left is never sent again by itself."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from remanu.db import Tx
from remanu.errors import BadInput, Conflict, Forbidden
from remanu.jobs import rows as jobs
from remanu.labelling import queries
from remanu.labelling.actions import labels
from remanu.labelling.models import PrintJob, PrintLine
from remanu.labelling.queries import Row
from remanu.rules.actor import Actor
from remanu.rules.permissions import PERMISSIONS

JOB = "labelling.print_labels"
MOST = 1000
_KIND = "labelling.print"


def ask_print(tx: Tx, actor: Actor, *, printer: str, labels: Sequence[str]) -> str:
    """Ask for reserved labels to be sent to a printer that takes ZPL, in this order; returns the print job's id.

    Conflict `not-a-network-printer`, `label-not-reserved`, or `label-in-doubt` where it may have come out already; at
    most 1,000 labels.
    """
    _check_may(actor)
    row = queries.find_printer(tx.connection, actor.org_id, printer)
    if row.driver != "zpl" or row.retired_at is not None:
        raise Conflict(why="not-a-network-printer")
    wanted = list(dict.fromkeys(labels))
    if not 0 < len(wanted) <= MOST:
        raise BadInput("labels", "nothing-chosen" if not wanted else "too-many")
    for one in wanted:
        _check_reserved(queries.find_label(tx.connection, actor.org_id, one))
        check_settled(tx, actor.org_id, one)
    new = tx.new_id()
    asked = {"printer_id": row.id, "asked_by": actor.ref, "asked_at": tx.now, "state": "running"}
    tx.execute(sa.insert(PrintJob).values(org_id=actor.org_id, id=new, **asked))
    for no, one in enumerate(wanted, 1):
        line = {"print_job_id": new, "no": no, "label_id": one, "state": "queued"}
        tx.execute(sa.insert(PrintLine).values(org_id=actor.org_id, **line))
    jobs.create(tx, JOB, {"org": actor.org_id, "print": new}, org_id=actor.org_id)
    return new


def _check_may(actor: Actor) -> None:
    if not actor.roles & PERMISSIONS[_KIND]:
        raise Forbidden(action=_KIND, needs=sorted(PERMISSIONS[_KIND]))


def _check_reserved(label: Row) -> None:
    if label.state != "reserved":
        raise Conflict(why="label-not-reserved", code=label.code)


def check_settled(tx: Tx, org_id: str, label_id: str) -> None:
    """Conflict `label-in-doubt` where it may have left in another print job: asked for twice, it is still one label."""
    if queries.in_doubt(tx.connection, org_id, label_id):
        raise Conflict(why="label-in-doubt")


def stop_print(tx: Tx, actor: Actor, job_id: str) -> None:
    """Send nothing further: what is being sent at this moment still goes out."""
    _check_may(actor)
    _turn(tx, queries.find_print_job(tx.connection, actor.org_id, job_id), "running", "stopped", why="by-hand")


def resume_print(tx: Tx, actor: Actor, job_id: str) -> None:
    """Go on with what still waits; labels whose fate is unknown are decided first, one by one."""
    _check_may(actor)
    row = queries.find_print_job(tx.connection, actor.org_id, job_id)
    if queries.print_counts(tx.connection, actor.org_id, job_id).get("unknown"):
        raise Conflict(why="fate-unknown")
    _turn(tx, row, "stopped", "running", why=None)
    jobs.create(tx, JOB, {"org": actor.org_id, "print": row.id}, org_id=actor.org_id)


def _turn(tx: Tx, row: Row, source: str, target: str, *, why: str | None) -> None:
    mine = (PrintJob.org_id == row.org_id, PrintJob.id == row.id, PrintJob.state == source)
    if tx.execute(sa.update(PrintJob).where(*mine).values(state=target, why=why)).rowcount != 1:
        raise Conflict(why="state-changed")


def came_out(tx: Tx, actor: Actor, job_id: str, no: int) -> None:
    """Somebody holds the label of unknown fate in his hand: it is recorded as printed."""
    _check_may(actor)
    sent(tx, actor, _unknown(tx, actor, job_id, no))


def did_not_come_out(tx: Tx, actor: Actor, job_id: str, no: int) -> None:
    """Somebody looked and the label of unknown fate is not there: it waits to be sent again."""
    _check_may(actor)
    move(tx, _unknown(tx, actor, job_id, no), "unknown", "queued")


def _unknown(tx: Tx, actor: Actor, job_id: str, no: int) -> Row:
    queries.find_print_job(tx.connection, actor.org_id, job_id)
    found = [one for one in queries.print_lines(tx.connection, actor.org_id, job_id) if one.no == no]
    if not found or found[0].state != "unknown":
        raise Conflict(why="fate-known")
    return found[0]


def sent(tx: Tx, actor: Actor, line: Row) -> None:
    """Record the label as printed and its line as sent, in one unit of work."""
    job = queries.find_print_job(tx.connection, actor.org_id, line.print_job_id)
    printer = queries.find_printer(tx.connection, actor.org_id, job.printer_id)
    move(tx, line, line.state, "sent")
    labels.print(tx, actor, line.label_id, printer=printer.name, media=printer.media)


def leave(tx: Tx, line: Row) -> None:
    """The line's bytes leave next. Conflict `label-in-doubt` where those of its label may have left in another job.

    All waiting lines of the label are touched, so that of two workers with a job each one is sent round again.
    """
    same = queries.lines_of_label(line.org_id, line.label_id)
    tx.execute(sa.update(PrintLine).where(*same).values(label_id=line.label_id))
    check_settled(tx, line.org_id, line.label_id)
    move(tx, line, "queued", "sending")


def move(tx: Tx, line: Row, source: str, target: str, *, why: str | None = None) -> None:
    """Take a line from one state to the next; Conflict `state-changed` for the loser of a race."""
    mine = (
        PrintLine.org_id == line.org_id,
        PrintLine.print_job_id == line.print_job_id,
        PrintLine.no == line.no,
        PrintLine.state == source,
    )
    if tx.execute(sa.update(PrintLine).where(*mine).values(state=target, why=why)).rowcount != 1:
        raise Conflict(why="state-changed")


def doubt(tx: Tx, org_id: str, job_id: str) -> int:
    """What an attempt that ended left in the middle: nobody can say whether it came out; returns how many."""
    mine = (PrintLine.org_id == org_id, PrintLine.print_job_id == job_id, PrintLine.state == "sending")
    return tx.execute(sa.update(PrintLine).where(*mine).values(state="unknown", why="cut-off")).rowcount


def end(tx: Tx, row: Row, *, why: str | None = None) -> None:
    """The job is done, or stopped for a reason; one that somebody stopped meanwhile stays so."""
    state = "done" if why is None else "stopped"
    mine = (PrintJob.org_id == row.org_id, PrintJob.id == row.id, PrintJob.state == "running")
    tx.execute(sa.update(PrintJob).where(*mine).values(state=state, why=why))
