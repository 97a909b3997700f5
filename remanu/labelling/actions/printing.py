"""Print jobs: labels on their way to a printer. A label whose bytes may have left is never sent again by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.db import Tx
from remanu.errors import BadInput, Conflict, Forbidden
from remanu.jobs import rows as jobs
from remanu.labelling import queries
from remanu.labelling.actions import labels
from remanu.labelling.actions.labels import Burnt
from remanu.labelling.models import PrintJob, PrintLine
from remanu.labelling.queries import Row
from remanu.rules.actor import Actor
from remanu.rules.anomalies import ENDED
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
    for label in queries.find_labels(tx.connection, actor.org_id, wanted):
        _check_reserved(label)
    if queries.doubtful(tx.connection, actor.org_id, wanted):
        raise Conflict(why="label-in-doubt")
    new = tx.new_id()
    asked = {"printer_id": row.id, "asked_by": actor.ref, "asked_at": tx.now, "state": "running"}
    tx.execute(sa.insert(PrintJob).values(org_id=actor.org_id, id=new, **asked))
    line = {"org_id": actor.org_id, "print_job_id": new, "state": "queued"}
    tx.execute(
        sa.insert(PrintLine), [{**line, "no": no, "label_id": one} for no, one in enumerate(wanted, 1)]
    )
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
    _turn(
        tx, queries.find_print_job(tx.connection, actor.org_id, job_id), "running", "stopped", why="by-hand"
    )


def resume_print(tx: Tx, actor: Actor, job_id: str) -> None:
    """Go on with what still waits; labels whose fate is unknown are decided first, one by one.

    Conflict `fate-unknown`, or `still-sending` while a label is on its way: a second attempt would take it for lost.
    Where nobody is left who could say that it was sent, it is in doubt from now on, and the job stays stopped.
    """
    _check_may(actor)
    row = queries.find_print_job(tx.connection, actor.org_id, job_id)
    counts = queries.print_counts(tx.connection, actor.org_id, job_id)
    if counts.get("unknown"):
        raise Conflict(why="fate-unknown")
    if counts.get("sending"):
        _leave_in_doubt(tx, row)
        return
    _turn(tx, row, "stopped", "running", why=None)
    jobs.create(tx, JOB, _asked(row), org_id=actor.org_id)


def _asked(row: Row) -> jobs.Args:
    return {"org": row.org_id, "print": row.id}


def _leave_in_doubt(tx: Tx, row: Row) -> None:
    if jobs.is_open(tx, JOB, _asked(row)):
        raise Conflict(why="still-sending")
    _turn(tx, row, "stopped", "stopped", why="fate-unknown")
    doubt(tx, row.org_id, row.id)


def _turn(tx: Tx, row: Row, source: str, target: str, *, why: str | None) -> None:
    mine = (PrintJob.org_id == row.org_id, PrintJob.id == row.id, PrintJob.state == source)
    if tx.execute(sa.update(PrintJob).where(*mine).values(state=target, why=why)).rowcount != 1:
        raise Conflict(why="state-changed")


def came_out(tx: Tx, actor: Actor, job_id: str, no: int) -> None:
    """Somebody holds the label of unknown fate in his hand: it is recorded as printed, as its bytes showed it.

    One that was withdrawn meanwhile stays withdrawn: its line is at rest with the word to destroy the paper.
    """
    _check_may(actor)
    line = _unknown(tx, actor, job_id, no)
    _decided(tx, actor, line, "came-out")
    if queries.find_label(tx.connection, actor.org_id, line.label_id).state in ENDED:
        move(tx, line, "unknown", "refused", why="label-withdrawn")
        return
    sent(tx, actor, line)


def did_not_come_out(tx: Tx, actor: Actor, job_id: str, no: int) -> None:
    """Somebody looked and the label of unknown fate is not there: it waits to be sent again."""
    _check_may(actor)
    line = _unknown(tx, actor, job_id, no)
    _decided(tx, actor, line, "did-not")
    move(tx, line, "unknown", "queued")


def _unknown(tx: Tx, actor: Actor, job_id: str, no: int) -> Row:
    queries.find_print_job(tx.connection, actor.org_id, job_id)
    # No job has more lines, and a store cannot be asked for a number of any length.
    found = queries.find_print_line(tx.connection, actor.org_id, job_id, no=no) if no <= MOST else None
    if found is None or found.state != "unknown":
        raise Conflict(why="fate-known")
    return found


def _decided(tx: Tx, actor: Actor, line: Row, decision: str) -> None:
    said = {"decision": decision, "decided_by": actor.ref, "decided_at": tx.now}
    tx.execute(sa.update(PrintLine).where(*_this(line)).values(**said))


def sent(tx: Tx, actor: Actor, line: Row) -> None:
    """Record the label as printed, as its bytes showed it, and its line as sent, in one unit of work."""
    move(tx, line, line.state, "sent")
    labels.record_print(tx, actor, line.label_id, _burnt(tx, line))


def _burnt(tx: Tx, line: Row) -> Burnt:
    if line.words is None:
        # Lines from before migration 0036 kept nothing: what the printer and the record say now comes nearest.
        return burnt_by(tx.connection, line, _printer_of(tx, line))
    return Burnt(printer=line.printer, media=line.media, template=line.template, words=json.loads(line.words))


def _printer_of(tx: Tx, line: Row) -> Row:
    job = queries.find_print_job(tx.connection, line.org_id, line.print_job_id)
    return queries.find_printer(tx.connection, line.org_id, job.printer_id)


def burnt_by(connection: Connection, line: Row, printer: Row) -> Burnt:
    """What this printer would burn for the line now."""
    label = queries.find_label(connection, line.org_id, line.label_id)
    stock = queries.stock_at(connection, line.org_id, label.kind, printer.media)
    words = queries.words_of(connection, label)
    return Burnt(printer=printer.name, media=stock.media.name, template=stock.template.name, words=words)


def leave(tx: Tx, line: Row, burnt: Burnt) -> None:
    """The line's bytes leave next, and it keeps what they show.

    Conflict `label-in-doubt` where those of its label may have left in another job. All lines of the label are touched,
    so that of two workers with a job each one is sent round again.
    """
    same = queries.lines_of_label(line.org_id, line.label_id)
    tx.execute(sa.update(PrintLine).where(*same).values(label_id=line.label_id))
    check_settled(tx, line.org_id, line.label_id)
    shown = {**asdict(burnt), "words": json.dumps(dict(burnt.words), ensure_ascii=False)}
    move(tx, line, "queued", "sending")
    tx.execute(sa.update(PrintLine).where(*_this(line)).values(**shown))


def _this(line: Row) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        PrintLine.org_id == line.org_id,
        PrintLine.print_job_id == line.print_job_id,
        PrintLine.no == line.no,
    )


def move(tx: Tx, line: Row, source: str, target: str, *, why: str | None = None) -> None:
    """Take a line from one state to the next; Conflict `state-changed` for the loser of a race."""
    mine = (*_this(line), PrintLine.state == source)
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
