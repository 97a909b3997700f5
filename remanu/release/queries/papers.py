"""The certificate as data, drawn from the record: what is signed, and how its digest is computed again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts import queries as accounts
from remanu.accounts.queries import sites
from remanu.catalogue.models import PartType
from remanu.catalogue.queries import pack_of
from remanu.families.family import Family
from remanu.families.places import place_names
from remanu.families.spoken import spoken
from remanu.inspection.events import ConcededTold
from remanu.ledger import body as bodies
from remanu.parts.models import Item
from remanu.parts.queries import CaseView
from remanu.release.events import (
    CameIn,
    CertificateRecord,
    Former,
    Hazards,
    Head,
    Issuer,
    LifeStatus,
    OnSite,
    Unit,
)
from remanu.release.queries.wording import made_by, worded
from remanu.rules import canonical as jcs

Row = sa.Row[Any]
KIND = "remanu.release"
MEANINGS = {
    "release": "I certify that the work on this unit was done and inspected as its dossier states, and release it.",
    "supersede": "I certify that this certificate corrects the one it names, which no longer speaks for the unit.",
    "revoke": "I revoke the release of this unit for good; it must not be relied on.",
    "lift_review": "I looked into what was doubted, and certify that the release of this unit is sound.",
    "state_zero_time": "I certify that this unit was rebuilt by its maker and begins its record at zero time.",
}
"""What a signature says, in the sentence that is signed."""


def record_of(
    connection: Connection,
    case: CaseView,
    dossier: Row,
    *,
    number: str,
    life: int,
    claim_class: str,
    warranty_days: int,
    supersedes: Former | None = None,
) -> CertificateRecord:
    """The certificate of a sealed dossier; the same record for whoever looks at it, so that all see one digest.

    Its words are those of the day on which the dossier was submitted, and so the same tomorrow.
    """
    issuer = accounts.find_organisation(connection, case.org_id)
    maker = made_by(issuer, case.item.maker)
    said = worded(
        case.item.family, claim_class, maker=maker, on=dossier.submitted_at.date(), scheme=dossier.scheme
    )
    return CertificateRecord(
        v=3,
        kind=KIND,
        number=number,
        organisation=_issuer(issuer),
        unit=_unit(case.item),
        life=life,
        work_order=case.number,
        claim_class=claim_class,
        status=said.status,
        why_not_higher=tuple(json.loads(dossier.why_not_higher)),
        standard=case.standard,
        edition=case.edition,
        warranty_days=warranty_days,
        dossier=dossier.digest,
        heads=tuple(Head(**one) for one in json.loads(dossier.heads)),
        evidence=tuple(json.loads(dossier.evidence)),
        came_in=tuple(CameIn(**one) for one in json.loads(dossier.came_in)),
        tests=tuple(json.loads(dossier.tests)),
        hazards=bodies.decode(Hazards, json.loads(dossier.hazards)),
        balance=dossier.balance,
        concessions=tuple(json.loads(dossier.concessions)),
        lives=_lives(dossier.lives),
        on_site=None if dossier.on_site is None else bodies.decode(OnSite, json.loads(dossier.on_site)),
        supersedes=supersedes,
        scheme=said.scheme,
        side=said.side,
        upgraded=tuple(json.loads(dossier.upgraded)) if dossier.upgraded else None,
        conceded=_conceded(dossier.conceded),
        site=_site(connection, case, dossier, zone=issuer.zone),
    )


def _site(connection: Connection, case: CaseView, dossier: Row, *, zone: str) -> str | None:
    """The issuer's site of the unit as it was when the dossier was submitted; None for work where equipment stands."""
    if dossier.on_site is not None:
        return None
    day = dossier.submitted_at.astimezone(ZoneInfo(zone)).date()
    return sites.site_on(connection, case.org_id, case.item.place, day)


def _lives(text: str | None) -> tuple[LifeStatus, ...] | None:
    """How limited lives stood at submission; None in dossiers of units without any."""
    if text is None:
        return None
    return tuple(bodies.decode(LifeStatus, one) for one in json.loads(text))


def _conceded(text: str | None) -> tuple[ConcededTold, ...] | None:
    """What is conceded; None where nothing is, and in dossiers that told it in English lines."""
    if text is None:
        return None
    return tuple(bodies.decode(ConcededTold, one) for one in json.loads(text))


def draft_record(connection: Connection, case: CaseView, dossier: Row, draft: Row) -> CertificateRecord:
    """The record that a signature on this draft would sign."""
    return record_of(
        connection,
        case,
        dossier,
        number=draft.number,
        life=draft.life,
        claim_class=draft.claim_class,
        warranty_days=draft.warranty_days,
    )


def _issuer(row: Row) -> Issuer:
    return Issuer(
        name_en=row.name_en,
        name_zh_hans=row.name_zh_hans,
        name_zh_hant=row.name_zh_hant,
        country=row.country,
        number=row.number,
    )


def _unit(item: Row) -> Unit:
    return Unit(
        uri=item.uri,
        code=item.code,
        family=item.family,
        component=item.component,
        name=item.name,
        maker=item.maker,
        part_number=item.part_number,
        serial=item.serial,
        mass_kg=item.mass_kg,
        simulated=item.simulated,
    )


def spoken_names(connection: Connection, org_id: str, unit: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """What a certificate's unit and its tests are called in a language: by its part type, else by its family's pack.

    The record keeps the name under which the part was registered, and codes.
    """
    mine = (Item.org_id == org_id, Item.code == unit["code"])
    item = connection.execute(sa.select(Item.__table__).where(*mine)).one()
    pack = pack_of(connection, item)
    return {
        "name": _spoken(connection, item, locale),
        "procedures": {one.code: one.names.text(locale) for one in pack.tests},
        "places": place_names(pack, locale),
        "counters": _counters(pack, locale),
    }


def _counters(pack: Family, locale: str) -> dict[str, str]:
    """What counters are called, and their ratings by both codes: the counter alone says too little of those."""
    return {one.code: one.names.text(locale) for one in pack.counters} | {
        f"{one.code} {rating.code}": rating.names.text(locale) for one in pack.counters for rating in one.ratings
    }


def _spoken(connection: Connection, item: Row, locale: str) -> str:
    same = (PartType.maker == item.maker, PartType.part_number == item.part_number)
    chosen = sa.select(PartType.__table__).where(PartType.org_id == item.org_id, *same)
    known = connection.execute(chosen.order_by(PartType.id.desc()).limit(1)).first()
    if known is None or locale == "en":
        return spoken(item.name, locale)
    return str(known.name_zh_hans if locale == "zh-Hans" else known.name_zh_hant)


def digest_of(body: object) -> str:
    """SHA-256 of the canonical bytes of a body, as hex."""
    return hashlib.sha256(jcs.encode(bodies.encode(body))).hexdigest()
