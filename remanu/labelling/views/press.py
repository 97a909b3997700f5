"""The worker's side of printing: one connection to the printer, one label after another, each recorded once.

Before bytes leave, the line is `sending`, and that is on disk; after they left, print event and `sent` are one unit of
work. What a crash leaves between the two is `unknown`, and a person decides (labels issue: never twice).
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import structlog

from remanu.accounts import queries as accounts
from remanu.db import Tx
from remanu.drawing.zpl import draw_zpl
from remanu.errors import Conflict, Forbidden, Refusal
from remanu.jobs import rows as jobs
from remanu.jobs.worker import Place, Run
from remanu.labelling import actions, queries
from remanu.labelling.actions import printing
from remanu.labelling.actions.labels import Burnt
from remanu.labelling.queries import Row
from remanu.rules.actor import Actor

PATIENCE = 10.0
"""Seconds after which a printer that says nothing counts as out of reach."""
Send = Callable[[bytes], None]
_log = structlog.get_logger("remanu.press")


def print_labels(run: Run) -> jobs.Args:
    """The job: goes on with what still waits; an attempt that was cut off leaves one label in doubt, never two."""
    place, org_id, job_id = run.place, str(run.args["org"]), str(run.args["print"])
    with place.database.reading() as connection:
        row = queries.find_print_job(connection, org_id, job_id)
        printer = queries.find_printer(connection, org_id, row.printer_id)
    doubts = place.database.transact(lambda tx: printing.doubt(tx, org_id, job_id))
    why = "fate-unknown" if doubts else _printed(run, row, printer)
    place.database.transact(lambda tx: printing.end(tx, row, why=why))
    return dict(_counts(place, row))


def _printed(run: Run, row: Row, printer: Row) -> str | None:
    """Send what waits; None when nothing waits any longer, else the reason why it stopped."""
    address = run.place.config.printer_at(row.org_id, printer.outlet)
    if address is None or printer.retired_at is not None:
        return "printer-not-allowed"
    try:
        with _reach(address) as send:
            while (line := _next(run, row)) is not None:
                _one(run.place, row, printer, line, send)
    except OSError as problem:
        _log.warning("printer", outlet=printer.outlet, problem=type(problem).__name__)
        return "printer-unreachable"
    except Forbidden:
        return "not-permitted"
    return "fate-unknown" if _counts(run.place, row).get("unknown") else None


def _counts(place: Place, row: Row) -> Mapping[str, int]:
    with place.database.reading() as connection:
        return queries.print_counts(connection, row.org_id, row.id)


@contextmanager
def _reach(address: str) -> Iterator[Send]:
    host, _, port = address.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
        yield connection.sendall


def _next(run: Run, row: Row) -> Row | None:
    """The next label, as long as nobody stopped the job; says how far it is."""
    with run.place.database.reading() as connection:
        state = queries.find_print_job(connection, row.org_id, row.id).state
        counts = queries.print_counts(connection, row.org_id, row.id)
        line = queries.next_line(connection, row.org_id, row.id) if state == "running" else None
    run.progress(sum(counts.values()) - counts.get("queued", 0), sum(counts.values()))
    return line


def _one(place: Place, row: Row, printer: Row, line: Row, send: Send) -> None:
    """Draw, mark, send, record; what may not be printed is refused and the others go on."""
    try:
        drawn, burnt = _drawn(place, printer, line)
        place.database.transact(lambda tx: _begin(tx, row, line, burnt))
    except (Forbidden, OSError):
        raise
    except Refusal as refusal:
        word = str(refusal.details.get("why") or refusal.code)
        place.database.transact(lambda tx: printing.move(tx, line, "queued", "refused", why=word))
        return
    try:
        send(drawn)
    except OSError:
        place.database.transact(
            lambda tx: printing.move(tx, line, "sending", "unknown", why="printer-unreachable")
        )
        raise
    try:
        place.database.transact(lambda tx: _finish(tx, row, line))
    except Refusal as refusal:
        # The bytes left: what came between, a withdrawal or a lost role, leaves the label for a person to decide.
        word = str(refusal.details.get("why") or refusal.code)
        place.database.transact(lambda tx: printing.move(tx, line, "sending", "unknown", why=word))


def _drawn(place: Place, printer: Row, line: Row) -> tuple[bytes, Burnt]:
    """The bytes of the label, and what they show."""
    with place.database.reading() as connection:
        label = queries.find_label(connection, line.org_id, line.label_id)
        burnt = printing.burnt_by(connection, line, printer)
        stock = queries.stock_named(connection, line.org_id, burnt.template, burnt.media)
    said = queries.as_printed(label, burnt.words, demonstration=place.config.demonstration)
    shift = (-float(printer.shift_x), -float(printer.shift_y))
    return draw_zpl(said, stock.template, replace(stock.media, dpi=printer.dpi), shift=shift), burnt


def _begin(tx: Tx, row: Row, line: Row, burnt: Burnt) -> None:
    """Whatever stands against the print is found before any bytes leave."""
    actions.check_print(tx, _person(tx, row), line.label_id)
    printing.leave(tx, line, burnt)


def _finish(tx: Tx, row: Row, line: Row) -> None:
    now = queries.find_print_line(tx.connection, row.org_id, row.id, no=line.no)
    if now is None or now.state != "sending":
        raise Conflict(why="state-changed")
    printing.sent(tx, _person(tx, row), now)


def _person(tx: Tx, row: Row) -> Actor:
    """Who asked for the print, with the roles that he has now; Forbidden where he has left."""
    member = accounts.find_member(tx.connection, row.org_id, row.asked_by)
    if member.state != "active":
        raise Forbidden(action="labelling.print", needs=["label_officer"])
    person = accounts.person_of(tx.connection, row.org_id, member.ref)
    return Actor(row.org_id, person, member.ref, accounts.roles_of(member), "worker")
