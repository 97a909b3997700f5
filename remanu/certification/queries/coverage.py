"""Which certification covers a released unit: asked for one part, or as one column of another feature's statement.

Public: what is read of a certification stands in its catalogue entry, and what is read of a unit on its own page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.certification.models import CertificationSpan, ProductCertification
from remanu.certification.queries.register import retro_of
from remanu.parts.models import Item
from remanu.release.models import ReleaseCertificate
from remanu.rules import certification
from remanu.rules.certification import ANY, Claim, Line, Unit

# No text of ours holds them: every line is cleaned of control characters.
_FIELD, _ROW = "\x1f", "\x1e"
_COLUMNS: tuple[Any, ...] = (
    ProductCertification.id,
    ProductCertification.number,
    ProductCertification.state,
    ProductCertification.valid_from,
    ProductCertification.valid_to,
    CertificationSpan.family,
    CertificationSpan.model,
    CertificationSpan.site,
    CertificationSpan.claim_class,
    CertificationSpan.since,
    CertificationSpan.until,
    ProductCertification.retro,
)


@dataclass(frozen=True, slots=True)
class Covering:
    """A certification under which a unit was released, and what the unit may say of it today."""

    certification: str
    number: str
    state: str
    line: Line
    claim: Claim


def column(
    org_id: sa.SQLColumnExpression[str],
    family: sa.SQLColumnExpression[str],
    model: sa.SQLColumnExpression[str],
    *,
    apart: tuple[Any, ...],
) -> sa.ScalarSelect[Any]:
    """One text with every span that may cover parts of a model, for a statement that reads more than this.

    `apart` are the tables of the statement around it. `covering` tells what the text says of one unit.
    """
    # Written out: as parameters, two dozen of them are bound anew by every scan.
    nothing, field, row = (sa.literal_column(f"'{one}'", sa.Text) for one in ("", _FIELD, _ROW))
    first, *others = (sa.func.coalesce(each, nothing) for each in _COLUMNS)
    whole: sa.ColumnElement[str] = first
    for each in others:
        whole = whole + field + each
    return (
        sa.select(sa.func.aggregate_strings(whole, row))  # type: ignore[arg-type]
        .select_from(CertificationSpan)
        .join(ProductCertification, _same())
        .where(CertificationSpan.holder_org == org_id)
        .where(CertificationSpan.family == family)
        .where(sa.or_(CertificationSpan.model == model, CertificationSpan.model == ANY))
        .correlate(*apart)
        .scalar_subquery()
    )


def _same() -> sa.ColumnElement[bool]:
    return sa.and_(
        ProductCertification.org_id == CertificationSpan.org_id,
        ProductCertification.id == CertificationSpan.certification_id,
    )


def covering(text: str | None, unit: Unit, today: date) -> tuple[Covering, ...]:
    """The certifications that cover the unit (I44), read from the text of `column`, by number."""
    spans = [_Span(*one.split(_FIELD)) for one in (text or "").split(_ROW) if one]
    goes_on = frozenset((one.id, one.line) for one in spans if not one.until)
    covers = (one for one in spans if one.covers(unit))
    found = {one.id: _told(one, unit, today, goes_on=goes_on) for one in covers}
    return tuple(sorted(found.values(), key=lambda one: one.number))


def mentioned(text: str | None) -> tuple[str, ...]:
    """Every certification that speaks of the model at some time, whether or not it covers a unit; from `column`."""
    return tuple(dict.fromkeys(one.split(_FIELD)[0] for one in (text or "").split(_ROW) if one))


class _Span(NamedTuple):
    """The columns of one span as texts; days as texts sort like days."""

    id: str
    number: str
    state: str
    valid_from: str
    valid_to: str
    family: str
    model: str
    site: str
    claim_class: str
    since: str
    until: str
    retro: str

    @property
    def line(self) -> Line:
        """The line of the scope."""
        return Line(self.model, self.site, self.claim_class)

    def covers(self, unit: Unit) -> bool:
        """Whether the unit was released under it (I44, I45)."""
        day = unit.released.isoformat()
        within = max(self.since, self.valid_from) <= day <= self.valid_to and (
            not self.until or day < self.until
        )
        return within and self.family == unit.family and self.line.takes(unit)


def _told(one: _Span, unit: Unit, today: date, *, goes_on: frozenset[tuple[str, Line]]) -> Covering:
    # A span that was closed may have been opened again: after a reinstatement the unit's claim is whole.
    paused = frozenset(() if (one.id, one.line) in goes_on else {one.line})
    standing = certification.Standing(
        state=one.state,
        lines=(one.line,),
        paused=paused,
        valid=(date.fromisoformat(one.valid_from), date.fromisoformat(one.valid_to)),
        retro=retro_of(json.loads(one.retro)) if one.retro else None,
    )
    now = certification.expired(standing, today)
    return Covering(one.id, one.number, now.state, one.line, certification.claim(now, one.line, unit))


_UNIT: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Item.family,
        Item.part_number,
        Item.serial,
        ReleaseCertificate.claim_class,
        ReleaseCertificate.issued_at,
        ReleaseCertificate.state,
        Organisation.zone,
        column(Item.org_id, Item.family, Item.part_number, apart=(Item,)).label("covered"),
    )
    .join(
        ReleaseCertificate,
        sa.and_(ReleaseCertificate.org_id == Item.org_id, ReleaseCertificate.item_id == Item.id),
    )
    .join(Organisation, Organisation.org_id == Item.org_id)
    .where(Item.org_id == sa.bindparam("org_id"), Item.id == sa.bindparam("item_id"))
    .where(ReleaseCertificate.state == "ISSUED")
    .order_by(ReleaseCertificate.no.desc())
    .limit(1)
)


def unit_of(row: sa.Row[*tuple[Any, ...]], zone: str) -> Unit:
    """A released unit as the rule reads it; its day is that of the workshop's zone."""
    return Unit(
        family=row.family,
        model=row.part_number or "",
        claim_class=row.claim_class,
        released=local_day(row.issued_at, zone),
        serial=row.serial or "",
    )


def local_day(at: datetime, zone: str) -> date:
    """The day of a moment in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def coverings_of(connection: Connection, org_id: str, item_id: str, now: datetime) -> tuple[Covering, ...]:
    """The certifications that cover the part's release in force, in one statement; none without a release."""
    row = connection.execute(_UNIT, {"org_id": org_id, "item_id": item_id}).first()
    if row is None:
        return ()
    return covering(row.covered, unit_of(row, row.zone), local_day(now, row.zone))


def in_force(connection: Connection, org_id: str, item_id: str, now: datetime) -> bool:
    """Whether no certification that the unit was released under speaks against it today.

    A unit that none covers claims none, so there is nothing that would have to be in force.
    """
    found = coverings_of(connection, org_id, item_id, now)
    return not found or any(one.claim != "named" for one in found)
