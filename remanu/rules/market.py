"""What a market asks of a unit beside its certificate: words on it, their language, its warranty (I29, I30).

Each answer names the dated row that it used. Rows hold from `applies_from` on and before `applies_to`. Where no row is
known, or what was asked about is not, the answer is unknown and never met (I48).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, Protocol, TypeVar

from remanu.rules.classes import STRENGTH, ClaimClass

State = Literal["met", "unmet", "unknown"]


class Dated(Protocol):
    """A row of a jurisdiction that holds for some time."""

    @property
    def jurisdiction(self) -> str:
        """Whose rule it is."""

    @property
    def applies_from(self) -> date:
        """The first day."""

    @property
    def applies_to(self) -> date | None:
        """The first day on which it holds no more."""


Row = TypeVar("Row", bound=Dated)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelWord:
    """The word that stands for a class in one language; `conspicuous` where the rule wants it large and apart."""

    jurisdiction: str
    claim_class: ClaimClass
    language: str
    word: str
    conspicuous: bool
    applies_from: date
    applies_to: date | None = None
    source: str = ""
    tag: str = "M"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastWarranty:
    """The least warranty of a class; without `days` it is that of the new product."""

    jurisdiction: str
    claim_class: ClaimClass
    days: int | None
    applies_from: date
    applies_to: date | None = None
    source: str = ""
    tag: str = "M"

    def least(self, new_days: int) -> int:
        """The days that it asks of a product whose new one has `new_days`."""
        return new_days if self.days is None else self.days


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """The languages of which one at least has to stand on the unit or its paper."""

    jurisdiction: str
    languages: tuple[str, ...]
    applies_from: date
    applies_to: date | None = None
    source: str = ""
    tag: str = "M"


@dataclass(frozen=True, slots=True)
class Checked(Generic[Row]):
    """One answer with the row that it rests on, None where no row is known."""

    state: State
    row: Row | None


def in_force(rows: Iterable[Row], *, jurisdiction: str, on: date) -> Iterator[Row]:
    """The rows of a jurisdiction on a day."""
    for one in rows:
        ended = one.applies_to is not None and on >= one.applies_to
        if one.jurisdiction == jurisdiction and one.applies_from <= on and not ended:
            yield one


def word_for(
    rows: Iterable[LabelWord], claim_class: ClaimClass, *, jurisdiction: str, language: str, on: date
) -> LabelWord | None:
    """The word that the label rule of a jurisdiction prints for a class in a language on a day (I29)."""
    known = in_force(rows, jurisdiction=jurisdiction, on=on)
    return next((one for one in known if (one.claim_class, one.language) == (claim_class, language)), None)


def label_words(
    printed: Collection[str] | None,
    rows: Iterable[LabelWord],
    *,
    claim_class: ClaimClass,
    jurisdiction: str,
    on: date,
) -> Checked[LabelWord]:
    """Whether a word of the class by the jurisdiction's label rule is among what is printed; None is not known."""
    known = in_force(rows, jurisdiction=jurisdiction, on=on)
    wanted = [one for one in known if one.claim_class == claim_class]
    first = next(iter(wanted), None)
    if first is None or printed is None:
        return Checked("unknown", first)
    said = {_plain(one) for one in printed}
    found = next((one for one in wanted if _plain(one.word) in said), None)
    return Checked("unmet", first) if found is None else Checked("met", found)


def warranty(
    days: int | None,
    rows: Iterable[LeastWarranty],
    *,
    new_days: int | None,
    claim_class: ClaimClass,
    jurisdiction: str,
    on: date,
) -> Checked[LeastWarranty]:
    """Whether the warranty is no shorter than the least of the class there (I30); `new_days` is the new product's."""
    known = in_force(rows, jurisdiction=jurisdiction, on=on)
    row = next((one for one in known if one.claim_class == claim_class), None)
    if row is None or days is None or (row.days is None and new_days is None):
        return Checked("unknown", row)
    return Checked("met" if days >= row.least(new_days or 0) else "unmet", row)


def language(
    spoken: Collection[str] | None, rows: Iterable[Languages], *, jurisdiction: str, on: date
) -> Checked[Languages]:
    """Whether one of the jurisdiction's languages is among those of the label and papers; None is not known."""
    row = next(in_force(rows, jurisdiction=jurisdiction, on=on), None)
    if row is None or spoken is None:
        return Checked("unknown", row)
    return Checked("met" if set(row.languages).intersection(spoken) else "unmet", row)


def too_strong(said: str, claim_class: ClaimClass, rows: Iterable[LabelWord]) -> tuple[LabelWord, ...]:
    """The words of other classes in a text that claim more than the unit's class does, or another thing (I27, I29).

    A word that only stands inside a weaker or an equal one of the same rows says nothing stronger.
    """
    text, known = _plain(said), tuple(rows)
    for one in sorted(
        (one for one in known if not _claims_more(one, claim_class)), key=_length, reverse=True
    ):
        text = text.replace(_plain(one.word), "\n")
    return tuple(one for one in known if _claims_more(one, claim_class) and _plain(one.word) in text)


def _claims_more(one: LabelWord, claim_class: ClaimClass) -> bool:
    return one.claim_class != claim_class and one.claim_class not in STRENGTH[claim_class]


def _length(one: LabelWord) -> int:
    return len(one.word)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip()
