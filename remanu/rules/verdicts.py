"""What a verdict is: one word, why, the chain it rests on, and the rows it used (domain.md §5.4, I48, I50, I51)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Word = Literal[
    "RECOGNISED",
    "DOMESTIC",
    "EVIDENCE_ACCEPTED",
    "CONDITIONAL",
    "UNKNOWN",
    "SUSPENDED",
    "HISTORY",
    "NOT_RECOGNISED",
    "INVALID",
]
WORDS: tuple[Word, ...] = get_args(Word)
"""From the best to the worst; where two agreements speak, the better one counts."""
GREEN: frozenset[str] = frozenset({"RECOGNISED", "DOMESTIC"})
_RANK: Mapping[str, int] = {word: rank for rank, word in enumerate(WORDS)}


@dataclass(frozen=True, slots=True)
class Failure:
    """A step of the algorithm that does not hold: the word it leads to, the reason, the row, and what it concerns."""

    step: int
    word: Word
    reason: str
    row: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain from the release to the jurisdiction, with its dates; `held` None is not known.

    `state` is how the row stands, or the reason of the first failure that broke the link.
    """

    what: str
    row: str
    since: date | None
    until: date | None
    held: bool | None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A condition or a national difference and how it stands; `row` is the dated row that says so."""

    kind: str
    state: str
    row: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Used:
    """A row that the verdict read, with the SHA-256 of what it said."""

    uri: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer. `reason` and `what` belong to the first failure; `failures` has all of them.

    `notes` are what is amber though the word is green. `level` and `agreement` are those of the line that counted.
    """

    word: Word
    jurisdiction: str
    as_of: date
    reason: str = ""
    what: str = ""
    failures: tuple[Failure, ...] = ()
    conditions: tuple[Outcome, ...] = ()
    notes: tuple[str, ...] = ()
    chain: tuple[Link, ...] = ()
    agreement: str | None = None
    level: str | None = None
    used: tuple[Used, ...] = ()
    inputs: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Everything that stands against a green word; where it is one thing, that alone would change it."""
        failed = [f"{one.reason}:{one.what}" if one.what else one.reason for one in self.failures]
        return (*failed, *(one.kind for one in self.conditions if one.state != "met"))


def rank(verdict: Verdict) -> tuple[int, int, str]:
    """The order of verdicts about one thing, best first: by word, by how much is against it, by agreement."""
    return _RANK[verdict.word], len(verdict.missing), verdict.agreement or ""


TEXT, FORMER = "recognise/2", ("recognise/1",)
"""The text of the rule, which is part of every question, and former ones by which older verdicts were given."""


def inputs_of(used: Iterable[Used], *, jurisdiction: str, as_of: date, text: str = TEXT) -> str:
    """The SHA-256 of the question and of all rows that it read, hex: same inputs, same verdict (I50)."""
    lines = [f"{text} {jurisdiction} {as_of.isoformat()}", *(f"{one.uri} {one.digest}" for one in used)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
