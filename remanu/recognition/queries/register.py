"""The rows of the register as the pure rule reads them (`rules.agreements`), for one question or for many.

Public: bodies, accreditors and stewards publish them, so they are read across organisations.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.recognition.models import Agreement, Signatory
from remanu.recognition.queries.agreements import lines_of
from remanu.recognition.queries.jurisdictions import laws
from remanu.rules import agreements as rules
from remanu.rules.agreements import Accreditation, Register
from remanu.rules.attested import Span

Row = sa.Row[Any]


def register(connection: Connection, accreditations: Iterable[Accreditation], on: date) -> Register:
    """The register as it stands: these accreditations, every confirmed signature, every approved agreement."""
    signed = connection.execute(sa.select(Signatory.__table__).where(Signatory.state == "confirmed"))
    agreed = connection.execute(sa.select(Agreement.__table__).where(Agreement.state == "approved"))
    return Register(
        accreditations=tuple(dict.fromkeys(accreditations)),
        signatories=tuple(signatory(one) for one in signed),
        agreements=tuple(agreement(one) for one in agreed),
        jurisdictions=laws(on),
    )


def signatory(row: Row) -> rules.Signatory:
    """A signature of an arrangement."""
    return rules.Signatory(
        uri=f"urn:uuid:{row.id}",
        arrangement=row.arrangement,
        accreditor=row.accreditor,
        schemes=tuple(json.loads(row.schemes)),
        since=date.fromisoformat(row.since),
        until=_day(row.until),
    )


def agreement(row: Row) -> rules.Agreement:
    """An agreement with its lines, as it stands now: suspensions, end and tail included."""
    return rules.Agreement(
        uri=f"urn:uuid:{row.id}",
        home=row.home,
        there=row.there,
        in_force=date.fromisoformat(row.in_force),
        scopes=tuple(_scope(one) for one in lines_of(row)),
        ends=_day(row.ends),
        tail=row.tail,
        tail_until=_day(row.tail_until),
        covers_from=_day(row.covers_from),
        basis=row.basis,
        documents=bool(row.documents),
        spans=tuple(
            Span(state="suspended", since=date.fromisoformat(one["since"]), until=_day(one["until"]))
            for one in json.loads(row.suspended)
        ),
    )


def _scope(line: Any) -> rules.Scope:
    return rules.Scope(
        id=str(line.no),
        categories=line.categories,
        scheme=line.scheme,
        editions=line.editions,
        scheme_there=line.scheme_there,
        edition_there=line.edition_there,
        equivalence=cast("Any", line.equivalence),
        level=line.level,
        classes=line.classes,
        terms=tuple(
            rules.TermRule(
                term=one.term.casefold(),
                accepted=one.accepted,
                level=one.level,
                side=one.side,
                by_maker=one.by_maker,
            )
            for one in line.terms
        ),
        arrangements=line.arrangements,
        differences=tuple(
            rules.Difference(code=one.code, since=date.fromisoformat(one.since), until=_day(one.until))
            for one in line.differences
        ),
        asks=line.asks,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
