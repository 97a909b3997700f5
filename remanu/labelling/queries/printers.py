"""Printers, and what is on its way to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.drawing.media import media_names
from remanu.errors import BadInput, NotFound
from remanu.labelling.models import Label, Printer, PrintJob, PrintLine
from remanu.labelling.queries.rows import Row
from remanu.rules.calibration import Calibration

_JOBS = 50


def known_media(name: str) -> str:
    """The stock's name; BadInput where the shelf has none of that name."""
    if name not in media_names():
        raise BadInput("media", "not-a-choice")
    return name


def printers(connection: Connection, org_id: str) -> list[Row]:
    """The printers that are in use, by name."""
    mine = (Printer.org_id == org_id, Printer.retired_at.is_(None))
    return list(connection.execute(sa.select(Printer.__table__).where(*mine).order_by(Printer.name)))


def find_printer(connection: Connection, org_id: str, printer_id: str) -> Row:
    """One printer of the organisation, in use or not; NotFound otherwise."""
    mine = (Printer.org_id == org_id, Printer.id == printer_id)
    row = connection.execute(sa.select(Printer.__table__).where(*mine)).first()
    if row is None:
        raise NotFound(what="printer")
    return row


def calibration_of(printer: Row) -> Calibration:
    """What is known of where the printer puts things."""
    return Calibration(printer.shift_x, printer.shift_y, printer.scale_x, printer.scale_y)


def find_print_job(connection: Connection, org_id: str, job_id: str) -> Row:
    """One print job of the organisation with its printer's name; NotFound otherwise."""
    row = connection.execute(_JOBS_OF.where(PrintJob.org_id == org_id, PrintJob.id == job_id)).first()
    if row is None:
        raise NotFound(what="print-job")
    return row


def print_jobs(connection: Connection, org_id: str) -> list[Row]:
    """The newest print jobs, newest first."""
    newest = _JOBS_OF.where(PrintJob.org_id == org_id).order_by(PrintJob.asked_at.desc(), PrintJob.id.desc())
    return list(connection.execute(newest.limit(_JOBS)))


_JOBS_OF = sa.select(PrintJob.__table__, Printer.name.label("printer")).join(
    Printer, sa.and_(Printer.org_id == PrintJob.org_id, Printer.id == PrintJob.printer_id)
)


def print_lines(connection: Connection, org_id: str, job_id: str) -> list[Row]:
    """Every label of a print job in its order, with its codes."""
    found = (
        sa.select(PrintLine.__table__, Label.code, Label.item_code, Label.kind)
        .join(Label, sa.and_(Label.org_id == PrintLine.org_id, Label.id == PrintLine.label_id))
        .where(PrintLine.org_id == org_id, PrintLine.print_job_id == job_id)
        .order_by(PrintLine.no)
    )
    return list(connection.execute(found))


def print_counts(connection: Connection, org_id: str, job_id: str) -> Mapping[str, int]:
    """How many labels of a print job are in each state."""
    found = (
        sa.select(PrintLine.state, sa.func.count().label("labels"))
        .where(PrintLine.org_id == org_id, PrintLine.print_job_id == job_id)
        .group_by(PrintLine.state)
    )
    return {row.state: row.labels for row in connection.execute(found)}


def next_line(connection: Connection, org_id: str, job_id: str) -> Row | None:
    """The first label of a print job that still waits."""
    mine = (PrintLine.org_id == org_id, PrintLine.print_job_id == job_id, PrintLine.state == "queued")
    return connection.execute(
        sa.select(PrintLine.__table__).where(*mine).order_by(PrintLine.no).limit(1)
    ).first()


def find_print_line(connection: Connection, org_id: str, job_id: str, *, no: int) -> Row | None:
    """One line of a print job; None where it has none of that number."""
    mine = (PrintLine.org_id == org_id, PrintLine.print_job_id == job_id, PrintLine.no == no)
    return connection.execute(sa.select(PrintLine.__table__).where(*mine)).first()


def lines_of_label(org_id: str, label_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    """The lines of one label in whatever print job."""
    return PrintLine.org_id == org_id, PrintLine.label_id == label_id


def in_doubt(connection: Connection, org_id: str, label_id: str) -> bool:
    """Whether the bytes of this label may have left in some print job, and nobody has said what became of it."""
    return bool(doubtful(connection, org_id, [label_id]))


def doubtful(connection: Connection, org_id: str, label_ids: Sequence[str]) -> frozenset[str]:
    """Those of these labels that are in doubt."""
    mine = (
        PrintLine.org_id == org_id,
        PrintLine.label_id.in_(label_ids),
        PrintLine.state.in_(("sending", "unknown")),
    )
    return frozenset(connection.execute(sa.select(PrintLine.label_id).where(*mine)).scalars())
