"""What can happen to printers: bodies of events and their effects."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.labelling.models import Printer
from remanu.ledger.kinds import Kind, Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterAdded:
    """A printer is there: its driver is pdf or zpl, `outlet` what the operator calls one that takes ZPL."""

    name: str
    driver: str
    outlet: str
    dpi: int
    media: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterCalibrated:
    """What the printer does to places: shifts in millimetres and scales as ratios, text of decimals."""

    shift_x: str
    shift_y: str
    scale_x: str
    scale_y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterRetired:
    """Nothing is sent there any longer."""


_TRUE = {"shift_x": "0.00", "shift_y": "0.00", "scale_x": "1.0000", "scale_y": "1.0000"}


def _add(tx: Tx, done: Recorded[PrinterAdded]) -> None:
    row = {"org_id": done.org_id, "id": done.subject.id, "added_at": done.at, **asdict(done.body), **_TRUE}
    tx.execute(sa.insert(Printer).values(**row))


def _change(tx: Tx, done: Recorded[PrinterAdded]) -> None:
    # Other dots or another stock make what was measured untrue.
    _set(tx, done, calibrated_at=None, **asdict(done.body), **_TRUE)


def _calibrate(tx: Tx, done: Recorded[PrinterCalibrated]) -> None:
    _set(tx, done, calibrated_at=done.at, **asdict(done.body))


def _retire(tx: Tx, done: Recorded[PrinterRetired]) -> None:
    _set(tx, done, retired_at=done.at)


def _set(tx: Tx, done: Recorded[Any], **values: Any) -> None:
    mine = (Printer.org_id == done.org_id, Printer.id == done.subject.id)
    tx.execute(sa.update(Printer).where(*mine).values(**values))


ADD_PRINTER = Kind("labelling.add_printer", 1, PrinterAdded, _add)
CHANGE_PRINTER = Kind("labelling.change_printer", 1, PrinterAdded, _change)
CALIBRATE_PRINTER = Kind("labelling.calibrate_printer", 1, PrinterCalibrated, _calibrate)
RETIRE_PRINTER = Kind("labelling.retire_printer", 1, PrinterRetired, _retire)
KINDS = (ADD_PRINTER, CHANGE_PRINTER, CALIBRATE_PRINTER, RETIRE_PRINTER)
