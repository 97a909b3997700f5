"""The catalogue of recognised remanufactured products: entries, their history, and the units that each covers.

Public: bodies publish their certificates here. Of a unit it tells what the unit's own public page tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import aliased

from remanu.accounts.models import Organisation
from remanu.certification.models import CertificationSpan, ProductCertification, RegisterStep
from remanu.certification.queries.coverage import Covering, column, covering, local_day, unit_of
from remanu.certification.queries.originals import original
from remanu.certification.queries.register import PAGE, happened
from remanu.errors import NotFound
from remanu.parts.models import Item, PublicState
from remanu.release.models import ReleaseCertificate
from remanu.rules import certification
from remanu.rules.certification import ANY

Row = sa.Row[Any]
_Holder, _Body = aliased(Organisation), aliased(Organisation)


def _named(who: Any, name: str) -> tuple[Any, ...]:
    return (
        who.name_en.label(f"{name}_en"),
        who.name_zh_hans.label(f"{name}_zh_hans"),
        who.name_zh_hant.label(f"{name}_zh_hant"),
        who.country.label(f"{name}_country"),
    )


_ENTRY = (
    sa.select(ProductCertification.__table__, *_named(_Holder, "holder"), *_named(_Body, "body"))
    .add_columns(_Holder.zone.label("holder_zone"))
    .join(_Holder, _Holder.org_id == ProductCertification.holder_org)
    .join(_Body, _Body.org_id == ProductCertification.org_id)
    .where(ProductCertification.number.is_not(None))
)
# From here on everybody may know; what led to it stays between body and holder.
PUBLIC = (
    "grant_certification",
    "surveil",
    "suspend_certification",
    "reinstate_certification",
    "reduce_scope",
    "extend_scope",
    "withdraw_certification",
    "terminate_certification",
    "standard_transition",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody looks for: words of maker, model, body or number; a family, a country, a batch."""

    words: tuple[str, ...] = ()
    family: str = ""
    country: str = ""
    batch: str = ""


def entries(connection: Connection, asked: Asked, *, after: str = "", limit: int = PAGE) -> list[Row]:
    """Certificates that were ever issued, newest first, a page after an id."""
    chosen = _ENTRY.where(*fitting(asked))
    if after:
        chosen = chosen.where(ProductCertification.id < after)
    return list(connection.execute(chosen.order_by(ProductCertification.id.desc()).limit(limit)))


def fitting(asked: Asked) -> list[sa.ColumnElement[bool]]:
    """What an entry has to fulfil; the same for the list, its JSON and its feed."""
    found = [
        sa.or_(ProductCertification.words.contains(f" {word}", autoescape=True), original(word))
        for word in asked.words
    ]
    if asked.family:
        found.append(ProductCertification.family == asked.family)
    if asked.country:
        found.append(sa.or_(_Body.country == asked.country, _Holder.country == asked.country))
    if asked.batch:
        found.append(ProductCertification.batch == asked.batch)
    return found


def changes(connection: Connection, asked: Asked | None = None, limit: int = PAGE) -> list[Row]:
    """What happened last to the entries that somebody asks for, newest first, for the feed."""
    step = RegisterStep.__table__.c
    chosen = (
        _ENTRY.add_columns(step.verb, step.on_day, step.event_id, step.at)
        .join(RegisterStep, RegisterStep.subject_id == ProductCertification.id)
        .where(RegisterStep.verb.in_(PUBLIC), RegisterStep.verb != "surveil", *fitting(asked or Asked()))
        .order_by(RegisterStep.at.desc(), RegisterStep.event_id.desc())
    )
    return list(connection.execute(chosen.limit(limit)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One certificate of the catalogue: its row, what everybody may know happened to it, and how it stands."""

    row: Row
    steps: tuple[Row, ...]
    now: certification.Standing

    @property
    def happened(self) -> tuple[certification.Happened, ...]:
        """What happened, as the rule reads it."""
        return tuple(map(happened, self.steps))

    @property
    def history(self) -> tuple[Row, ...]:
        """What everybody may know of it, newest first."""
        return tuple(one for one in reversed(self.steps) if one.verb in PUBLIC)


def find_entry(connection: Connection, certification_id: str, today: date) -> Entry:
    """One entry; NotFound for what was never granted."""
    row = connection.execute(_ENTRY.where(ProductCertification.id == certification_id)).first()
    if row is None:
        raise NotFound(what="certification")
    chosen = sa.select(RegisterStep.__table__).where(
        RegisterStep.org_id == row.org_id, RegisterStep.subject_id == certification_id
    )
    steps = tuple(connection.execute(chosen.order_by(RegisterStep.seq)))
    return Entry(row, steps, certification.on_day(map(happened, steps), today))


@dataclass(frozen=True, slots=True)
class CoveredUnit:
    """A released unit that an entry covers, as its own page shows it."""

    code: str
    name: str
    model: str
    number: str
    released: date
    state: str
    covering: Covering


_UNITS: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        ReleaseCertificate.id,
        ReleaseCertificate.number,
        ReleaseCertificate.claim_class,
        ReleaseCertificate.issued_at,
        ReleaseCertificate.site,
        Item.code,
        Item.name,
        Item.family,
        Item.part_number,
        Item.serial,
        PublicState.state.label("public"),
        column(Item.org_id, Item.family, Item.part_number, apart=(Item,)).label("covered"),
    )
    .join(Item, sa.and_(Item.org_id == ReleaseCertificate.org_id, Item.id == ReleaseCertificate.item_id))
    .outerjoin(PublicState, PublicState.uri == Item.uri)
    .where(ReleaseCertificate.state.in_(["ISSUED", "REVOKED"]))
    .order_by(ReleaseCertificate.id.desc())
)


def units(
    connection: Connection, row: Row, today: date, *, after: str = "", limit: int = PAGE
) -> tuple[list[CoveredUnit], str]:
    """Released units that the certificate covers (I44), newest first, and the cursor of the page after this one."""
    models = sa.select(CertificationSpan.model).where(
        CertificationSpan.org_id == row.org_id, CertificationSpan.certification_id == row.id
    )
    chosen = _UNITS.where(ReleaseCertificate.org_id == row.holder_org, Item.family == row.family)
    every = sa.literal(ANY).in_(models)
    chosen = chosen.where(sa.or_(Item.part_number.in_(models), every))
    if after:
        chosen = chosen.where(ReleaseCertificate.id < after)
    found = connection.execute(chosen.limit(limit + 1)).all()
    shown = [_unit(one, row, today) for one in found[:limit]]
    return [one for one in shown if one is not None], found[limit - 1].id if len(found) > limit else ""


def _unit(found: sa.Row[*tuple[Any, ...]], row: Row, today: date) -> CoveredUnit | None:
    what = unit_of(found, row.holder_zone)
    mine = [one for one in covering(found.covered, what, today) if one.certification == row.id]
    if not mine:
        return None
    day = local_day(found.issued_at, row.holder_zone)
    return CoveredUnit(found.code, found.name, what.model, found.number, day, found.public or "", mine[0])


def countries(connection: Connection) -> Sequence[str]:
    """The countries of bodies and holders in the catalogue."""
    body = sa.select(_Body.country).join(ProductCertification, _Body.org_id == ProductCertification.org_id)
    holder = sa.select(_Holder.country).join(
        ProductCertification, _Holder.org_id == ProductCertification.holder_org
    )
    both = [one.where(ProductCertification.number.is_not(None)) for one in (body, holder)]
    return sorted(connection.execute(sa.union(*both)).scalars())
