"""Whether a released unit is recognised in a jurisdiction on a day: the twelve steps of domain.md §5.4, R1–R20.

A pure function over dated rows. It does not stop at the first failure, so that everything that stands against
recognition can be told; the first failing step gives the word. What nobody gave is UNKNOWN, never green (I48). Only
agreements from the unit's own side to the asking side count, so that nothing is passed on (I47).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from remanu.rules import recognition_steps as step
from remanu.rules.agreements import Register
from remanu.rules.attested import GOOD, Certificate, Unit, fingerprint, standing
from remanu.rules.recognition_chain import Way, chain
from remanu.rules.recognition_lines import Line, lines
from remanu.rules.recognition_steps import Facts
from remanu.rules.verdicts import GREEN, Failure, Outcome, Used, Verdict, Word, inputs_of, rank


def recognise(unit: Unit, *, jurisdiction: str, as_of: date, register: Register) -> Verdict:
    """The verdict on a unit in a jurisdiction as of a day, from these rows and no others."""
    found, way = _Asked(jurisdiction, as_of, register).judge(unit)
    used = tuple(sorted(set(found.used), key=lambda one: (one.uri, one.digest)))
    inputs = inputs_of(used, jurisdiction=jurisdiction, as_of=as_of)
    return replace(found, chain=chain(unit, as_of, found.failures, way), used=used, inputs=inputs)


class _Known(NamedTuple):
    """What holds of a unit whatever line is read: steps 1 to 4, its parts (step 11), and the rows behind."""

    failures: tuple[Failure, ...]
    conditions: tuple[Outcome, ...]
    notes: tuple[str, ...]
    used: tuple[Used, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Behind:
    """Who stands behind a certificate and where it leads; the same for every part that it covers."""

    facts: Facts
    lines: tuple[Line, ...]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...]
    rows: tuple[Used, ...]


@dataclass(slots=True)
class _Asked:
    """One question, asked of a unit and of its parts; what they share is looked at and hashed once."""

    jurisdiction: str
    day: date
    register: Register
    _digests: dict[int, tuple[object, Used]] = field(default_factory=dict)
    _behind: dict[int, _Behind] = field(default_factory=dict)

    def judge(self, unit: Unit) -> tuple[Verdict, Way | None]:
        """The best verdict that any line gives, and the way that led to it."""
        if unit.certificate is None:
            missing = (Failure(2, "UNKNOWN", "certificate", unit.uri),)
            return self._verdict(unit, self._of_unit(unit), Line(good="UNKNOWN", early=missing), None), None
        behind = self._stands_behind(unit.certificate)
        known, facts = self._known(unit, behind), behind.facts
        if len(behind.lines) == 1:
            (line,) = behind.lines
            return self._verdict(unit, known, line, facts), Way(facts, line)
        found = [(self._verdict(unit, known, line, facts), line) for line in behind.lines]
        best, line = min(found, key=lambda one: rank(one[0]))
        return best, Way(facts, line)

    def _stands_behind(self, certificate: Certificate) -> _Behind:
        known = self._behind.get(id(certificate))
        if known is None:
            known = self._behind[id(certificate)] = self._look_behind(certificate)
        return known

    def _look_behind(self, certificate: Certificate) -> _Behind:
        facts = self._facts(certificate)
        return _Behind(
            facts=facts,
            lines=tuple(lines(facts, self.register)),
            failures=tuple(step.issuer(facts)),
            notes=tuple(_notes_behind(facts)),
            rows=tuple(self._rows(facts)),
        )

    def _facts(self, certificate: Certificate) -> Facts:
        bodies = self.register.by_body.get(certificate.body, ())
        fitting = [one for one in bodies if step.covers(one, certificate)]
        # One that held at issue comes before one that did not.
        authority = min(fitting, key=lambda one: not step.held(one.spans, certificate.issued), default=None)
        return Facts(
            certificate=certificate,
            jurisdiction=self.jurisdiction,
            day=self.day,
            bodies=bodies,
            authority=authority,
            signatures=self.register.by_accreditor.get(authority.accreditor, ()) if authority else (),
            law=self.register.by_code.get(self.jurisdiction),
        )

    def _of_unit(self, unit: Unit) -> _Known:
        """What the unit itself says, without anybody behind it."""
        failures, conditions, used = self._parts(unit)
        own = (
            *step.integrity(unit),
            *step.release_state(unit, self.day),
            *step.identity(unit),
            *step.claim(unit),
        )
        return _Known((*own, *failures), conditions, (), (self._used(unit.uri, unit), *used))

    def _known(self, unit: Unit, behind: _Behind) -> _Known:
        own, facts = self._of_unit(unit), behind.facts
        certified = (*step.certificate_state(unit, facts), *step.model(unit, facts))
        return _Known(
            (*own.failures, *certified, *behind.failures),
            own.conditions,
            (*_notes(unit, facts), *behind.notes),
            (*own.used, *behind.rows),
        )

    def _parts(self, unit: Unit) -> tuple[tuple[Failure, ...], tuple[Outcome, ...], tuple[Used, ...]]:
        """Step 11: every critical part must be recognised as well, so that the assembly is never more (I49, R16)."""
        if unit.children is None:
            return (Failure(11, "UNKNOWN", "parts", unit.uri),), (), ()
        if not unit.children:
            return (), (), ()
        said = [(part, self.judge(part)[0]) for part in unit.children]
        failures = tuple(one for part, verdict in said for one in _of_part(part, verdict))
        pending = tuple(
            Outcome("component", "unmet", part.uri, verdict.word)
            for part, verdict in said
            if verdict.word in _PENDING
        )
        return failures, pending, tuple(used for _, verdict in said for used in verdict.used)

    def _rows(self, facts: Facts) -> Iterator[Used]:
        """Every row that was looked at, those that did not fit included (I51)."""
        certificate, sides = facts.certificate, (facts.certificate.home, self.jurisdiction)
        agreements = (*self.register.by_sides.get(sides, ()), *self.register.by_sides.get(sides[::-1], ()))
        yield from (self._used(row.uri, row) for row in facts.bodies)
        yield from (self._used(row.uri, row) for row in facts.signatures)
        yield from (self._used(row.uri, row) for row in agreements)
        yield self._used(certificate.uri, certificate)
        if facts.law is not None:
            yield self._used(f"jurisdiction:{facts.law.code}", facts.law)

    def _used(self, uri: str, row: object) -> Used:
        # The row is kept beside its digest, so that no other one gets the same identity meanwhile.
        found = self._digests.get(id(row))
        if found is None:
            found = self._digests[id(row)] = row, Used(uri, fingerprint(row))
        return found[1]

    def _verdict(self, unit: Unit, known: _Known, line: Line, facts: Facts | None) -> Verdict:
        """The word that follows: of the first failing step, else of an open or unmet condition, else a good one."""
        failures = (*known.failures, *(line.early if facts is None else line.failures(unit, facts)))
        failures = tuple(sorted(failures, key=lambda one: one.step)) if failures else ()
        conditions = (*step.conditions(unit, line.asks), *known.conditions)
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
            agreement=None if line.agreement is None else line.agreement.uri,
            level=None if line.scope is None else line.scope.level,
            used=known.used,
        )


_PENDING = frozenset({"CONDITIONAL", "EVIDENCE_ACCEPTED"})


def _of_part(part: Unit, verdict: Verdict) -> Iterator[Failure]:
    if verdict.word not in GREEN | _PENDING:
        word: Word = "UNKNOWN" if verdict.word == "UNKNOWN" else "NOT_RECOGNISED"
        yield Failure(11, word, "component", part.uri, verdict.reason)


def _word(
    line: Line, failures: tuple[Failure, ...], conditions: tuple[Outcome, ...]
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


def _notes(unit: Unit, facts: Facts) -> Iterator[str]:
    """What befell the certificate later and is told in amber, though it changes nothing for this unit."""
    now = standing(facts.certificate.spans, facts.day, unit.model)
    if now is not None and now.state not in GOOD and step.spared(now, unit):
        yield f"certificate-{now.state}-later"


def _notes_behind(facts: Facts) -> Iterator[str]:
    """What is told in amber of whoever stands behind, though it changes nothing."""
    authority = facts.authority
    if facts.certificate.recorded == "document" or (authority and authority.recorded == "document"):
        yield "recorded-from-document"
    if authority is not None and not step.held(authority.spans, facts.day):
        yield "issuer-later"
