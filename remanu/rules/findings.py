"""The closed lists of what people say in inspection; they stand in event bodies, notes beside them are sealed."""

from __future__ import annotations

CALIBRATION_RESULTS = ("passed", "adjusted", "failed")
RETEST_REASONS = ("reading-doubted", "instrument-doubted", "cleaned-again", "after-work", "second-opinion")
"""Why something is measured again; the former result stays in the record."""
NOT_TESTED_REASONS = ("not-accessible", "no-instrument", "damaged", "not-fitted")
"""Why something is not measured: it then counts as not tested, never as accepted."""
CHANGE_REASONS = ("new-result", "mistaken", "no-replacement", "customer-asked")
"""Why a disposition is changed; the former one stays in the record."""
NONCONFORMITY_CAUSES = (
    "dimension",
    "crack",
    "damage",
    "wrong-part",
    "process",
    "test-failed",
    "paper",
    "other",
)
NONCONFORMITY_OUTCOMES = ("reworked", "replaced", "scrapped", "unfounded")
