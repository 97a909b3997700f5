"""What verdicts read of this room: certificates that cover a unit, accreditations behind them, outside documents.

Rows come as the dataclasses of `rules.attested` and `rules.agreements`. Bodies and accreditors are named by the id of
their organisation, those without a record here by the name on the document; categories are family ids.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.certification.queries.catalogue import Entry, find_entry
from remanu.certification.queries.coverage import coverings_of
from remanu.certification.queries.outside import confirmed
from remanu.certification.queries.register import Accredited, accreditations_of
from remanu.rules.agreements import Accreditation
from remanu.rules.attested import Certificate, ModelScope, Span
from remanu.rules.certification import Unit
from remanu.rules.register_spans import accreditation_spans, certificate_spans, model_scopes

Row = sa.Row[Any]
_DAY = timedelta(days=1)
# What a document says in its own words, as a state of rules.attested.
_SAID = {"valid": "certified", "suspended": "suspended", "withdrawn": "withdrawn", "expired": "expired"}


@dataclass(frozen=True, slots=True)
class Attested:
    """Everything that was attested of a unit here: certificates with the accreditations of their bodies."""

    certificates: tuple[Certificate, ...]
    accreditations: tuple[Accreditation, ...]


def attested_of(
    connection: Connection, org_id: str, item_id: str, now: datetime, unit: Unit | None = None
) -> Attested:
    """What covers the part's release in force: certifications, and outside certificates of its workshop.

    `unit` tells which retroactive suspensions name it. Nothing attested is empty, which is not the same as unknown.
    """
    covers = coverings_of(connection, org_id, item_id, now)
    found = {one.certification: find_entry(connection, one.certification, now.date()) for one in covers}
    unsure = {one.certification for one in covers if one.claim == "unknown"}
    papers = confirmed(connection, kind="certificate", org_id=org_id)
    said = {key: certificate_of(one, unit) for key, one in found.items()}
    own = (replace(one, models=None) if key in unsure else one for key, one in said.items())
    certificates = (*own, *map(outside_certificate, papers))
    bodies = dict.fromkeys(one.body for one in certificates)
    behind = [each for body in bodies for each in accreditations_behind(connection, body)]
    return Attested(tuple(certificates), tuple(behind))


def certificate_of(entry: Entry, unit: Unit | None = None) -> Certificate:
    """A certification of this record as verdicts read it; its digest is that of its newest event."""
    row, happened = entry.row, entry.happened
    granted = next(one for one in entry.steps if one.verb == "grant_certification")
    return Certificate(
        uri=f"urn:uuid:{row.id}",
        digest=entry.steps[-1].digest,
        home=row.body_country,
        body=row.org_id,
        scheme=row.scheme,
        edition=row.edition,
        category=row.family,
        issued=date.fromisoformat(granted.on_day),
        spans=certificate_spans(happened, unit),
        models=model_scopes(happened),
        report=True,
    )


def accreditations_behind(connection: Connection, body: str, *, called: str = "") -> Iterator[Accreditation]:
    """The accreditations of a body: those recorded here, a row for each row of scope, and those from documents.

    `called` is what papers call it, where that is not its id.
    """
    about = called or body
    for one in accreditations_of(connection, about):
        yield from accredited(one)
    for kind in ("accreditation", "designation"):
        for row in confirmed(connection, kind=kind, about=about):
            yield outside_accreditation(row, body=body)


def accredited(one: Accredited) -> Iterator[Accreditation]:
    """One row for each row of its scope, the suspended ones too; the address names the row."""
    areas = dict.fromkeys(
        area for step in one.decided for area in step.areas if step.verb == "grant_accreditation"
    )
    for at, area in enumerate(areas):
        yield Accreditation(
            uri=f"{one.uri}#{at}",
            kind="accreditation",
            accreditor=one.row.org_id,
            home=one.row.country,
            body=one.row.body_org,
            scheme=area.scheme,
            editions=(area.edition,),
            categories=(area.category,),
            spans=accreditation_spans(one.decided, area),
        )


def outside_certificate(row: Row) -> Certificate:
    """A certificate that somebody saw on paper: what it says holds from its first day, or from the day it was seen."""
    models: list[str] = json.loads(row.models)
    since, until = date.fromisoformat(row.valid_from), _after(row.valid_to)
    return Certificate(
        uri=f"urn:uuid:{row.id}",
        digest=row.event_digest,
        home=row.country,
        body=row.issuer,
        scheme=row.scheme,
        edition=row.edition,
        category=row.family,
        issued=since,
        spans=_spans(row, since, until, good="certified"),
        models=tuple(ModelScope(model=one, since=since, until=until) for one in models),
        report=None,
        recorded="document",
    )


def outside_accreditation(row: Row, *, body: str = "") -> Accreditation:
    """An accreditation that somebody saw on paper; of a body that keeps its record here, under the body's id.

    A government's word in its favour that the body recorded itself is said to be so (decision 33).
    """
    whose = body or row.about
    own = row.kind == "designation" and row.says == "valid" and row.org_id == whose
    since, until = date.fromisoformat(row.valid_from), _after(row.valid_to)
    return Accreditation(
        uri=f"urn:uuid:{row.id}",
        kind=row.kind,
        accreditor=row.issuer,
        home=row.country,
        body=whose,
        scheme=row.scheme,
        editions=(row.edition,),
        categories=(row.family,),
        spans=_spans(row, since, until, good="granted"),
        recorded="itself" if own else "document",
    )


def _after(day: str | None) -> date | None:
    """The day after the last one, which is included on papers and not in spans."""
    return None if day is None else date.fromisoformat(day) + _DAY


def _spans(row: Row, since: date, until: date | None, *, good: str) -> tuple[Span, ...]:
    seen = date.fromisoformat(row.seen_on)
    ended = () if until is None else (Span(state="expired", since=until),)
    if row.says == "valid":
        return (Span(state=good, since=since, until=until), *ended)
    return (
        Span(state=good, since=since, until=seen),
        Span(state=_SAID[row.says], since=seen, until=until),
        *ended,
    )
