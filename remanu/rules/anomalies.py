"""What is odd about readings of a label: reasons to look, never an accusation (labels.md §8).

Readings are counted by day of UTC and by label; who read it and where is not known, so that nothing is said of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from remanu.rules.lifecycle import BEFORE_RELEASE

Oddity = Literal["never-issued", "label-ended", "part-scrapped", "before-delivery"]
Sign = Literal[Oddity, "far-apart", "held-twice"]
"""Everything that a supervisor is shown as odd: of one reading, of two readings, or of two records."""
ENDED = frozenset({"lost", "revoked", "destroyed", "superseded"})
ABROAD = frozenset({"applied", "active"})

HELD = BEFORE_RELEASE - {"ANNOUNCED", "SITE_ACCEPTED"} | {"RELEASED", "LABELLED"}
"""States of a case in which its part lies in the house: it has come, and has not left. On site it stays its owner's."""


@dataclass(frozen=True, slots=True)
class Custody:
    """What one's own record says of a part: the state of its case; `on_site` where it stays at its owner's."""

    state: str
    on_site: bool


def held_twice(mine: Custody, there: str) -> bool:
    """Whether somebody else works on the very part that lies here: one is mistaken, or one part is a copy.

    `there` is the public state that the other record gives it; a part that was released there may well lie here.
    """
    return mine.state in HELD and not mine.on_site and there == "in-process"


@dataclass(frozen=True, slots=True)
class Reading:
    """A label was read on a day: how it and its part stand now, and since when.

    `state` is None where the code was never issued. `ended` is the day on which the label stopped being one, `scrapped`
    that on which its part did, `delivered` that on which the part left with it; None where it has not.
    """

    day: date
    state: str | None
    ended: date | None
    scrapped: date | None
    delivered: date | None


def odd(one: Reading) -> Oddity | None:
    """The gravest thing that is odd about a reading; None where it is what labels are for."""
    if one.state is None:
        return "never-issued"
    # Whoever scraps a part or takes a label off reads it for the last time on that very day.
    if one.scrapped is not None and one.day > one.scrapped:
        return "part-scrapped"
    if one.state in ENDED and one.ended is not None and one.day > one.ended:
        return "label-ended"
    if one.state in ABROAD and (one.delivered is None or one.day < one.delivered):
        return "before-delivery"
    return None
