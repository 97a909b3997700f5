"""Whether a released unit is recognised in a jurisdiction on a day: the twelve steps of domain.md §5.4, R1–R20.

A pure function over dated rows. It does not stop at the first failure, so that everything that stands against
recognition can be told; the first failing step gives the word. What nobody gave is UNKNOWN, never green (I48). Only
agreements from the unit's own side to the asking side count, so that nothing is passed on (I47).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain

from remanu.rules import recognition_steps as step
from remanu.rules.agreements import ANY, Accreditation, Agreement, Register, Scope, Signatory
from remanu.rules.attested import GOOD, Certificate, Unit, fingerprint, standing
from remanu.rules.recognition_chain import beginning, ending
from remanu.rules.recognition_steps import Facts
from remanu.rules.verdicts import GREEN, Failure, Link, Outcome, Used, Verdict, Word, inputs_of, rank


def recognise(unit: Unit, *, jurisdiction: str, as_of: date, register: Register) -> Verdict:
    """The verdict on a unit in a jurisdiction as of a day, from these rows and no others."""
    found, links = _Asked(jurisdiction, as_of, register).judge(unit)
    used = tuple(sorted(set(found.used), key=lambda one: (one.uri, one.digest)))
    inputs = inputs_of(used, jurisdiction=jurisdiction, as_of=as_of)
    return replace(found, chain=tuple(links), used=used, inputs=inputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What holds of a unit whatever line is read: steps 1 to 4, its parts (step 11), and the rows behind."""

    failures: tuple[Failure, ...]
    conditions: tuple[Outcome, ...]
    notes: tuple[str, ...]
    chain: Iterable[Link]
    used: tuple[Used, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Behind:
    """Who stands behind a certificate; the same for every part that it covers."""

    bodies: tuple[Accreditation, ...]
    authority: Accreditation | None
    signatures: tuple[Signatory, ...]
    rows: tuple[Used, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What one line of an agreement, or the home jurisdiction, adds."""

    good: Word
    failures: tuple[Failure, ...]
    conditions: tuple[Outcome, ...] = ()
    notes: tuple[str, ...] = ()
    chain: Iterable[Link] = ()
    agreement: str | None = None
    level: str | None = None


@dataclass(slots=True)
class _Asked:
    """One question, asked of a unit and of its parts; rows that they share are hashed once."""

    jurisdiction: str
    day: date
    register: Register
    _digests: dict[int, tuple[object, Used]] = field(default_factory=dict)
    _behind: dict[int, _Behind] = field(default_factory=dict)

    def judge(self, unit: Unit) -> tuple[Verdict, Iterator[Link]]:
        """The best verdict that any line gives, and its chain, which nobody reads of a part."""
        certificate = unit.certificate
        if certificate is None:
            nothing = _Line(good="UNKNOWN", failures=(Failure(2, "UNKNOWN", "certificate", unit.uri),))
            return self._verdict(self._of_unit(unit), nothing), iter(())
        facts = self._facts(unit, certificate)
        known = self._known(facts)
        found = [(self._verdict(known, line), line) for line in self._lines(facts)]
        best, line = found[0] if len(found) == 1 else min(found, key=lambda one: rank(one[0]))
        return best, chain(known.chain, line.chain)

    def _facts(self, unit: Unit, certificate: Certificate) -> Facts:
        behind = self._stands_behind(certificate)
        return Facts(
            unit=unit,
            certificate=certificate,
            jurisdiction=self.jurisdiction,
            day=self.day,
            bodies=behind.bodies,
            authority=behind.authority,
            signatures=behind.signatures,
            law=self.register.by_code.get(self.jurisdiction),
        )

    def _stands_behind(self, certificate: Certificate) -> _Behind:
        known = self._behind.get(id(certificate))
        if known is None:
            known = self._behind[id(certificate)] = self._look_behind(certificate)
        return known

    def _look_behind(self, certificate: Certificate) -> _Behind:
        register = self.register
        bodies = register.by_body.get(certificate.body, ())
        fitting = [one for one in bodies if step.covers(one, certificate)]
        # One that held at issue comes before one that did not.
        authority = min(fitting, key=lambda one: not step.held(one.spans, certificate.issued), default=None)
        signed = register.by_accreditor.get(authority.accreditor, ()) if authority else ()
        rows = tuple(self._rows(certificate, bodies, signed))
        return _Behind(bodies=bodies, authority=authority, signatures=signed, rows=rows)

    def _of_unit(self, unit: Unit) -> _Known:
        """What the unit itself says, without anybody behind it."""
        failures, conditions, used = self._parts(unit)
        own = (
            *step.integrity(unit),
            *step.release_state(unit, self.day),
            *step.identity(unit),
            *step.claim(unit),
        )
        return _Known(
            failures=(*own, *failures),
            conditions=conditions,
            notes=(),
            chain=(),
            used=(self._used(unit.uri, unit), *used),
        )

    def _known(self, facts: Facts) -> _Known:
        own = self._of_unit(facts.unit)
        behind = (*step.certificate_state(facts), *step.model(facts), *step.issuer(facts))
        return _Known(
            failures=(*own.failures, *behind),
            conditions=own.conditions,
            notes=tuple(_notes(facts)),
            chain=beginning(facts),
            used=(*own.used, *self._stands_behind(facts.certificate).rows),
        )

    def _parts(self, unit: Unit) -> tuple[tuple[Failure, ...], tuple[Outcome, ...], tuple[Used, ...]]:
        """Step 11: every critical part must be recognised as well, so that the assembly is never more (I49, R16)."""
        if unit.children is None:
            return (Failure(11, "UNKNOWN", "parts", unit.uri),), (), ()
        said = [(part, self.judge(part)[0]) for part in unit.children]
        failures = tuple(one for part, verdict in said for one in _of_part(part, verdict))
        pending = tuple(
            Outcome("component", "unmet", part.uri, verdict.word)
            for part, verdict in said
            if verdict.word in _PENDING
        )
        return failures, pending, tuple(used for _, verdict in said for used in verdict.used)

    def _lines(self, facts: Facts) -> Iterator[_Line]:
        home = facts.certificate.home
        if home == self.jurisdiction:
            yield _domestic(facts)
            return
        there = self.register.by_sides.get((home, self.jurisdiction), ())
        for agreement in there:
            yield from (_by_agreement(facts, agreement, scope) for scope in agreement.scopes)
        if not any(one.scopes for one in there):
            back = self.register.by_sides.get((self.jurisdiction, home), ())
            yield _Line(good="UNKNOWN", failures=(step.no_agreement(back),))

    def _rows(
        self, certificate: Certificate, bodies: tuple[Accreditation, ...], signed: tuple[Signatory, ...]
    ) -> Iterator[Used]:
        """Every row that was looked at, those that did not fit included (I51)."""
        sides = (certificate.home, self.jurisdiction)
        law = self.register.by_code.get(self.jurisdiction)
        agreements = (*self.register.by_sides.get(sides, ()), *self.register.by_sides.get(sides[::-1], ()))
        yield from (self._used(row.uri, row) for row in bodies)
        yield from (self._used(row.uri, row) for row in signed)
        yield from (self._used(row.uri, row) for row in agreements)
        yield self._used(certificate.uri, certificate)
        if law is not None:
            yield self._used(f"jurisdiction:{law.code}", law)

    def _used(self, uri: str, row: object) -> Used:
        # The row is kept beside its digest, so that no other one gets the same identity meanwhile.
        found = self._digests.get(id(row))
        if found is None:
            found = self._digests[id(row)] = row, Used(uri, fingerprint(row))
        return found[1]

    def _verdict(self, known: _Known, line: _Line) -> Verdict:
        """The word that follows: of the first failing step, else of an open or unmet condition, else a good one."""
        failures = (*known.failures, *line.failures)
        failures = tuple(sorted(failures, key=lambda one: one.step)) if failures else ()
        conditions = (*line.conditions, *known.conditions)
        word, reason, what = _word(line, failures, conditions)
        return Verdict(
            word=word,
            jurisdiction=self.jurisdiction,
            as_of=self.day,
            reason=reason,
            what=what,
            failures=failures,
            conditions=conditions,
            notes=(*known.notes, *line.notes),
            agreement=line.agreement,
            level=line.level,
            used=known.used,
        )


_PENDING = frozenset({"CONDITIONAL", "EVIDENCE_ACCEPTED"})


def _of_part(part: Unit, verdict: Verdict) -> Iterator[Failure]:
    if verdict.word not in GREEN | _PENDING:
        word: Word = "UNKNOWN" if verdict.word == "UNKNOWN" else "NOT_RECOGNISED"
        yield Failure(11, word, "component", part.uri, verdict.reason)


def _word(
    line: _Line, failures: tuple[Failure, ...], conditions: tuple[Outcome, ...]
) -> tuple[Word, str, str]:
    if failures:
        return failures[0].word, failures[0].reason, failures[0].what
    unknown = next((one for one in conditions if one.state == "unknown"), None)
    if unknown is not None:
        return "UNKNOWN", "condition", unknown.kind
    unmet = next((one for one in conditions if one.state == "unmet"), None)
    if unmet is not None and line.good != "EVIDENCE_ACCEPTED":
        return "CONDITIONAL", unmet.kind, unmet.detail
    return line.good, "", ""


def _notes(facts: Facts) -> Iterator[str]:
    """What is told in amber though it changes nothing for this unit."""
    now = standing(facts.certificate.spans, facts.day, facts.unit.model)
    if now is not None and now.state not in GOOD and step.spared(now, facts.unit):
        yield f"certificate-{now.state}-later"
    if facts.certificate.recorded == "document" or (
        facts.authority and facts.authority.recorded == "document"
    ):
        yield "recorded-from-document"
    if facts.authority is not None and not step.held(facts.authority.spans, facts.day):
        yield "issuer-later"


def _domestic(facts: Facts) -> _Line:
    """Step 6: at home no agreement is asked; the accreditor must count there, and the product's own conditions hold."""
    signed, counts = step.signature(facts, (ANY,))
    return _Line(
        good="DOMESTIC",
        failures=(*step.accreditor(facts, signed, counts), *step.known_law(facts)),
        conditions=step.conditions(facts, ()),
        chain=ending(facts, signed, counts, None),
    )


def _by_agreement(facts: Facts, agreement: Agreement, scope: Scope) -> _Line:
    """Steps 5, 7 to 10 and 12 by one line of one agreement."""
    signed, counts = step.signature(facts, scope.arrangements)
    ended = agreement.ends is not None and agreement.ends <= facts.day
    failures = (
        *step.basis(facts, agreement),
        *step.accreditor(facts, signed, counts),
        *step.dates(facts, agreement),
        *step.fits(facts, scope, agreement.uri),
        *step.documents(facts, agreement),
        *step.status(facts.unit, scope, agreement.uri),
        *step.known_law(facts),
        *step.level(facts, scope, agreement.uri),
    )
    return _Line(
        good="EVIDENCE_ACCEPTED" if scope.level == "L1" else "RECOGNISED",
        failures=failures,
        conditions=step.conditions(facts, step.wanted(scope, facts.day)),
        notes=("agreement-ended",) if ended else (),
        chain=ending(facts, signed, counts, agreement),
        agreement=agreement.uri,
        level=scope.level,
    )
