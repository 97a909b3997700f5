"""The closed lists of what people say in inspection; they stand in event bodies, notes beside them are sealed."""

from __future__ import annotations

CALIBRATION_RESULTS = ("passed", "adjusted", "out_of_tolerance", "failed")
"""What a calibration found; `adjusted` was within tolerance before, `out_of_tolerance` was not and is good again."""
GOOD_AFTERWARDS = ("passed", "adjusted", "out_of_tolerance")
DOUBTFUL = frozenset({"out_of_tolerance", "failed", "recalled"})
"""After these, what the instrument measured since its last good calibration is in doubt."""
RECALL_REASONS = ("out-of-tolerance", "damaged", "check-failed", "certificate-wrong")
"""Why an instrument is recalled."""
RETEST_REASONS = ("reading-doubted", "instrument-doubted", "cleaned-again", "after-work", "second-opinion")
"""Why something is measured again; the former result stays in the record."""
NOT_TESTED_REASONS = ("not-accessible", "no-instrument", "damaged", "not-fitted")
"""Why something is not measured: it then counts as not tested, never as accepted."""
CHANGE_REASONS = ("new-result", "mistaken", "no-replacement", "customer-asked", "concession-refused")
"""Why a disposition is changed; the former one stays in the record."""
NONCONFORMITY_CAUSES = (
    "dimension",
    "crack",
    "damage",
    "wrong-part",
    "process",
    "test-failed",
    "paper",
    "instrument",
    "other",
)
CLOSED_BECAUSE = ("unfounded", "duplicate")
"""Why a nonconformity is closed without an action; what was decided is verified instead."""
