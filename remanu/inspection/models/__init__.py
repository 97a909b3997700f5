"""Tables of inspection; here all of them stand under one name."""

from remanu.inspection.models.bench import BenchRule, Condemnation, Indication, RepairCount, RepeatReading
from remanu.inspection.models.measuring import Calibration, Measurement, SizeStep
from remanu.inspection.models.nonconformities import Concession, ConcessionUse, Nonconformity, Recall

__all__ = [
    "BenchRule",
    "Calibration",
    "Concession",
    "ConcessionUse",
    "Condemnation",
    "Indication",
    "Measurement",
    "Nonconformity",
    "Recall",
    "RepairCount",
    "RepeatReading",
    "SizeStep",
]
