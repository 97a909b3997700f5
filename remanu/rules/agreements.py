"""The register that verdicts read: who accredited whom, which accreditors sign an arrangement, who agreed to what.

Rows of domain.md §5.4. Everything is dated, `since` included and `until` not; a row is a document and counts whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol, TypeVar

from remanu.rules.attested import Span

CONDITIONS = ("label", "language", "importer", "substance", "warranty", "notification", "dual_statement")
LEVELS = ("L0", "L1", "L2", "L3")
"""None, evidence accepted, certificate accepted with conditions, certificate equivalent."""
ANY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accreditation:
    """A body is accredited, or designated by its government, for a scheme, its editions and categories (SM-6, I46).

    `recorded` is "document" where somebody keeps it from a paper, "itself" where that somebody is the very body.
    """

    uri: str
    kind: Literal["accreditation", "designation"]
    accreditor: str
    home: str
    body: str
    scheme: str
    editions: tuple[str, ...]
    categories: tuple[str, ...]
    spans: tuple[Span, ...] | None
    recorded: Literal["system", "document", "itself"] = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """An accreditor signs an arrangement, for these schemes, over these dates."""

    uri: str
    arrangement: str
    accreditor: str
    schemes: tuple[str, ...]
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRule:
    """Whether a status word is taken: `*` is every word; what is None asks nothing of level, side or maker."""

    term: str
    accepted: bool
    level: str | None = None
    side: str | None = None
    by_maker: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A national difference: the receiving side wants this evidence as well, over these dates."""

    code: str
    since: date
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether it is asked on this day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One line of an agreement: which categories, schemes and editions, at which level, in which classes and words.

    `scheme_there` and `edition_there` name the counterpart. `arrangements` are those whose signatories count; empty
    where a designation by the government is asked. `asks` are conditions of `CONDITIONS`.
    """

    id: str
    categories: tuple[str, ...]
    scheme: str
    editions: tuple[str, ...]
    scheme_there: str
    edition_there: str
    equivalence: Literal["identical", "equivalent", "equivalent_with_differences"]
    level: str | None
    classes: tuple[str, ...]
    terms: tuple[TermRule, ...]
    arrangements: tuple[str, ...]
    differences: tuple[Difference, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What one side takes of the other: `home` issues, `there` recognises; both directions are two rows (I47).

    `covers_from` takes in certificates that were issued before it came into force. `tail` says what becomes of
    certificates when it ends: they stay ("yes"), stay until a day ("until"), or do not ("no") (I53). `basis` says
    whether the issuer must be accredited at issue alone, or on the day of asking too. `documents` says whether what
    is recorded from a document suffices.
    """

    uri: str
    home: str
    there: str
    in_force: date
    scopes: tuple[Scope, ...]
    ends: date | None = None
    tail: Literal["yes", "until", "no"] | None = None
    tail_until: date | None = None
    covers_from: date | None = None
    basis: Literal["issue", "as_of"] | None = "issue"
    documents: bool | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """What the law of a jurisdiction asks of every such product, whoever certified it: conditions of `CONDITIONS`."""

    code: str
    asks: tuple[str, ...]


class Kept(Protocol):
    """A row with a name of its own."""

    @property
    def uri(self) -> str:
        """Where it is kept."""


K = TypeVar("K", bound=Kept)


@dataclass(frozen=True, slots=True)
class Register:
    """All rows, found by what they are about; the order in which they came does not matter."""

    accreditations: tuple[Accreditation, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    jurisdictions: tuple[Jurisdiction, ...] = ()
    by_body: dict[str, tuple[Accreditation, ...]] = field(init=False, repr=False, compare=False)
    by_accreditor: dict[str, tuple[Signatory, ...]] = field(init=False, repr=False, compare=False)
    by_sides: dict[tuple[str, str], tuple[Agreement, ...]] = field(init=False, repr=False, compare=False)
    by_code: dict[str, Jurisdiction] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the rows into their places."""
        of = object.__setattr__
        of(self, "by_body", _grouped((one.body, one) for one in self.accreditations))
        of(self, "by_accreditor", _grouped((one.accreditor, one) for one in self.signatories))
        of(self, "by_sides", _grouped(((one.home, one.there), one) for one in self.agreements))
        of(self, "by_code", {one.code: one for one in self.jurisdictions})


Key = TypeVar("Key")


def _grouped(pairs: Iterable[tuple[Key, K]]) -> dict[Key, tuple[K, ...]]:
    found: dict[Key, list[K]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return {key: tuple(sorted(rows, key=lambda row: row.uri)) for key, rows in found.items()}


def within(category: str, subtrees: tuple[str, ...]) -> bool:
    """Whether a category lies in one of these subtrees; `*` is the whole tree."""
    return any(tree in {ANY, category} or category.startswith(f"{tree}/") for tree in subtrees)


def names(value: str, allowed: tuple[str, ...]) -> bool:
    """Whether a list names a value, or everything."""
    return value in allowed or ANY in allowed
