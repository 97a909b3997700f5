"""Acts of inspection: calibrate, measure, inspect, dispose, and what is not as it must be."""

from remanu.inspection.actions.concessions import (
    apply_concession,
    approve,
    approve_concession,
    deny_approval,
    refuse_concession,
    remember_denial,
    request_concession,
)
from remanu.inspection.actions.condemning import condemn, set_bench
from remanu.inspection.actions.deciding import dispose, disposition, inspect
from remanu.inspection.actions.examining import examine
from remanu.inspection.actions.measuring import calibrate, measure
from remanu.inspection.actions.nonconformities import (
    close_nonconformity,
    decide_nonconformity,
    note_nonconformity,
    raise_nonconformity,
    review_nonconformity,
    verify_nonconformity,
)
from remanu.inspection.actions.recalls import note_recall, recall_instrument
from remanu.inspection.actions.repeating import repeat

__all__ = [
    "apply_concession",
    "approve",
    "approve_concession",
    "calibrate",
    "close_nonconformity",
    "condemn",
    "decide_nonconformity",
    "deny_approval",
    "dispose",
    "disposition",
    "examine",
    "inspect",
    "measure",
    "note_nonconformity",
    "note_recall",
    "raise_nonconformity",
    "recall_instrument",
    "refuse_concession",
    "remember_denial",
    "repeat",
    "request_concession",
    "review_nonconformity",
    "set_bench",
    "verify_nonconformity",
]
