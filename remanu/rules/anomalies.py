"""What is odd about readings of a label: reasons to look, never an accusation (labels.md §8).

Readings are counted by day of UTC and by label; who read it and where is not known, so that nothing is said of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Oddity = Literal["never-issued", "label-ended", "part-scrapped", "before-delivery"]
ENDED = frozenset({"lost", "revoked", "destroyed", "superseded"})
_ABROAD = frozenset({"applied", "active"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A label was read on a day: how it and its part stand now, and since when.

    `state` is None where the code was never issued; `changed` is the day on which the label came into its state, and
    `delivered` the day on which the part left with it, None where it has not left.
    """

    day: date
    state: str | None
    changed: date | None
    scrapped: bool
    delivered: date | None


def odd(one: Reading) -> Oddity | None:
    """The gravest thing that is odd about a reading; None where it is what labels are for."""
    if one.state is None:
        return "never-issued"
    if one.scrapped:
        return "part-scrapped"
    # Whoever takes a label off reads it for the last time on that very day.
    if one.state in ENDED and one.changed is not None and one.day > one.changed:
        return "label-ended"
    if one.state in _ABROAD and (one.delivered is None or one.day < one.delivered):
        return "before-delivery"
    return None
