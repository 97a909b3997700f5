"""What can happen in inspection; here all of it stands under one name."""

from __future__ import annotations

from typing import Any

from remanu.inspection.events import deciding, measuring, nonconformities
from remanu.inspection.events.deciding import (
    DISPOSE,
    DISPOSITION,
    INSPECT,
    Disposed,
    Dispositioned,
    Inspected,
    SheetLine,
    Sized,
)
from remanu.inspection.events.measuring import CALIBRATE, MEASURE, Calibrated, Measured, Tiers, Used
from remanu.inspection.events.nonconformities import (
    CLOSE_NONCONFORMITY,
    RAISE_NONCONFORMITY,
    NonconformityClosed,
    NonconformityRaised,
)
from remanu.ledger.kinds import Kind

KINDS: tuple[Kind[Any], ...] = (
    *measuring.KINDS,
    *deciding.KINDS,
    *nonconformities.KINDS,
)

__all__ = [
    "CALIBRATE",
    "CLOSE_NONCONFORMITY",
    "DISPOSE",
    "DISPOSITION",
    "INSPECT",
    "KINDS",
    "MEASURE",
    "RAISE_NONCONFORMITY",
    "Calibrated",
    "Disposed",
    "Dispositioned",
    "Inspected",
    "Measured",
    "NonconformityClosed",
    "NonconformityRaised",
    "SheetLine",
    "Sized",
    "Tiers",
    "Used",
]
