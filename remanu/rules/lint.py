"""Lint of a release certificate: of the draft before anybody signs it, and of every one in force each night.

It reads the certificate as data and what the record knows beside it, and decides nothing: whoever asks refuses to sign,
or reports (domain.md §5.1, I23, I27, I29–I31, I36, I37, I39).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, cast

from remanu.rules import vocabularies
from remanu.rules.classes import STRENGTH, ClaimClass
from remanu.rules.market import LabelWord, too_strong
from remanu.rules.vocabularies import SIDES, Vocabulary

Values = Mapping[str, Any]
Code = Literal[
    "block-missing",
    "number-differs",
    "digest-differs",
    "dossier-differs",
    "class-unknown",
    "class-above-dossier",
    "vocabulary-unknown",
    "no-term",
    "unknown-term",
    "several-terms",
    "term-of-another-class",
    "word-too-strong",
    "side-not-allowed",
    "warranty-below-minimum",
    "date-before-dossier",
    "authorisation-not-valid",
    "evidence-missing",
    "worked-places-unnamed",
    "corrects-itself",
    "character-missing",
    "does-not-fit",
    "cannot-be-drawn",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A block that has to be filled, for some classes, families and schemes, from a day on; none named means all.

    `path` leads to it in the certificate's data; what may be empty must be said all the same.
    """

    block: str
    path: str
    may_be_empty: bool
    applies_from: date
    applies_to: date | None
    classes: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    schemes: frozenset[str] = frozenset()

    def concerns(self, record: Values, on: date) -> bool:
        """Whether this certificate is asked for it on that day."""
        held = self.applies_from <= on and (self.applies_to is None or on < self.applies_to)
        given = (
            (self.classes, record.get("claim_class")),
            (self.families, record.get("unit", {}).get("family")),
            (self.schemes, record.get("scheme")),
        )
        return held and all(not named or one in named for named, one in given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A certificate as data, with what the record knows beside it.

    `digest` is what is or will be signed, `computed` the SHA-256 of the data now; `dossier`, `claim_class` and
    `submitted_on` are those of the sealed dossier. `on` is the day of the signature, `authorisation` the number that
    was valid on it. `missing` are digests of evidence that is not kept.
    """

    record: Values
    number: str
    digest: str
    computed: str
    dossier: str
    claim_class: str
    submitted_on: date
    on: date
    least_warranty: int
    by_maker: Literal["maker", "other"]
    authorisation: str | None
    vocabulary: Vocabulary | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What is not in order, and in which block of the form; `what` is the text that cannot be drawn, where one cannot.

    Of the unit's label the block is `label`.
    """

    block: str
    code: Code
    what: str = ""

    def told(self) -> dict[str, str]:
        """As data, without what it does not say."""
        return {name: value for name, value in asdict(self).items() if value}


def lint(paper: Paper, *, asks: Iterable[Ask], words: Iterable[LabelWord]) -> tuple[Finding, ...]:
    """Everything that stands against this certificate, in the order of its blocks; empty when it is in order."""
    found = [
        *_blocks(paper, asks),
        *_identity(paper),
        *_class(paper, tuple(words)),
        *_form(paper),
        *_basis(paper),
    ]
    return tuple(dict.fromkeys(found))


def _blocks(paper: Paper, asks: Iterable[Ask]) -> Iterator[Finding]:
    for one in asks:
        if one.concerns(paper.record, paper.on) and not _filled(paper.record, one):
            yield Finding(one.block, "block-missing")


def _filled(record: Values, one: Ask) -> bool:
    value: Any = record
    for name in one.path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value is not None if one.may_be_empty else value not in (None, "", [], ())


def _identity(paper: Paper) -> Iterator[Finding]:
    record = paper.record
    if record.get("number") != paper.number:
        yield Finding("3", "number-differs")
    if paper.digest != paper.computed:
        yield Finding("15", "digest-differs")
    if record.get("dossier") != paper.dossier:
        yield Finding("15", "dossier-differs")
    if record.get("supersedes", {}).get("number") == paper.number:
        yield Finding("3", "corrects-itself")


def _class(paper: Paper, words: tuple[LabelWord, ...]) -> Iterator[Finding]:
    said = paper.record.get("claim_class")
    if said not in STRENGTH:
        yield Finding("11a", "class-unknown")
        return
    word = cast("ClaimClass", said)
    status = str(paper.record.get("status", ""))
    if not _supported(word, paper.claim_class):
        yield Finding("11a", "class-above-dossier")
    if paper.vocabulary is None:
        yield Finding("11", "vocabulary-unknown")
    else:
        for fault in vocabularies.faults(paper.vocabulary, status, claim_class=word):
            yield Finding("11", fault)
    if too_strong(status, word, words):
        yield Finding("11", "word-too-strong")


def _supported(word: ClaimClass, dossier: str) -> bool:
    """I26: the class of the dossier, or one that is weaker."""
    weaker: frozenset[str] = STRENGTH.get(cast("ClaimClass", dossier), frozenset())
    return word == dossier or word in weaker


def _form(paper: Paper) -> Iterator[Finding]:
    side = paper.record.get("side", "maintenance")
    if side not in SIDES or (side == "production" and not _by_its_maker(paper)):
        yield Finding("13", "side-not-allowed")
    site = paper.record.get("on_site")
    if site is not None and not site.get("worked"):
        yield Finding("12", "worked-places-unnamed")
    if int(paper.record.get("warranty_days", 0)) < paper.least_warranty:
        yield Finding("12", "warranty-below-minimum")


def _by_its_maker(paper: Paper) -> bool:
    """I39: the production side only where the scheme says so of the word, and the maker signs."""
    known = paper.vocabulary
    term = None if known is None else known.term(str(paper.record.get("status", "")))
    return term is not None and vocabularies.side_of(term, by_maker=paper.by_maker) == "production"


def _basis(paper: Paper) -> Iterator[Finding]:
    if paper.on < paper.submitted_on:
        yield Finding("14d", "date-before-dossier")
    if paper.authorisation is None:
        yield Finding("14c", "authorisation-not-valid")
    if paper.missing:
        yield Finding("12", "evidence-missing")
