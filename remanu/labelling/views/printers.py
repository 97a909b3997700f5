"""Pages of printers and print jobs."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from remanu.accounts import queries as accounts
from remanu.drawing.calibration import A4, LETTER, draw_calibration
from remanu.errors import BadInput
from remanu.labelling import actions, queries
from remanu.labelling.schemas.printers import DRIVER_WORDS
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.locale import current, gettext
from remanu.web.strict import ticked
from remanu.web.words import N_

_READERS = "read:workshop"
_PAPERS = {"a4": A4, "letter": LETTER}
INSTRUCTIONS = (
    N_("Print this page in its actual size, not fitted to the paper."),
    N_("The ruler has to measure 100 mm. Where it does not, the print was scaled."),
    N_("Measure in millimetres to a tenth: from the left edge to the upper left cross,"),
    N_("from the upper edge to it, from it to the upper right one, from it to the lower left one."),
    N_("Enter the four lengths on the page of the printer."),
)
JOB_WORDS = {"running": N_("Printing"), "stopped": N_("Stopped"), "done": N_("All is settled")}
LINE_WORDS = {
    "queued": N_("Waits"),
    "sending": N_("Is being sent"),
    "sent": N_("Sent and recorded"),
    "refused": N_("Not printed"),
    "unknown": N_("Nobody knows whether it came out"),
}
LINE_KINDS = {
    **dict.fromkeys(("queued", "sending"), "process"),
    "sent": "verified",
    "refused": "invalid",
    "unknown": "attention",
}


def _may(verb: str) -> bool:
    return bool(actor().roles & PERMISSIONS[f"labelling.{verb}"])


@allow(_READERS)
def printers() -> ResponseReturnValue:
    """The printers in use, and what was sent to them lately."""
    with here().database.reading() as connection:
        rows = queries.printers(connection, actor().org_id)
        jobs = queries.print_jobs(connection, actor().org_id)
    words = {"drivers": DRIVER_WORDS, "job_words": JOB_WORDS}
    return render_template("labelling/printers.html", rows=rows, jobs=jobs, may=_may("add_printer"), **words)


@allow(_READERS)
def printer(printer_id: str) -> ResponseReturnValue:
    """One printer: what it is, how it is calibrated, and the way to calibrate it."""
    with here().database.reading() as connection:
        row = queries.find_printer(connection, actor().org_id, printer_id)
    allowed = row.driver != "zpl" or here().config.printer_at(row.org_id, row.outlet) is not None
    return render_template(
        "labelling/printer.html", row=row, drivers=DRIVER_WORDS, allowed=allowed, may=_may("change_printer")
    )


@allow(_READERS)
def calibration_pdf() -> Response:
    """The page of crosses, on A4 or letter paper."""
    paper = _PAPERS.get(request.args.get("paper", "a4"))
    if paper is None:
        raise BadInput("paper", "not-a-choice")
    lines = [gettext(one) for one in INSTRUCTIONS]
    response = Response(draw_calibration(lines, locale=current(), page=paper), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="calibration.pdf"'
    return response


@allow("act:labelling.print")
def ask_print() -> ResponseReturnValue:
    """Send the ticked labels to a network printer, in the worker."""
    given = ticked()
    wanted, chosen = given.getlist("ids"), given.get("printer", "")
    job = here().database.transact(lambda tx: actions.ask_print(tx, actor(), printer=chosen, labels=wanted))
    return redirect(url_for("labelling.print_job", job_id=job), 303)


@allow(_READERS)
def print_job(job_id: str) -> ResponseReturnValue:
    """How far a print job is, and what a person has to decide."""
    with here().database.reading() as connection:
        row = queries.find_print_job(connection, actor().org_id, job_id)
        lines = queries.print_lines(connection, actor().org_id, job_id)
        said = [one.decided_by for one in lines if one.decided_by]
        names = accounts.names_of(connection, here().database.keyring, actor().org_id, said)
    counts = {state: sum(one.state == state for one in lines) for state in LINE_WORDS}
    words = {"job_words": JOB_WORDS, "line_words": LINE_WORDS, "line_kinds": LINE_KINDS}
    return render_template(
        "labelling/print_job.html", row=row, lines=lines, counts=counts, names=names, may=_may("print"), **words
    )


@allow("act:labelling.print")
def stop_print(job_id: str) -> ResponseReturnValue:
    """Send nothing further."""
    here().database.transact(lambda tx: actions.stop_print(tx, actor(), job_id))
    return redirect(url_for("labelling.print_job", job_id=job_id), 303)


@allow("act:labelling.print")
def resume_print(job_id: str) -> ResponseReturnValue:
    """Go on with what still waits."""
    here().database.transact(lambda tx: actions.resume_print(tx, actor(), job_id))
    return redirect(url_for("labelling.print_job", job_id=job_id), 303)


@allow("act:labelling.print")
def came_out(job_id: str, no: int) -> ResponseReturnValue:
    """A label of unknown fate is there."""
    here().database.transact(lambda tx: actions.came_out(tx, actor(), job_id, no))
    return redirect(url_for("labelling.print_job", job_id=job_id), 303)


@allow("act:labelling.print")
def did_not_come_out(job_id: str, no: int) -> ResponseReturnValue:
    """A label of unknown fate is not there."""
    here().database.transact(lambda tx: actions.did_not_come_out(tx, actor(), job_id, no))
    return redirect(url_for("labelling.print_job", job_id=job_id), 303)


ROUTES = (
    ("/printers", printers, ["GET"]),
    ("/printers/calibration.pdf", calibration_pdf, ["GET"]),
    ("/printers/<printer_id>", printer, ["GET"]),
    ("/print-jobs", ask_print, ["POST"]),
    ("/print-jobs/<job_id>", print_job, ["GET"]),
    ("/print-jobs/<job_id>/stop", stop_print, ["POST"]),
    ("/print-jobs/<job_id>/resume", resume_print, ["POST"]),
    ("/print-jobs/<job_id>/labels/<int:no>/came-out", came_out, ["POST"]),
    ("/print-jobs/<job_id>/labels/<int:no>/did-not-come-out", did_not_come_out, ["POST"]),
)
