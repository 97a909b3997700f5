"""Reading reviews: which releases are under review, and what an item's public page says of it at present."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import NotFound
from remanu.parts.models import Item, PublicState
from remanu.release.models import ReleaseCertificate, ReleaseReview
from remanu.release.queries.certificates import PAGE, Row

UNDER_REVIEW = "under-review"
SPEAKS = frozenset({"released", "superseded", UNDER_REVIEW})
"""Public states in which a part's page speaks of its release."""

_ONE = (
    sa.select(
        ReleaseReview.__table__,
        ReleaseCertificate.number,
        ReleaseCertificate.state,
        ReleaseCertificate.claim_class,
        Item.code,
        Item.uri,
        Item.name,
        Item.part_number,
        Item.serial,
    )
    .join(
        ReleaseCertificate,
        sa.and_(
            ReleaseCertificate.org_id == ReleaseReview.org_id,
            ReleaseCertificate.id == ReleaseReview.certificate_id,
        ),
    )
    .join(Item, sa.and_(Item.org_id == ReleaseReview.org_id, Item.id == ReleaseReview.item_id))
    .where(ReleaseReview.org_id == sa.bindparam("org_id"))
)


def find_review(connection: Connection, org_id: str, review_id: str) -> Any:
    """One review with its certificate and part; NotFound otherwise."""
    row = connection.execute(_ONE.where(ReleaseReview.id == review_id), {"org_id": org_id}).first()
    if row is None:
        raise NotFound(what="review")
    return row


def reviews(connection: Connection, org_id: str, *, before: str = "") -> list[Row]:
    """A page of the reviews that stand, newest first, below `before` (keyset)."""
    chosen = _ONE.where(ReleaseReview.lifted_at.is_(None)).order_by(ReleaseReview.id.desc()).limit(PAGE)
    if before:
        chosen = chosen.where(ReleaseReview.id < before)
    return list(connection.execute(chosen, {"org_id": org_id}))


def reviews_of(connection: Connection, org_id: str, certificate_id: str) -> list[Row]:
    """The reviews of a certificate, those that stand first, then the newest first."""
    chosen = _ONE.where(ReleaseReview.certificate_id == certificate_id)
    chosen = chosen.order_by(ReleaseReview.lifted_at.is_not(None), ReleaseReview.id.desc())
    return list(connection.execute(chosen, {"org_id": org_id}))


def standing_reviews(connection: Connection, org_id: str, certificate_id: str) -> list[Row]:
    """The reviews of a certificate that nobody has lifted, the oldest first."""
    every = reviews_of(connection, org_id, certificate_id)
    return [row for row in reversed(every) if row.lifted_at is None]


def affected(row: Any) -> list[dict[str, Any]]:
    """The parts because of which a release is under review, as the event says; none where it is for another reason."""
    found: list[dict[str, Any]] = json.loads(row.affected) if row.affected else []
    return found


def reached_by(connection: Connection, org_id: str, causes: Iterable[str]) -> list[Row]:
    """The reviews of assemblies that these events brought about, by their digests, those that stand first."""
    chosen = _ONE.where(ReleaseReview.cause.in_(list(causes)))
    chosen = chosen.order_by(ReleaseReview.lifted_at.is_not(None), ReleaseReview.id.desc()).limit(PAGE)
    return list(connection.execute(chosen, {"org_id": org_id}))


def because_of(connection: Connection, org_id: str, causes: Iterable[str], *, part: str) -> list[Row]:
    """The reviews of assemblies that stand by these events and name this part."""
    mine = ReleaseReview.cause.in_(list(causes)), ReleaseReview.affected.contains(part)
    chosen = _ONE.where(*mine, ReleaseReview.lifted_at.is_(None)).order_by(ReleaseReview.id)
    return list(connection.execute(chosen, {"org_id": org_id}))


def public_state(connection: Connection, uri: str) -> str:
    """What the public page of a part says of it; empty where it says nothing."""
    return connection.execute(sa.select(PublicState.state).where(PublicState.uri == uri)).scalar() or ""
