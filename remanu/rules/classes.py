"""The word a release may carry: the strongest class that the evidence supports, never one that is typed (I26–I28)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from remanu.rules.dispositions import Zone

ClaimClass = Literal["REUSED", "REPAIRED", "RECONDITIONED", "OVERHAULED", "REBUILT", "REMANUFACTURED"]
Depth = Literal["none", "affected", "modules", "parts"]
Test = Literal["none", "partial", "full"]
Shortfall = Literal[
    "not-offered",
    "depth",
    "warranty",
    "not-tested",
    "faults",
    "critical-not-measured",
    "critical-beyond-service",
    "critical-outside-new",
    "concession",
    "mandatory-kept",
    "warranty-below-new",
]

# OVERHAULED and REBUILT are words of aviation; they stand beside the general ladder and never lead over to it,
# so that an overhaul is never shown as a remanufacture (I27).
LADDERS: Mapping[ClaimClass, tuple[ClaimClass, ...]] = {
    "REUSED": ("REUSED",),
    "REPAIRED": ("REUSED", "REPAIRED"),
    "RECONDITIONED": ("REUSED", "REPAIRED", "RECONDITIONED"),
    "REMANUFACTURED": ("REUSED", "REPAIRED", "RECONDITIONED", "REMANUFACTURED"),
    "OVERHAULED": ("REUSED", "REPAIRED", "OVERHAULED"),
    "REBUILT": ("REUSED", "REPAIRED", "OVERHAULED", "REBUILT"),
}
"""For each targeted class the words it may end in, weakest first."""

STRENGTH: Mapping[ClaimClass, frozenset[ClaimClass]] = {
    word: frozenset(rungs[:-1]) for word, rungs in LADDERS.items()
}
"""For each class the weaker ones; of two classes of which neither is weaker, neither may be said for the other."""

_DEPTHS: tuple[Depth, ...] = ("none", "affected", "modules", "parts")
_TESTED = frozenset({"RECONDITIONED", "OVERHAULED", "REBUILT", "REMANUFACTURED"})
_AS_NEW = frozenset({"REBUILT", "REMANUFACTURED"})


@dataclass(frozen=True, slots=True)
class Terms:
    """What one class asks of a family: how deep to take it apart, and the warranty in days."""

    claim_class: ClaimClass
    depth: Depth
    warranty_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the dossier shows.

    `critical` is the worst zone of the final values of all critical characteristics; approved size steps count
    as new limits. `test` is full when every mandatory point passed. Warranties are in days. `mandatory_kept` are the
    places whose part is renewed every time and was not (I16); `upgrades` the approved changes by which improved parts
    came in.
    """

    targeted: ClaimClass
    terms: tuple[Terms, ...]
    critical: Zone
    depth: Depth
    test: Test
    faults_removed: bool
    concession_outside_new: bool
    warranty_days: int
    new_warranty_days: int
    mandatory_kept: tuple[str, ...] = ()
    upgrades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """The strongest word, None where not even the weakest is supported, and what the next one up lacks.

    `upgraded` names the changes that lift the unit above its original type: a flag beside a word that is as new, and
    no word of its own.
    """

    word: ClaimClass | None
    why_not_higher: tuple[Shortfall, ...]
    upgraded: tuple[str, ...] = ()


def strongest(evidence: Evidence) -> Claim:
    """The strongest class up to the targeted one; the dossier was compiled for no stronger."""
    lacking: tuple[Shortfall, ...] = ()
    for word in reversed(LADDERS[evidence.targeted]):
        found = tuple(_shortfalls(word, evidence))
        if not found:
            return Claim(word, lacking, evidence.upgrades if word in _AS_NEW else ())
        lacking = found
    return Claim(None, lacking)


def is_weaker(word: ClaimClass, than: ClaimClass) -> bool:
    """Whether a downgrade from `than` may end in this word."""
    return word in LADDERS[than][:-1]


def capped(targeted: ClaimClass) -> ClaimClass:
    """The strongest class that a unit may end in whose concession lies outside new limits (I28)."""
    return next(word for word in reversed(LADDERS[targeted]) if word not in _AS_NEW)


def _shortfalls(word: ClaimClass, evidence: Evidence) -> Iterator[Shortfall]:
    terms = next((one for one in evidence.terms if one.claim_class == word), None)
    if terms is None:
        yield "not-offered"
        return
    if _DEPTHS.index(evidence.depth) < _DEPTHS.index(terms.depth):
        yield "depth"
    if evidence.warranty_days < terms.warranty_days:
        yield "warranty"
    if word != "REUSED":
        yield from _of_mended(evidence)
    if word in _TESTED and evidence.test != "full":
        yield "not-tested"
    if word in _TESTED and evidence.mandatory_kept:
        yield "mandatory-kept"
    if word in _AS_NEW:
        yield from _of_new(evidence)


def _of_mended(evidence: Evidence) -> Iterator[Shortfall]:
    if not evidence.faults_removed:
        yield "faults"
    if evidence.critical == "not_tested":
        yield "critical-not-measured"
    if evidence.critical in {"beyond_service", "not_measurable"}:
        yield "critical-beyond-service"


def _of_new(evidence: Evidence) -> Iterator[Shortfall]:
    if evidence.critical == "between_new_and_service":
        yield "critical-outside-new"
    if evidence.concession_outside_new:
        yield "concession"
    if evidence.warranty_days < evidence.new_warranty_days:
        yield "warranty-below-new"
