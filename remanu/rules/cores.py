"""What a core is worth taking: its outcome by criteria that are data, with the reasons (users.md §5.6, SM-1 no. 6).

An outcome is full, damaged or none. Every answer and every defect leaves a best outcome open; the worst of them is
the core's, so one more defect never betters it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Outcome = Literal["full", "damaged", "none"]
OUTCOMES: tuple[Outcome, ...] = ("none", "damaged", "full")
"""The worst first."""
SEVERITIES = ("minor", "major", "critical")
DEFECTS = (
    "missing",
    "cracked",
    "broken",
    "welded",
    "corroded",
    "burnt",
    "mishandled",
    "dismantled",
    "contaminated",
    "wrong_part",
    "other",
)
"""Coded discrepancies: what may be wrong with a core, seen without opening it."""
SPOTS = ("outside", "front", "rear", "left", "right", "top", "bottom", "inside")
ANYWHERE = "*"
"""A discrepancy of any component."""
WHY_APPEALED = ("outcome", "defect", "charge", "transport", "identity")
"""On what ground an owner asks that a core be graded again."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the criteria: its answers by code, and the best outcome that each leaves open."""

    code: str
    answers: Mapping[str, Outcome]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What a defect of a component (or of any, `*`) leaves open by its severity, and the add-charge for it."""

    defect: str
    component: str
    minor: Outcome
    major: Outcome
    critical: Outcome
    charge: str | None = None

    def leaves(self, severity: str) -> Outcome:
        """The best outcome that a defect of this severity leaves open."""
        return {"minor": self.minor, "major": self.major, "critical": self.critical}[severity]

    @property
    def falls(self) -> bool:
        """Whether a worse defect never leaves a better outcome open."""
        ranks = [OUTCOMES.index(one) for one in (self.minor, self.major, self.critical)]
        return ranks == sorted(ranks, reverse=True)


@dataclass(frozen=True, slots=True)
class Criteria:
    """One edition of the criteria of a programme."""

    questions: tuple[Question, ...]
    discrepancies: tuple[Discrepancy, ...] = ()


@dataclass(frozen=True, slots=True)
class Defect:
    """A defect found on a core."""

    code: str
    component: str
    severity: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A defect with what it leaves open, and the add-charge it brings."""

    defect: Defect
    outcome: Outcome
    charge: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome; `because` names the questions and defects that left no better one open, none for a full core."""

    outcome: Outcome
    answers: Mapping[str, Outcome]
    defects: tuple[Judged, ...]

    @property
    def because(self) -> tuple[str, ...]:
        """Codes of the questions, and `defect:component` of the defects, that decided."""
        if self.outcome == "full":
            return ()
        asked = [code for code, left in self.answers.items() if left == self.outcome]
        seen = [f"{one.defect.code}:{one.defect.component}" for one in self.defects if one.outcome == self.outcome]
        return tuple(dict.fromkeys((*asked, *seen)))

    @property
    def charges(self) -> tuple[str, ...]:
        """The add-charges, one a defect that brings one; a core for which nothing is given brings none."""
        return () if self.outcome == "none" else tuple(one.charge for one in self.defects if one.charge)


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The worst of the outcomes, full where there is none."""
    return min(outcomes, key=OUTCOMES.index, default="full")


def judge(criteria: Criteria, answers: Mapping[str, str], found: Sequence[Defect] = ()) -> Verdict:
    """The verdict on a core whose every question is answered; KeyError for an answer that the criteria lack."""
    left = {one.code: one.answers[answers[one.code]] for one in criteria.questions}
    judged = tuple(_judged(criteria, one) for one in found)
    return Verdict(worst((*left.values(), *(one.outcome for one in judged))), left, judged)


def _judged(criteria: Criteria, found: Defect) -> Judged:
    rule = _rule(criteria, found)
    if rule is None:
        # A defect that the criteria do not speak of is kept with the core and decides nothing.
        return Judged(found, "full", None)
    return Judged(found, rule.leaves(found.severity), rule.charge)


def _rule(criteria: Criteria, found: Defect) -> Discrepancy | None:
    """The rule for the component itself goes before the one for any."""
    fitting = [one for one in criteria.discrepancies if one.defect == found.code]
    named = [one for one in fitting if one.component == found.component]
    general = [one for one in fitting if one.component == ANYWHERE]
    return next(iter((*named, *general)), None)


def due(on: date, days: int) -> date:
    """The last day of a term of so many days."""
    return on + timedelta(days=days)
