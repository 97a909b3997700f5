"""JSON of printers and print jobs."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from remanu.labelling import actions, queries
from remanu.web.access import allow
from remanu.web.context import actor, here


class PrinterRow(Schema):
    """A printer; shifts in millimetres and scales as ratios, text of decimals."""

    id = fields.String()
    name = fields.String()
    driver = fields.String()
    outlet = fields.String()
    dpi = fields.Integer()
    media = fields.String()
    shift_x = fields.String()
    shift_y = fields.String()
    scale_x = fields.String()
    scale_y = fields.String()
    calibrated_at = fields.AwareDateTime(allow_none=True)
    retired_at = fields.AwareDateTime(allow_none=True)


class PrintLineRow(Schema):
    """One label of a print job: queued, sending, sent, refused or unknown, with the reason where there is one.

    `printer` and `media` are where its bytes went; `decision` is what a member said of a label
    in doubt: came-out or did-not.
    """

    no = fields.Integer()
    label = fields.String(attribute="label_id")
    code = fields.String()
    state = fields.String()
    why = fields.String(allow_none=True)
    printer = fields.String(allow_none=True)
    media = fields.String(allow_none=True)
    decision = fields.String(allow_none=True)
    decided_by = fields.String(allow_none=True)
    decided_at = fields.AwareDateTime(allow_none=True)


class PrintJobRow(Schema):
    """A print job: running, stopped or done; `why` is what stopped it."""

    id = fields.String()
    printer = fields.String(attribute="printer_id")
    asked_at = fields.AwareDateTime()
    state = fields.String()
    why = fields.String(allow_none=True)
    labels = fields.List(fields.Nested(PrintLineRow))


class AskPrint(Schema):
    """Which reserved labels go to which network printer, in this order."""

    printer = fields.String(required=True)
    labels = fields.List(fields.String(), required=True)


@allow("read:workshop")
def printers() -> list[queries.Row]:
    """The printers in use, by name."""
    with here().database.reading() as connection:
        return queries.printers(connection, actor().org_id)


@allow("read:workshop")
def print_job(job_id: str) -> dict[str, Any]:
    """One print job with every label in its order."""
    with here().database.reading() as connection:
        row = queries.find_print_job(connection, actor().org_id, job_id)
        return {**row._mapping, "labels": queries.print_lines(connection, actor().org_id, job_id)}  # noqa: SLF001 -- public


@allow("act:labelling.print")
def ask_print(asked: dict[str, Any]) -> dict[str, Any]:
    """Send reserved labels to a network printer, in the worker; the answer is the job."""
    job = here().database.transact(lambda tx: actions.ask_print(tx, actor(), **asked))
    return print_job(job)


@allow("act:labelling.print")
def stop_print(job_id: str) -> dict[str, Any]:
    """Send nothing further; what is being sent at this moment still goes out."""
    here().database.transact(lambda tx: actions.stop_print(tx, actor(), job_id))
    return print_job(job_id)


@allow("act:labelling.print")
def resume_print(job_id: str) -> dict[str, Any]:
    """Go on with what still waits, once the fate of every label is known."""
    here().database.transact(lambda tx: actions.resume_print(tx, actor(), job_id))
    return print_job(job_id)


@allow("act:labelling.print")
def came_out(job_id: str, no: int) -> dict[str, Any]:
    """Say that a label of unknown fate is there: it is recorded as printed."""
    here().database.transact(lambda tx: actions.came_out(tx, actor(), job_id, no))
    return print_job(job_id)


@allow("act:labelling.print")
def did_not_come_out(job_id: str, no: int) -> dict[str, Any]:
    """Say that a label of unknown fate is not there: it waits to be sent again."""
    here().database.transact(lambda tx: actions.did_not_come_out(tx, actor(), job_id, no))
    return print_job(job_id)


READS = (
    ("/printers", PrinterRow(many=True), printers),
    ("/print-jobs/<job_id>", PrintJobRow, print_job),
)
ASKS = (("/print-jobs", AskPrint, PrintJobRow, ask_print),)
TURNS = (
    ("/print-jobs/<job_id>/stop", PrintJobRow, stop_print),
    ("/print-jobs/<job_id>/resume", PrintJobRow, resume_print),
    ("/print-jobs/<job_id>/labels/<int:no>/came-out", PrintJobRow, came_out),
    ("/print-jobs/<job_id>/labels/<int:no>/did-not-come-out", PrintJobRow, did_not_come_out),
)
