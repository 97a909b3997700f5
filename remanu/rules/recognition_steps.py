"""The steps of recognition one by one, each naming what does not hold (domain.md §5.4 no. 1–10 and 12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from remanu.rules.agreements import (
    ANY,
    Accreditation,
    Agreement,
    Jurisdiction,
    Scope,
    Signatory,
    TermRule,
    names,
    within,
)
from remanu.rules.attested import GOOD, PAUSED, Certificate, Finding, Span, Unit, standing
from remanu.rules.verdicts import Failure, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a certificate and of who stands behind it, for one jurisdiction and day; the same for every
    unit that it covers.

    `authority` is the accreditation or designation that covers the certificate, `bodies` all that the register has of
    the body, `signatures` those of its accreditor. `law` is None where the register does not know the jurisdiction.
    """

    certificate: Certificate
    jurisdiction: str
    day: date
    bodies: tuple[Accreditation, ...]
    authority: Accreditation | None
    signatures: tuple[Signatory, ...]
    law: Jurisdiction | None

    def of(self, certificate: Certificate) -> Facts:
        """The same of another certificate behind which the same stands."""
        return Facts(
            certificate=certificate,
            jurisdiction=self.jurisdiction,
            day=self.day,
            bodies=self.bodies,
            authority=self.authority,
            signatures=self.signatures,
            law=self.law,
        )


def integrity(unit: Unit) -> Iterator[Failure]:
    """Step 1: signature, hash and the issuer's key."""
    if unit.whole is None:
        yield Failure(1, "UNKNOWN", "integrity", unit.uri)
    elif not unit.whole:
        yield Failure(1, "INVALID", "integrity", unit.uri)


def release_state(unit: Unit, day: date) -> Iterator[Failure]:
    """Step 2, the release: neither revoked nor superseded nor under review on the day."""
    yield from _of_span(standing(unit.spans, day), unit.uri, "release")


def certificate_state(unit: Unit, facts: Facts) -> Iterator[Failure]:
    """Step 2, the certificate: live at the unit's release, and now, or what befell it spares the unit (R11)."""
    certificate = facts.certificate
    then = standing(certificate.spans, unit.released, unit.model)
    if then is None or then.state not in GOOD:
        yield from _of_span(then, certificate.uri, "certificate")
        return
    now = standing(certificate.spans, facts.day, unit.model)
    if now is None or not spared(now, unit):
        yield from _of_span(now, certificate.uri, "certificate")


def _of_span(span: Span | None, uri: str, whose: str) -> Iterator[Failure]:
    if span is None:
        yield Failure(2, "UNKNOWN", "state", uri, whose)
    elif span.state in PAUSED:
        yield Failure(2, "SUSPENDED", span.state, uri, whose)
    elif span.state not in GOOD:
        yield Failure(2, "NOT_RECOGNISED", span.state, uri, whose)


def spared(span: Span, unit: Unit) -> bool:
    """Whether what befell a certificate later leaves a unit alone that was released before (domain.md §3.6)."""
    return not span.retroactive and unit.released < span.since


def identity(unit: Unit) -> Iterator[Failure]:
    """Step 3, the item: the paper speaks of this life of the part (R20)."""
    if unit.current is None:
        yield Failure(3, "UNKNOWN", "identity", unit.uri)
    elif not unit.current:
        yield Failure(3, "HISTORY", "life-closed", unit.uri)


def claim(unit: Unit) -> Iterator[Failure]:
    """Step 7 begins with a word: a unit of no class is recognised nowhere, not even at home."""
    if unit.claim_class is None:
        yield Failure(7, "UNKNOWN", "class", unit.uri)


def model(unit: Unit, facts: Facts) -> Iterator[Failure]:
    """Step 3, the model: in the certificate's scope on the day of release (I44, R10)."""
    certificate = facts.certificate
    if certificate.models is None or unit.model is None:
        yield Failure(3, "UNKNOWN", "model", certificate.uri)
        return
    named = [one for one in certificate.models if one.model in {ANY, unit.model}]
    if not any(on(one.since, one.until, unit.released) for one in named):
        yield Failure(3, "NOT_RECOGNISED", "model", certificate.uri, unit.model)


