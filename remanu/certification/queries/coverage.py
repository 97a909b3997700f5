"""Which certification covers a released unit: asked for one part, or as one column of another feature's statement.

Public: what is read of a certification stands in its catalogue entry, and what is read of a unit on its own page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.certification.models import Accreditation, CertificationSpan, ProductCertification, RegisterStep
from remanu.certification.queries.register import decided_as, retro_of
from remanu.parts.models import Item
from remanu.release.models import ReleaseCertificate
from remanu.rules import accreditation, certification
from remanu.rules.certification import ANY, Claim, Line, Unit

# No text of ours holds them: every line is cleaned of control characters.
_FIELD, _ROW, _PART = "\x1f", "\x1e", "\x1d"
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
    ProductCertification.org_id,
    ProductCertification.scheme,
    ProductCertification.edition,
)
# What was decided about the accreditations of a body: whose, which, in which order, what, when, and the facts.
_DECIDED: tuple[Any, ...] = (
    Accreditation.body_org,
    RegisterStep.subject_id,
    sa.cast(RegisterStep.seq, sa.Text),
    RegisterStep.verb,
    RegisterStep.on_day,
    RegisterStep.facts,
)


@dataclass(frozen=True, slots=True)
class Covering:
    """A certification under which a unit was released, and what the unit may say of it today.

    `lost_on` is since when the body is not accredited for it any longer, None while it is (I46).
    """

    certification: str
    number: str
    state: str
    line: Line
    claim: Claim
    lost_on: date | None = None


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
    mine = (
        CertificationSpan.holder_org == org_id,
        CertificationSpan.family == family,
        sa.or_(CertificationSpan.model == model, CertificationSpan.model == ANY),
    )
    spans = (
        sa.select(_rows(_COLUMNS))
        .select_from(CertificationSpan)
        .join(ProductCertification, _same())
        .where(*mine)
        .correlate(*apart)
        .scalar_subquery()
    )
    bodies = sa.select(CertificationSpan.org_id).where(*mine).correlate(*apart)
    decided = (
        sa.select(_rows(_DECIDED))
        .select_from(Accreditation)
        .join(
            RegisterStep,
            sa.and_(RegisterStep.org_id == Accreditation.org_id, RegisterStep.subject_id == Accreditation.id),
        )
        .where(Accreditation.body_org.in_(bodies))
        .correlate(*apart)
        .scalar_subquery()
    )
    whole = spans + sa.literal_column(f"'{_PART}'", sa.Text) + sa.func.coalesce(decided, _literal(""))
    return sa.select(whole).correlate(*apart).scalar_subquery()


def _rows(columns: tuple[Any, ...]) -> Any:
    """These columns of all rows as one text."""
    # Written out: as parameters, two dozen of them are bound anew by every scan.
    first, *others = (sa.func.coalesce(each, _literal("")) for each in columns)
    whole: sa.ColumnElement[str] = first
    for each in others:
        whole = whole + _literal(_FIELD) + each
    return sa.func.aggregate_strings(whole, _literal(_ROW))  # type: ignore[arg-type]


def _literal(text: str) -> sa.ColumnElement[str]:
    return sa.literal_column(f"'{text}'", sa.Text)


def _same() -> sa.ColumnElement[bool]:
    return sa.and_(
        ProductCertification.org_id == CertificationSpan.org_id,
        ProductCertification.id == CertificationSpan.certification_id,
    )


def covering(text: str | None, unit: Unit, today: date) -> tuple[Covering, ...]:
    """The certifications that cover the unit (I44), read from the text of `column`, by number."""
    spans, decided = _read(text or "")
    goes_on = frozenset((one.id, one.line) for one in spans if not one.until)
    on_days = [one for one in spans if one.on_its_days(unit)]
    found = {one.id: _unknown(one, today) for one in on_days if not one.line.takes(unit)}
    found |= {one.id: _told(one, unit, today, goes_on=goes_on) for one in on_days if one.line.takes(unit)}
    behind = {one.id: _lost_on(one, decided, today) for one in spans if one.id in found}
    told = (replace(one, lost_on=behind[key]) for key, one in found.items())
    return tuple(sorted(told, key=lambda one: one.number))


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[tuple[_Span, ...], str]:
    spans, _, decided = text.partition(_PART)
    return tuple(_Span(*one.split(_FIELD)) for one in spans.split(_ROW) if one), decided


def _lost_on(one: _Span, decided: str, today: date) -> date | None:
    wanted = accreditation.Area(one.family, one.scheme, one.edition)
    return accreditation.lost_on(_decided(decided).get(one.body, ()), wanted, today)


@lru_cache(maxsize=64)
def _decided(text: str) -> dict[str, list[list[accreditation.Decided]]]:
    """What was decided about the accreditations of each body, in the order of the decisions."""
    rows = sorted((one.split(_FIELD) for one in text.split(_ROW) if one), key=lambda row: (row[1], int(row[2])))
    found: dict[str, dict[str, list[accreditation.Decided]]] = {}
    for body, subject, _seq, verb, on_day, facts in rows:
        found.setdefault(body, {}).setdefault(subject, []).append(decided_as(verb, on_day, facts))
    return {body: list(each.values()) for body, each in found.items()}


def mentioned(text: str | None) -> tuple[str, ...]:
    """Every certification that speaks of the model at some time, whether or not it covers a unit; from `column`."""
    return tuple(dict.fromkeys(one.id for one in _read(text or "")[0]))


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
    body: str = ""
    scheme: str = ""
    edition: str = ""

    @property
    def line(self) -> Line:
        """The line of the scope."""
        return Line(self.model, self.site, self.claim_class)

    def on_its_days(self, unit: Unit) -> bool:
        """Whether the unit was released under it (I44, I45), or may have been as far as its site is known."""
        day = unit.released.isoformat()
        within = max(self.since, self.valid_from) <= day <= self.valid_to and (
            not self.until or day < self.until
        )
        return within and self.family == unit.family and self.line.may_take(unit)


def _unknown(one: _Span, today: date) -> Covering:
    now = certification.expired(_standing(one, paused=frozenset()), today)
    return Covering(one.id, one.number, now.state, one.line, "unknown")


def _standing(one: _Span, *, paused: frozenset[Line]) -> certification.Standing:
    return certification.Standing(
        state=one.state,
        lines=(one.line,),
        paused=paused,
        valid=(date.fromisoformat(one.valid_from), date.fromisoformat(one.valid_to)),
        retro=retro_of(json.loads(one.retro)) if one.retro else None,
    )


def _told(one: _Span, unit: Unit, today: date, *, goes_on: frozenset[tuple[str, Line]]) -> Covering:
    # A span that was closed may have been opened again: after a reinstatement the unit's claim is whole.
    paused = frozenset(() if (one.id, one.line) in goes_on else {one.line})
    now = certification.expired(_standing(one, paused=paused), today)
    return Covering(one.id, one.number, now.state, one.line, certification.claim(now, one.line, unit))


_UNIT: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Item.family,
        Item.part_number,
        Item.serial,
        ReleaseCertificate.claim_class,
        ReleaseCertificate.issued_at,
        ReleaseCertificate.site,
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
        site=row.site or "",
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
    found = [one for one in coverings_of(connection, org_id, item_id, now) if one.claim != "unknown"]
    return not found or any(one.claim != "named" for one in found)
