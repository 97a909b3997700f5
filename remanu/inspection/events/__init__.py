"""What can happen in inspection; here all of it stands under one name."""

from __future__ import annotations

from typing import Any

from remanu.inspection.events import bench, concessions, deciding, measuring, nonconformities, recalls
from remanu.inspection.events.bench import (
    CONDEMN,
    REPEAT,
    SET_BENCH,
    BenchSet,
    Condemned,
    Repeated,
    Unmeasured,
    count_repair,
)
from remanu.inspection.events.concessions import (
    APPLY_CONCESSION,
    APPROVE_CONCESSION,
    REFUSE_CONCESSION,
    REQUEST_CONCESSION,
    ConcessionApplied,
    ConcessionApproved,
    ConcessionRefused,
    ConcessionRequested,
    Deviates,
    Terms,
)
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
from remanu.inspection.events.measuring import (
    CALIBRATE,
    EXAMINE,
    MEASURE,
    Calibrated,
    Examined,
    IndicationSeen,
    Measured,
    Tiers,
    Used,
)
from remanu.inspection.events.nonconformities import (
    CLOSE_NONCONFORMITY,
    DECIDE_NONCONFORMITY,
    RAISE_NONCONFORMITY,
    REVIEW_NONCONFORMITY,
    VERIFY_NONCONFORMITY,
    NonconformityClosed,
    NonconformityDecided,
    NonconformityRaised,
    NonconformityReviewed,
    NonconformityVerified,
    Turn,
)
from remanu.inspection.events.recalls import RECALL_INSTRUMENT, Recalled
from remanu.ledger.kinds import Kind

KINDS: tuple[Kind[Any], ...] = (
    *measuring.KINDS,
    *bench.KINDS,
    *deciding.KINDS,
    *nonconformities.KINDS,
    *concessions.KINDS,
    *recalls.KINDS,
)

__all__ = [
    "APPLY_CONCESSION",
    "APPROVE_CONCESSION",
    "CALIBRATE",
    "CLOSE_NONCONFORMITY",
    "CONDEMN",
    "DECIDE_NONCONFORMITY",
    "DISPOSE",
    "DISPOSITION",
    "EXAMINE",
    "INSPECT",
    "KINDS",
    "MEASURE",
    "RAISE_NONCONFORMITY",
    "RECALL_INSTRUMENT",
    "REFUSE_CONCESSION",
    "REPEAT",
    "REQUEST_CONCESSION",
    "REVIEW_NONCONFORMITY",
    "SET_BENCH",
    "VERIFY_NONCONFORMITY",
    "BenchSet",
    "Calibrated",
    "ConcessionApplied",
    "ConcessionApproved",
    "ConcessionRefused",
    "ConcessionRequested",
    "Condemned",
    "Deviates",
    "Disposed",
    "Dispositioned",
    "Examined",
    "IndicationSeen",
    "Inspected",
    "Measured",
    "NonconformityClosed",
    "NonconformityDecided",
    "NonconformityRaised",
    "NonconformityReviewed",
    "NonconformityVerified",
    "Recalled",
    "Repeated",
    "SheetLine",
    "Sized",
    "Terms",
    "Tiers",
    "Turn",
    "Unmeasured",
    "Used",
    "count_repair",
]
