"""Acts of inspection: calibrate, measure, inspect, dispose, and what is not as it must be."""

from remanu.inspection.actions.deciding import dispose, disposition, inspect
from remanu.inspection.actions.measuring import calibrate, measure
from remanu.inspection.actions.nonconformities import (
    close_nonconformity,
    note_nonconformity,
    raise_nonconformity,
)

__all__ = [
    "calibrate",
    "close_nonconformity",
    "dispose",
    "disposition",
    "inspect",
    "measure",
    "note_nonconformity",
    "raise_nonconformity",
]
