"""What leads from a certificate to a jurisdiction: home itself, or one line of an agreement (domain.md §5.4 no. 5–12).

A line is the same for every unit that the certificate covers, so that it is worked out once for an assembly; what
depends on the unit is asked of the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from remanu.rules import recognition_steps as step
from remanu.rules.agreements import ANY, Agreement, Register, Scope, Signatory
from remanu.rules.attested import Unit
from remanu.rules.recognition_steps import Facts
from remanu.rules.verdicts import Failure, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One way to a word: `good` where nothing stands against it, what does whichever unit it is, what it asks.

    `early`, `middle` and `late` lie around what depends on the unit: of two failures of one step the one that the
    step looks at first gives the word.
    """

    good: Word
    early: tuple[Failure, ...] = ()
    middle: tuple[Failure, ...] = ()
    late: tuple[Failure, ...] = ()
    asks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    signed: Signatory | None = None
    agreement: Agreement | None = None
    scope: Scope | None = None

    def failures(self, unit: Unit, facts: Facts) -> tuple[Failure, ...]:
        """Everything that stands against a unit on this way."""
        if self.agreement is None or self.scope is None:
            return self.early
        scope, uri = self.scope, self.agreement.uri
        return (
            *self.early,
            *step.tail(unit, facts, self.agreement),
            *self.middle,
            *step.taken(unit, scope, uri),
            *self.late,
            *step.status(unit, scope, uri),
        )


def lines(facts: Facts, register: Register) -> Iterator[Line]:
    """Every way from the certificate to the asking side; where there is none, that is told."""
    home, there = facts.certificate.home, facts.jurisdiction
    if home == there:
        yield _domestic(facts)
        return
    found = register.by_sides.get((home, there), ())
    for agreement in found:
        yield from (_by_agreement(facts, agreement, scope) for scope in agreement.scopes)
    if not any(one.scopes for one in found):
        back = register.by_sides.get((there, home), ())
        yield Line(good="UNKNOWN", early=(step.no_agreement(back),))


def _domestic(facts: Facts) -> Line:
    """Step 6: at home no agreement is asked; the accreditor must count there, and the product's own conditions hold."""
    signed, counts = step.signature(facts, (ANY,))
    return Line(
        good="DOMESTIC",
        early=(*step.accreditor(facts, signed, counts), *step.known_law(facts)),
        asks=step.asked(facts, ()),
        signed=signed,
    )


def _by_agreement(facts: Facts, agreement: Agreement, scope: Scope) -> Line:
    """Steps 5, 7 to 10 and 12 by one line of one agreement."""
    signed, counts = step.signature(facts, scope.arrangements)
    ended = agreement.ends is not None and agreement.ends <= facts.day
    return Line(
        good="EVIDENCE_ACCEPTED" if scope.level == "L1" else "RECOGNISED",
        early=(
            *step.basis(facts, agreement),
            *step.accreditor(facts, signed, counts),
            *step.dates(facts, agreement),
        ),
        middle=tuple(step.fits(facts, scope, agreement.uri)),
        late=(
            *step.documents(facts, agreement),
            *step.known_law(facts),
            *step.level(facts, scope, agreement.uri),
        ),
        asks=step.asked(facts, step.wanted(scope, facts.day)),
        notes=("agreement-ended",) if ended else (),
        signed=signed,
        agreement=agreement,
        scope=scope,
    )
