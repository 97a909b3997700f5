"""The original products behind an entry of the catalogue: who made them, under which part number.

They are what the public pages of released units say of a part, and what its holder takes in as a type; nothing else of
a workshop is searched.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.catalogue.models import PartType, ReferenceModel
from remanu.certification.models import CertificationSpan, ProductCertification
from remanu.parts.models import Item, SearchWord
from remanu.release.models import ReleaseCertificate
from remanu.rules.certification import ANY

SHOWN = 12
_RELEASED = sa.and_(
    ReleaseCertificate.org_id == Item.org_id,
    ReleaseCertificate.item_id == Item.id,
    ReleaseCertificate.state == "ISSUED",
)


def original(word: str) -> sa.ColumnElement[bool]:
    """Whether an original in the scope of the entry around it goes by this word, or one that begins so."""
    return sa.or_(_of_units(word), _of_types(word))


def _of_units(word: str) -> sa.ColumnElement[bool]:
    same = sa.and_(Item.org_id == SearchWord.org_id, Item.id == SearchWord.item_id)
    return (
        sa.select(sa.literal(1))
        .select_from(SearchWord)
        .join(Item, same)
        .join(ReleaseCertificate, _RELEASED)
        .where(SearchWord.org_id == ProductCertification.holder_org)
        .where(SearchWord.word.startswith(word, autoescape=True), *_in_scope(Item))
        .correlate(ProductCertification)
        .exists()
    )


def _of_types(word: str) -> sa.ColumnElement[bool]:
    listed = sa.and_(
        ReferenceModel.list_id == PartType.reference_list, ReferenceModel.code == PartType.reference_code
    )
    spoken = (sa.func.lower(one).contains(word, autoescape=True) for one in (PartType.maker, PartType.part_number))
    return (
        sa.select(sa.literal(1))
        .select_from(PartType)
        .outerjoin(ReferenceModel, listed)
        .where(PartType.org_id == ProductCertification.holder_org, *_in_scope(PartType))
        .where(sa.or_(*spoken, ReferenceModel.words.contains(f" {word}", autoescape=True)))
        .correlate(ProductCertification)
        .exists()
    )


def _in_scope(what: Any) -> tuple[sa.ColumnElement[bool], ...]:
    models = (
        sa.select(sa.literal(1))
        .where(CertificationSpan.org_id == ProductCertification.org_id)
        .where(CertificationSpan.certification_id == ProductCertification.id)
        .where(sa.or_(CertificationSpan.model == what.part_number, CertificationSpan.model == ANY))
        .correlate(ProductCertification, what)
        .exists()
    )
    return what.family == ProductCertification.family, models


def originals(connection: Connection, certification_id: str) -> list[tuple[str, str]]:
    """Makers and part numbers of the originals of released units in the scope of an entry."""
    chosen = (
        sa.select(Item.maker, Item.part_number)
        .distinct()
        .select_from(ProductCertification)
        .join(Item, Item.org_id == ProductCertification.holder_org)
        .join(ReleaseCertificate, _RELEASED)
        .where(ProductCertification.id == certification_id, *_in_scope(Item))
        .order_by(Item.maker, Item.part_number)
        .limit(SHOWN)
    )
    return [(row.maker, row.part_number) for row in connection.execute(chosen)]