def issuer(facts: Facts) -> Iterator[Failure]:
    """Step 4: the body was accredited or designated for scheme, edition and category at issue (I46, R7, R9).

    A paper in its favour that it recorded itself leaves that unknown (I48).
    """
    certificate, found = facts.certificate, facts.authority
    if not facts.bodies:
        yield Failure(4, "UNKNOWN", "issuer", certificate.body)
    elif found is None:
        yield Failure(4, "NOT_RECOGNISED", "scope", certificate.body, certificate.category)
    elif not found.spans:
        yield Failure(4, "UNKNOWN", "issuer", found.uri)
    elif not held(found.spans, certificate.issued):
        yield Failure(4, "NOT_RECOGNISED", "issuer", found.uri)
    elif found.recorded == "itself":
        yield Failure(4, "UNKNOWN", "own-designation", found.uri)


def covers(row: Accreditation, certificate: Certificate) -> bool:
    """Whether an accreditation speaks of the certificate's scheme, edition and category."""
    return (
        row.scheme in {ANY, certificate.scheme}
        and names(certificate.edition, row.editions)
        and within(certificate.category, row.categories)
    )


def held(spans: tuple[Span, ...] | None, day: date) -> bool:
    """Whether the state on a day is a good one."""
    now = standing(spans, day)
    return now is not None and now.state in GOOD


def on(since: date, until: date | None, day: date) -> bool:
    """Whether a day lies from one date until before another."""
    return since <= day and (until is None or day < until)


def signature(facts: Facts, arrangements: tuple[str, ...]) -> tuple[Signatory | None, bool | None]:
    """The signature by which the accreditor counts, and whether it does; None where nothing is known of it.

    The receiving side's own accreditor and a government's designation need none.
    """
    found, certificate = facts.authority, facts.certificate
    if found is None:
        return None, None
    if found.kind == "designation" or found.home == facts.jurisdiction:
        return None, True
    fitting = [
        one
        for one in facts.signatures
        if names(one.arrangement, arrangements) and names(certificate.scheme, one.schemes)
    ]
    live = [one for one in fitting if on(one.since, one.until, certificate.issued)]
    if live:
        return live[0], True
    return next(iter(fitting), None), False if facts.signatures else None


def accreditor(facts: Facts, signed: Signatory | None, counts: bool | None) -> Iterator[Failure]:  # noqa: FBT001 -- three answers, None among them
    """Step 5: the accreditor signed the arrangement at issue (R8)."""
    if facts.authority is None:
        return
    row = facts.authority.uri if signed is None else signed.uri
    if counts is None:
        yield Failure(5, "UNKNOWN", "accreditor", row, facts.authority.accreditor)
    elif not counts:
        yield Failure(5, "NOT_RECOGNISED", "accreditor", row, facts.authority.accreditor)


def known_law(facts: Facts) -> Iterator[Failure]:
    """Step 6 and 10: what the asking jurisdiction asks of every such product has to be on the register."""
    if facts.law is None:
        yield Failure(10, "UNKNOWN", "jurisdiction", "", facts.jurisdiction)


def no_agreement(back: tuple[Agreement, ...]) -> Failure:
    """Step 7 where no row leads there: a row for the other direction is no row for this one (R12, I47)."""
    if back:
        return Failure(7, "NOT_RECOGNISED", "direction", back[0].uri)
    return Failure(7, "UNKNOWN", "agreement")


def dates(facts: Facts, agreement: Agreement) -> Iterator[Failure]:
    """Step 7, dates: in force at issue unless older certificates are taken in, and not suspended (R3)."""
    since = agreement.covers_from or agreement.in_force
    if facts.certificate.issued < since or facts.day < agreement.in_force:
        yield Failure(7, "NOT_RECOGNISED", "date", agreement.uri)
    now = standing(agreement.spans, facts.day)
    if now is not None and now.state not in GOOD:
        yield Failure(7, "NOT_RECOGNISED", f"agreement-{now.state}", agreement.uri)


def tail(unit: Unit, facts: Facts, agreement: Agreement) -> Iterator[Failure]:
    """Step 7, the end of an agreement: what becomes of what was released before is its tail's to say (R4, R5, I53)."""
    ends = agreement.ends
    if ends is None or facts.day < ends:
        return
    until = {"yes": date.max, "until": agreement.tail_until, "no": ends}.get(agreement.tail or "")
    if until is None:
        yield Failure(7, "UNKNOWN", "tail", agreement.uri)
    elif facts.day >= until or max(facts.certificate.issued, unit.released) >= ends:
        yield Failure(7, "NOT_RECOGNISED", "agreement-ended", agreement.uri)


