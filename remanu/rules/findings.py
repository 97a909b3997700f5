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
ENTRIES = ("blind", "open")
"""Whether limits stay hidden until a reading is stored."""
SECONDS = ("none", "critical", "all")
"""What a second person reads as well, not knowing the first result."""
QUALIFIED = ("role", "dated")
"""What qualifies for measuring: the role alone, or a dated qualification beside it (I14, I36)."""
CONDEMN_REASONS = ("broken", "melted", "missing-piece", "burnt", "deformed")
"""Why a component cannot be measured any more; it is then replaced, and nothing else."""
LATE_REASONS = ("from-paper", "no-network", "forgotten")
"""Why a reading is entered days after it was taken (T-R6)."""
