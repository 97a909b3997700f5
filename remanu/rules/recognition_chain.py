"""The dated chain that a buyer reads: release, certificate, body, accreditation, arrangement, agreement, jurisdiction.

A link holds unless a step failed that is about it. So the link that broke is the one that says so, and a chain is
whole only under a word that no step stands against.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from remanu.rules.agreements import Agreement
from remanu.rules.attested import GOOD, Span, Unit, standing
from remanu.rules.recognition_lines import Line
from remanu.rules.recognition_steps import Facts, spared
from remanu.rules.verdicts import Failure, Link

_ABOUT: Mapping[str, str] = {
    "integrity": "release",
    "identity": "release",
    "life-closed": "release",
    "parts": "parts",
    "component": "parts",
    "certificate": "certificate",
    "model": "certificate",
    "evidence": "certificate",
    "evidence-missing": "certificate",
    "issuer": "issuer",
    "own-designation": "issuer",
    "scope": "issuer",
    "accreditor": "arrangement",
    "jurisdiction": "jurisdiction",
}
"""Which link a reason is about; a state and a class say themselves whose they are, all others are the agreement's."""
Named = tuple[str, Link]


@dataclass(frozen=True, slots=True)
class Way:
    """The line that gave the word, with who stands behind the certificate."""

    facts: Facts
    line: Line


def chain(unit: Unit, day: date, failures: Iterable[Failure], way: Way | None) -> tuple[Link, ...]:
    """The links of the way that counted; without a certificate it ends where it would begin."""
    broken: dict[str, Failure] = {}
    for one in failures:
        broken.setdefault(_about(one, unit), one)
    links = [*_of_unit(unit, day, broken), *(_without() if way is None else _behind(unit, way, broken))]
    return tuple(_told(link, broken.get(about)) for about, link in links)


def _about(one: Failure, unit: Unit) -> str:
    if one.what in {"release", "certificate"}:
        return one.what
    if (one.reason, one.row) == ("class", unit.uri):
        return "release"
    return _ABOUT.get(one.reason, "agreement")


def _told(link: Link, failure: Failure | None) -> Link:
    if failure is None:
        return link
    state = "missing" if failure.reason == "state" else failure.reason
    return replace(link, held=None if failure.word == "UNKNOWN" else False, state=state)


def _of_unit(unit: Unit, day: date, broken: Mapping[str, Failure]) -> Iterator[Named]:
    yield "release", _standing("release", unit.uri, standing(unit.spans, day))
    if "parts" in broken:
        yield "parts", Link("parts", broken["parts"].row, None, None, held=True)


def _without() -> Iterator[Named]:
    yield "certificate", Link("certificate", "", None, None, held=True)


def _behind(unit: Unit, way: Way, broken: Mapping[str, Failure]) -> Iterator[Named]:
    facts, line = way.facts, way.line
    certificate, found = facts.certificate, facts.authority
    yield "certificate", _standing("certificate", certificate.uri, _of_certificate(unit, facts))
    body = Link("body", certificate.body, certificate.issued, None, held=True)
    yield ("issuer" if found is None else ""), body
    if found is not None:
        yield "issuer", _standing(found.kind, found.uri, standing(found.spans, certificate.issued))
    yield from _arrangement(facts, line, broken)
    yield from _agreement(line, broken)
    yield "jurisdiction", Link("jurisdiction", facts.jurisdiction, facts.day, None, held=True)


def _of_certificate(unit: Unit, facts: Facts) -> Span | None:
    """How it stood when the unit was released; how it stands on the day where that is what stands against it."""
    spans, model = facts.certificate.spans, unit.model
    then, now = standing(spans, unit.released, model), standing(spans, facts.day, model)
    return now if now is not None and now.state not in GOOD and not spared(now, unit) else then


def _arrangement(facts: Facts, line: Line, broken: Mapping[str, Failure]) -> Iterator[Named]:
    signed = line.signed
    if signed is not None:
        yield "arrangement", Link("arrangement", signed.uri, signed.since, signed.until, held=True)
    elif facts.authority is not None and "arrangement" in broken:
        yield "arrangement", Link("arrangement", facts.authority.accreditor, None, None, held=True)


def _agreement(line: Line, broken: Mapping[str, Failure]) -> Iterator[Named]:
    one: Agreement | None = line.agreement
    if one is not None:
        yield "agreement", Link("agreement", one.uri, one.in_force, one.ends, held=True)
    elif "agreement" in broken:
        yield "agreement", Link("agreement", broken["agreement"].row, None, None, held=True)


def _standing(what: str, uri: str, now: Span | None) -> Link:
    if now is None:
        return Link(what, uri, None, None, held=True)
    return Link(what, uri, now.since, now.until, held=True, state=now.state)