def fits(facts: Facts, scope: Scope, uri: str) -> Iterator[Failure]:
    """Step 7, scope: category subtree, scheme and edition."""
    certificate = facts.certificate
    if not within(certificate.category, scope.categories):
        yield Failure(7, "NOT_RECOGNISED", "category", uri, certificate.category)
    if certificate.scheme != scope.scheme:
        yield Failure(7, "NOT_RECOGNISED", "scheme", uri, certificate.scheme)
    elif not names(certificate.edition, scope.editions):
        yield Failure(7, "NOT_RECOGNISED", "edition", uri, certificate.edition)


def taken(unit: Unit, scope: Scope, uri: str) -> Iterator[Failure]:
    """Step 7, scope: claim class; that a unit has none is said once, by `claim`."""
    if unit.claim_class is not None and not names(unit.claim_class, scope.classes):
        yield Failure(7, "NOT_RECOGNISED", "class", uri, unit.claim_class)


def status(unit: Unit, scope: Scope, uri: str) -> Iterator[Failure]:
    """Step 8: an excluded status word wins over everything (I52, R13); one that no rule names is not taken."""
    if unit.terms is None or unit.level is None or unit.side is None:
        yield Failure(8, "UNKNOWN", "status", uri)
        return
    for word in unit.terms:
        of_word = [rule for rule in scope.terms if rule.term in {ANY, word}]
        hits = [rule for rule in of_word if _hits(rule, unit)]
        if unit.by_maker is None and any(rule.by_maker is not None for rule in of_word):
            yield Failure(8, "UNKNOWN", "status", uri, word)
        elif not hits or not all(rule.accepted for rule in hits):
            yield Failure(8, "NOT_RECOGNISED", "status", uri, word)


def _hits(rule: TermRule, unit: Unit) -> bool:
    return (
        rule.level in {None, unit.level}
        and rule.side in {None, unit.side}
        and rule.by_maker in {None, unit.by_maker}
    )


def basis(facts: Facts, agreement: Agreement) -> Iterator[Failure]:
    """Step 4 by the agreement's policy: whether the issuer must be accredited on the day of asking too (R6)."""
    found = facts.authority
    if agreement.basis is None:
        yield Failure(4, "UNKNOWN", "basis", agreement.uri)
    elif agreement.basis == "as_of" and found is not None and not held(found.spans, facts.day):
        yield Failure(4, "NOT_RECOGNISED", "issuer", found.uri)


def documents(facts: Facts, agreement: Agreement) -> Iterator[Failure]:
    """What is recorded from a document counts only where the agreement says that it suffices (architecture.md §4)."""
    recorded = {facts.certificate.recorded, facts.authority.recorded if facts.authority else "system"}
    if "document" in recorded and not agreement.documents:
        yield Failure(7, "UNKNOWN", "document", agreement.uri)


def level(facts: Facts, scope: Scope, uri: str) -> Iterator[Failure]:
    """Step 12: no level is no recognition; evidence travels with its report or not at all (R17, R18)."""
    report, grade = facts.certificate.report, scope.level
    if grade is None or (grade == "L1" and report is None):
        yield Failure(12, "UNKNOWN", "level" if grade is None else "evidence", uri)
    elif grade == "L0":
        yield Failure(12, "NOT_RECOGNISED", "level", uri)
    elif grade == "L1" and not report:
        yield Failure(12, "INVALID", "evidence-missing", facts.certificate.uri)


def wanted(scope: Scope, day: date) -> tuple[str, ...]:
    """Step 9 and 10: what a line asks on a day, national differences included."""
    return (*scope.asks, *(f"difference:{one.code}" for one in scope.differences if one.on(day)))


def asked(facts: Facts, more: tuple[str, ...]) -> tuple[str, ...]:
    """Step 9 and 10: what the law there asks and what a line asks beside it, each once and in order."""
    return tuple(sorted({*(facts.law.asks if facts.law else ()), *more}))


def conditions(unit: Unit, kinds: tuple[str, ...]) -> tuple[Outcome, ...]:
    """Step 9 and 10: how the unit stands to what is asked; what nobody looked at is unknown."""
    known = {one.kind: one for one in unit.findings}
    return tuple([_outcome(kind, known.get(kind)) for kind in kinds])


def _outcome(kind: str, found: Finding | None) -> Outcome:
    return Outcome(kind, "unknown") if found is None else Outcome(kind, found.state, found.row, found.detail)
