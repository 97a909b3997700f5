"""What a workshop has asked bodies for, and how its certifications stand there."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.certification.models import (
    CertificationApplication,
    CertificationRequest,
    ProductCertification,
)
from remanu.certification.queries.register import PAGE
from remanu.errors import NotFound

Row = sa.Row[Any]
_BODY = (
    Organisation.name_en.label("body_en"),
    Organisation.name_zh_hans.label("body_zh_hans"),
    Organisation.name_zh_hant.label("body_zh_hant"),
    Organisation.country.label("body_country"),
)
# How the application stands at the body is told to its holder, and to nobody else before there is a number.
_THERE = (
    ProductCertification.id.label("certification"),
    ProductCertification.state,
    ProductCertification.number,
    ProductCertification.valid_from,
    ProductCertification.valid_to,
    ProductCertification.due_on,
    ProductCertification.answer_by,
    ProductCertification.suspended_until,
)
_MINE = (
    sa.select(CertificationApplication.__table__, *_BODY, *_THERE)
    .join(Organisation, Organisation.org_id == CertificationApplication.body_org)
    .outerjoin(
        ProductCertification,
        sa.and_(
            ProductCertification.holder_org == CertificationApplication.org_id,
            ProductCertification.application == CertificationApplication.id,
        ),
    )
)


def applications(connection: Connection, org_id: str, *, after: str = "", limit: int = PAGE) -> list[Row]:
    """The workshop's applications with how each stands at its body, newest first, a page after an id."""
    chosen = _MINE.where(CertificationApplication.org_id == org_id)
    if after:
        chosen = chosen.where(CertificationApplication.id < after)
    return list(connection.execute(chosen.order_by(CertificationApplication.id.desc()).limit(limit)))


def find_application(connection: Connection, org_id: str, application: str) -> Row:
    """One application of the workshop; NotFound otherwise."""
    row = connection.execute(
        _MINE.where(CertificationApplication.org_id == org_id, CertificationApplication.id == application)
    ).first()
    if row is None:
        raise NotFound(what="application")
    return row


def own_requests(connection: Connection, org_id: str, application: str) -> list[Row]:
    """What the workshop asked or answered in this matter, oldest first."""
    chosen = sa.select(CertificationRequest.__table__).where(
        CertificationRequest.org_id == org_id, CertificationRequest.application == application
    )
    return list(connection.execute(chosen.order_by(CertificationRequest.id).limit(PAGE)))
