"""Acts of printers: add, change, calibrate, retire. Where they are the operator says: no address is recorded."""

from __future__ import annotations

from decimal import Decimal

from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.labelling import queries
from remanu.labelling.events import printers as events
from remanu.labelling.queries import Row
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import begin, record
from remanu.rules import calibration, text
from remanu.rules.actor import Actor

DRIVERS = ("pdf", "zpl")
DPIS = (203, 300, 600)
_LIMIT = 120


def add_printer(
    tx: Tx, actor: Actor, *, name: str, driver: str, media: str, dpi: int, outlet: str = ""
) -> Recorded[events.PrinterAdded]:
    """Enter a printer; Conflict `name-taken` where one in use is called so."""
    act = begin(tx, actor, "labelling.add_printer")
    body = _checked(name=name, driver=driver, media=media, dpi=dpi, outlet=outlet)
    _check_free(tx, actor, body.name)
    return record(act, events.ADD_PRINTER, subject(actor.org_id, tx.new_id()), body)


def change_printer(
    tx: Tx, actor: Actor, printer_id: str, *, name: str, driver: str, media: str, dpi: int, outlet: str = ""
) -> Recorded[events.PrinterAdded]:
    """Enter what is different now; it is to be calibrated again."""
    act = begin(tx, actor, "labelling.change_printer")
    row = _in_use(tx, actor, printer_id)
    body = _checked(name=name, driver=driver, media=media, dpi=dpi, outlet=outlet)
    if body.name != row.name:
        _check_free(tx, actor, body.name)
    return record(act, events.CHANGE_PRINTER, subject(actor.org_id, row.id), body)


def _checked(*, name: str, driver: str, media: str, dpi: int, outlet: str) -> events.PrinterAdded:
    if driver not in DRIVERS:
        raise BadInput("driver", "not-a-choice")
    if dpi not in DPIS:
        raise BadInput("dpi", "not-a-choice")
    if driver == "zpl" and not outlet:
        raise BadInput("outlet", "required")
    return events.PrinterAdded(
        name=text.clean_line("name", name, limit=_LIMIT),
        driver=driver,
        outlet=text.clean_line("outlet", outlet, limit=_LIMIT) if driver == "zpl" else "",
        dpi=dpi,
        media=queries.known_media(media),
    )


def _check_free(tx: Tx, actor: Actor, name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in queries.printers(tx.connection, actor.org_id)):
        raise Conflict(why="name-taken")


def calibrate_printer(
    tx: Tx, actor: Actor, printer_id: str, *, left: str, top: str, across: str, down: str
) -> Recorded[events.PrinterCalibrated]:
    """Take four lengths measured on the printed calibration page, in millimetres; BadInput `not-this-page`."""
    act = begin(tx, actor, "labelling.calibrate_printer")
    row = _in_use(tx, actor, printer_id)
    lengths = {
        name: Decimal(one) for name, one in (("left", left), ("top", top), ("across", across), ("down", down))
    }
    found = calibration.measured(**lengths)
    body = events.PrinterCalibrated(
        shift_x=found.shift_x, shift_y=found.shift_y, scale_x=found.scale_x, scale_y=found.scale_y
    )
    return record(act, events.CALIBRATE_PRINTER, subject(actor.org_id, row.id), body)


def retire_printer(tx: Tx, actor: Actor, printer_id: str) -> Recorded[events.PrinterRetired]:
    """Nothing is sent there any longer; its name is free again."""
    act = begin(tx, actor, "labelling.retire_printer")
    row = _in_use(tx, actor, printer_id)
    return record(act, events.RETIRE_PRINTER, subject(actor.org_id, row.id), events.PrinterRetired())


def _in_use(tx: Tx, actor: Actor, printer_id: str) -> Row:
    row = queries.find_printer(tx.connection, actor.org_id, printer_id)
    if row.retired_at is not None:
        raise Conflict(why="printer-retired")
    return row
