"""What a dossier has to show before it may be submitted, by class, family and scheme, from dated rows (domain.md §9.1).

A line names a fact that code can answer, or a step that the record must hold; which lines are asked is data. What
nobody can answer is not shown: a line whose fact is unknown stays open (fail closed).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Gate = Literal[
    "identity",
    "teardown",
    "measurements",
    "operations",
    "lives",
    "tests",
    "concessions",
    "substances",
    "mass_balance",
]
Circumstance = Literal["on-site", "limited-lives"]
GATES: tuple[Gate, ...] = (
    "identity",
    "teardown",
    "measurements",
    "operations",
    "lives",
    "tests",
    "concessions",
    "substances",
    "mass_balance",
)
"""In the order of the dossier."""
FACTS = (
    "mark_read",
    "part_number_known",
    "former_life_looked_up",
    "right_to_core_shown",
    "criteria_answered",
    "as_found_recorded",
    "components_disposed",
    "characteristics_measured",
    "people_qualified",
    "instruments_calibrated",
    "restored_remeasured",
    "operations_done",
    "processes_qualified",
    "positions_filled",
    "parts_serviceable",
    "site_counters_read",
    "lives_hold",
    "points_within",
    "no_open_nonconformity",
    "concessions_approved",
    "hazards_declared",
    "mass_balanced",
)
"""What code answers about a case, by name; a line may ask for nothing else but a step."""
STEPS = (
    "parts.attach",
    "parts.read_counter",
    "parts.read_mark",
    "inspection.examine",
    "inspection.measure",
    "inspection.repeat",
    "restoration.clean",
    "restoration.operate",
    "restoration.replace",
    "restoration.install",
)
"""Steps that a line of a family or a scheme may ask the record to hold, beside those that a state already needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A line that is asked from a day on; no class, family or scheme named means all.

    `code` is a fact, or a step where the record must hold one. With `act` the line is done once that step is in the
    record, because it could not have been taken otherwise; without it the fact is answered as it is now.
    `circumstances` are those of the case of which one at least must be given.
    """

    gate: Gate
    code: str
    act: str = ""
    applies_from: date = date.min
    applies_to: date | None = None
    classes: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    schemes: frozenset[str] = frozenset()
    circumstances: frozenset[Circumstance] = frozenset()
    source: str = ""
    tag: str = "M"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a dossier is about: the class aimed at, the family, the scheme that it is released under, and the day."""

    claim_class: str | None
    family: str
    scheme: str
    on: date
    circumstances: frozenset[Circumstance] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """A line with its verdict."""

    gate: Gate
    code: str
    done: bool


def concerns(one: Requirement, about: About) -> bool:
    """Whether this line is asked of this dossier."""
    held = one.applies_from <= about.on and (one.applies_to is None or about.on < one.applies_to)
    named = (
        (one.classes, about.claim_class),
        (one.families, about.family),
        (one.schemes, about.scheme),
    )
    given = not one.circumstances or bool(one.circumstances & about.circumstances)
    return held and given and all(not words or word in words for words, word in named)


def judge(
    every: Iterable[Requirement], about: About, *, facts: Mapping[str, bool], acted: Collection[str]
) -> tuple[Judged, ...]:
    """The lines that are asked, gate by gate, each once, with what the record shows of it."""
    found: dict[str, Judged] = {}
    for one in every:
        if concerns(one, about):
            found.setdefault(one.code, Judged(one.gate, one.code, _done(one, facts, acted)))
    return tuple(sorted(found.values(), key=lambda line: GATES.index(line.gate)))


def _done(one: Requirement, facts: Mapping[str, bool], acted: Collection[str]) -> bool:
    return one.act in acted if one.act else facts.get(one.code) is True


def unanswerable(every: Iterable[Requirement]) -> Iterator[str]:
    """Codes of lines that no dossier could ever close: neither a fact that is known nor a step that is offered."""
    for one in every:
        if one.code not in FACTS and not (one.code == one.act and one.code in STEPS):
            yield one.code
