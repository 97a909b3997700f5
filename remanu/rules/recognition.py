"""Whether a released unit is recognised in a jurisdiction on a day: the twelve steps of domain.md §5.4, R1–R20.

A pure function over dated rows. It does not stop at the first failure, so that everything that stands against
recognition can be told; the first failing step gives the word. What nobody gave is UNKNOWN, never green (I48). Only
agreements from the unit's own side to the asking side count, so that nothing is passed on (I47).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from remanu.rules import recognition_steps as step
from remanu.rules.agreements import Kept, Register
from remanu.rules.attested import GOOD, Certificate, Unit, fingerprint, standing
from remanu.rules.recognition_chain import Way, chain
from remanu.rules.recognition_lines import Line, lines
from remanu.rules.recognition_steps import Facts
from remanu.rules.verdicts import GREEN, Failure, Outcome, Used, Verdict, Word, inputs_of, rank


def recognise(unit: Unit, *, jurisdiction: str, as_of: date, register: Register) -> Verdict:
    """The verdict on a unit in a jurisdiction as of a day, from these rows and no others."""
    asked = _Asked(jurisdiction, as_of, register)
    found = asked.judge(unit)
    used = asked.used()
    return replace(
        asked.verdict(found),
        chain=chain(unit, as_of, found.failures, found.way),
        used=used,
        inputs=inputs_of(used, jurisdiction=jurisdiction, as_of=as_of),
    )


Kin = tuple[Hashable, ...]


class _Known(NamedTuple):
    """What holds of a unit whatever line is read: steps 1 to 4, and its parts (step 11)."""

    failures: tuple[Failure, ...]
    conditions: tuple[Outcome, ...]
    notes: tuple[str, ...]


class _Answer(NamedTuple):
    """What a verdict says of a unit or a part on one way; nobody reads the chain of a part."""

    word: Word
    reason: str
    what: str
    failures: tuple[Failure, ...]
    conditions: tuple[Outcome, ...]
    notes: tuple[str, ...]
    line: Line
    facts: Facts | None

    @property
    def way(self) -> Way | None:
        """The way that led to it, None where there was no certificate to begin at."""
        return None if self.facts is None else Way(self.facts, self.line)


class _Behind(NamedTuple):
    """Who stands behind a certificate and where it leads; the same for every part that it covers."""

    facts: Facts
    lines: tuple[Line, ...]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Asked:
    """One question, asked of a unit and of its parts; what they share is looked at and hashed once.

    `_rows` has every row that was looked at under its identity, beside its address: as long as it is kept there, no
    other one gets the same identity.
    """

    jurisdiction: str
    day: date
    register: Register
    _rows: dict[int, tuple[str, object]] = field(default_factory=dict)
    _behind: dict[int, _Behind] = field(default_factory=dict)
    _kin: dict[Kin, _Behind] = field(default_factory=dict)

    def judge(self, unit: Unit) -> _Answer:
        """The best answer that any line gives."""
        if unit.certificate is None:
            missing = (Failure(2, "UNKNOWN", "certificate", unit.uri),)
            return _answer(unit, self._of_unit(unit), Line(good="UNKNOWN", early=missing), None)
        behind = self._stands_behind(unit.certificate)
        known = self._known(unit, behind)
        found = [_answer(unit, known, line, behind.facts) for line in behind.lines]
        return found[0] if len(found) == 1 else min(found, key=lambda one: rank(self.verdict(one)))

    def _stands_behind(self, certificate: Certificate) -> _Behind:
        known = self._behind.get(id(certificate))
        if known is None:
            known = self._behind[id(certificate)] = self._look_behind(certificate)
        return known

    def _look_behind(self, certificate: Certificate) -> _Behind:
        self._rows[id(certificate)] = certificate.uri, certificate
        kin = _kin(certificate)
        known = self._kin.get(kin)
        if known is None:
            known = self._kin[kin] = self._look_further(self._facts(certificate))
            return known
        return known._replace(facts=known.facts.of(certificate))

    def _look_further(self, facts: Facts) -> _Behind:
        self._look_at(facts)
        return _Behind(
            facts, tuple(lines(facts, self.register)), tuple(step.issuer(facts)), tuple(_notes_behind(facts))
        )

    def _facts(self, certificate: Certificate) -> Facts:
        bodies = self.register.by_body.get(certificate.body, ())
        fitting = [one for one in bodies if step.covers(one, certificate)]
        # One that held at issue comes before one that did not, another's word before the body's own.
        authority = min(
            fitting,
            key=lambda one: (not step.held(one.spans, certificate.issued), one.recorded == "itself"),
            default=None,
        )
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
        self._rows[id(unit)] = unit.uri, unit
        failures, conditions = self._parts(unit)
        own = (
            *step.integrity(unit),
            *step.release_state(unit, self.day),
            *step.identity(unit),
            *step.claim(unit),
        )
        return _Known((*own, *failures), conditions, ())

    def _known(self, unit: Unit, behind: _Behind) -> _Known:
        own, facts = self._of_unit(unit), behind.facts
        certified = (*step.certificate_state(unit, facts), *step.model(unit, facts))
        return _Known(
            (*own.failures, *certified, *behind.failures),
            own.conditions,
            (*_notes(unit, facts), *behind.notes),
        )

    def _parts(self, unit: Unit) -> tuple[tuple[Failure, ...], tuple[Outcome, ...]]:
        """Step 11: every critical part must be recognised as well, so that the assembly is never more (I49, R16)."""
        if unit.children is None:
            return (Failure(11, "UNKNOWN", "parts", unit.uri),), ()
        if not unit.children:
            return (), ()
        said = [(part, self.judge(part)) for part in unit.children]
        failures = tuple(one for part, verdict in said for one in _of_part(part, verdict))
        pending = tuple(
            Outcome("component", "unmet", part.uri, verdict.word)
            for part, verdict in said
            if verdict.word in _PENDING
        )
        return failures, pending

    def _look_at(self, facts: Facts) -> None:
        """Every row behind a certificate that is looked at, those that did not fit included (I51)."""
        sides = (facts.certificate.home, self.jurisdiction)
        agreements = (*self.register.by_sides.get(sides, ()), *self.register.by_sides.get(sides[::-1], ()))
        kept: tuple[Kept, ...] = (*facts.bodies, *facts.signatures, *agreements)
        for row in kept:
            self._rows[id(row)] = row.uri, row
        if facts.law is not None:
            self._rows[id(facts.law)] = f"jurisdiction:{facts.law.code}", facts.law

    def used(self) -> tuple[Used, ...]:
        """The rows that were looked at, each once, in the order of their addresses."""
        found = {(uri, fingerprint(row)) for uri, row in self._rows.values()}
        return tuple([Used(uri, digest) for uri, digest in sorted(found)])

    def verdict(self, one: _Answer) -> Verdict:
        """An answer as it is told, without what only the whole question has."""
        agreement, scope = one.line.agreement, one.line.scope
        return Verdict(
            word=one.word,
            jurisdiction=self.jurisdiction,
            as_of=self.day,
            reason=one.reason,
            what=one.what,
            failures=one.failures,
            conditions=one.conditions,
            notes=one.notes,
            agreement=None if agreement is None else agreement.uri,
            level=None if scope is None else scope.level,
        )


def _answer(unit: Unit, known: _Known, line: Line, facts: Facts | None) -> _Answer:
    """The word that follows: of the first failing step, else of an open or unmet condition, else a good one."""
    failures = (*known.failures, *(line.early if facts is None else line.failures(unit, facts)))
    failures = tuple(sorted(failures, key=lambda one: one.step)) if failures else ()
    conditions = (*step.conditions(unit, line.asks), *known.conditions)
    word, reason, what = _word(line, failures, conditions)
    return _Answer(word, reason, what, failures, conditions, (*known.notes, *line.notes), line, facts)


def _kin(one: Certificate) -> Kin:
    """What certificates have in common behind which the same stands.

    A missing report names the certificate by its address: that of the unit that is asked about is looked at first, and
    of a part the reason alone is told.
    """
    return one.home, one.body, one.scheme, one.edition, one.category, one.issued, one.recorded, one.report


_PENDING = frozenset({"CONDITIONAL", "EVIDENCE_ACCEPTED"})


def _of_part(part: Unit, verdict: _Answer) -> Iterator[Failure]:
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
    if facts.certificate.recorded == "document" or (authority and authority.recorded != "system"):
        yield "recorded-from-document"
    if authority is not None and not step.held(authority.spans, facts.day):
        yield "issuer-later"
