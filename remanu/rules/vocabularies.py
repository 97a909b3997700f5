"""The status words of a scheme, each mapped to a claim class by a dated table (I27, I39, I52; domain.md §5.1).

A word belongs to its scheme: `Overhauled` of one scheme is not `Rebuilt` of another, and what the table does not map
means nothing. A line carries one word, and two only where the scheme says that they go together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from remanu.rules.classes import ClaimClass

Side = Literal["production", "maintenance"]
Sides = Literal["production", "maintenance", "by-maker"]
Fault = Literal["no-term", "unknown-term", "several-terms", "term-of-another-class"]
SIDES: tuple[Side, ...] = ("production", "maintenance")
BETWEEN = "/"
"""What stands between two words of one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A status word: the class that it stands for, None where it stands for none, and the side that is signed.

    `by-maker` is the production side for the unit's maker and the maintenance side for everybody else. `pairs` are the
    words that may stand beside it.
    """

    word: str
    claim_class: ClaimClass | None
    side: Sides = "maintenance"
    pairs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words of one scheme from `applies_from` on and before `applies_to`; without `families` it is for all."""

    id: str
    jurisdiction: str
    applies_from: date
    applies_to: date | None
    terms: tuple[Term, ...]
    families: frozenset[str] = frozenset()
    source: str = ""
    tag: str = "M"

    def term(self, word: str) -> Term | None:
        """The term of this word, if the scheme has it."""
        return next((one for one in self.terms if one.word == word), None)

    def term_for(self, claim_class: ClaimClass) -> Term | None:
        """The first term that stands for a class, if there is one."""
        return next((one for one in self.terms if one.claim_class == claim_class), None)


def in_force(every: Iterable[Vocabulary], *, on: date) -> Iterator[Vocabulary]:
    """The vocabularies that hold on a day, those for named families before those for all."""
    held = (
        one for one in every if one.applies_from <= on and (one.applies_to is None or on < one.applies_to)
    )
    yield from sorted(held, key=lambda one: (not one.families, one.id))


def offered(
    every: Iterable[Vocabulary], *, family: str, claim_class: ClaimClass, on: date
) -> Iterator[Vocabulary]:
    """The schemes under which a unit of this family and class may be released on a day, those of its family first."""
    for one in in_force(every, on=on):
        if (not one.families or family in one.families) and one.term_for(claim_class) is not None:
            yield one


def chosen(
    every: Iterable[Vocabulary], *, family: str, claim_class: ClaimClass, on: date
) -> Vocabulary | None:
    """The scheme in whose words a unit is released: that of its family where it has a word for the class."""
    return next(offered(every, family=family, claim_class=claim_class, on=on), None)


def named(every: Iterable[Vocabulary], name: str, *, on: date) -> Vocabulary | None:
    """The vocabulary of this id that holds on a day."""
    return next((one for one in in_force(every, on=on) if one.id == name), None)


def words(status: str) -> tuple[str, ...]:
    """The words of one line."""
    return tuple(one.strip() for one in status.split(BETWEEN) if one.strip())


def faults(vocabulary: Vocabulary, status: str, *, claim_class: ClaimClass) -> tuple[Fault, ...]:
    """What is wrong with the status of a line whose unit has this class; nothing where it is in order."""
    said = words(status)
    known = [term for term in map(vocabulary.term, said) if term is not None]
    found: list[tuple[Fault, bool]] = [
        ("no-term", not said),
        ("unknown-term", len(known) < len(said)),
        ("several-terms", not _go_together(said, known)),
        ("term-of-another-class", any(one.claim_class not in {claim_class, None} for one in known)),
    ]
    return tuple(fault for fault, true in found if true)


def side_of(term: Term, *, by_maker: Literal["maker", "other"]) -> Side:
    """The one side of the form that is signed for a term; the other stays empty (I39)."""
    if term.side == "by-maker":
        return "production" if by_maker == "maker" else "maintenance"
    return term.side


def _go_together(said: tuple[str, ...], known: list[Term]) -> bool:
    if len(said) < 2:  # noqa: PLR2004 -- one word alone, or a pair
        return True
    return len(said) == 2 and all(set(said) - {one.word} <= one.pairs for one in known)  # noqa: PLR2004 -- a pair
