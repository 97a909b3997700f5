"""The dated chain that a buyer reads: certificate, body, accreditation, arrangement, agreement, jurisdiction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from remanu.rules.agreements import Agreement, Signatory
from remanu.rules.attested import GOOD, Span, standing
from remanu.rules.recognition_steps import Facts
from remanu.rules.verdicts import Link


def beginning(facts: Facts) -> Iterator[Link]:
    """The links that every line shares: the unit's certificate, its body, and the body's accreditation."""
    certificate, found = facts.certificate, facts.authority
    yield _standing("certificate", certificate.uri, certificate.spans, facts.unit.released)
    if found is None:
        yield Link("body", certificate.body, certificate.issued, None, False if facts.bodies else None)
        return
    yield Link("body", certificate.body, certificate.issued, None, held=True)
    yield _standing(found.kind, found.uri, found.spans, certificate.issued)


def ending(
    facts: Facts,
    signed: Signatory | None,
    counts: bool | None,  # noqa: FBT001 -- three answers, None among them
    agreement: Agreement | None,
) -> Iterator[Link]:
    """The links that differ from line to line: arrangement, agreement, jurisdiction."""
    if signed is not None:
        yield Link("arrangement", signed.uri, signed.since, signed.until, counts)
    elif facts.authority is not None and not counts:
        yield Link("arrangement", facts.authority.accreditor, None, None, counts)
    if agreement is not None:
        yield Link(
            "agreement", agreement.uri, agreement.in_force, agreement.ends, agreement.in_force <= facts.day
        )
    yield Link("jurisdiction", facts.jurisdiction, facts.day, None, None if facts.law is None else True)


def _standing(what: str, uri: str, spans: tuple[Span, ...] | None, day: date) -> Link:
    now = standing(spans, day)
    if now is None:
        return Link(what, uri, None, None, False if spans else None)
    return Link(what, uri, now.since, now.until, now.state in GOOD)
