"""Files that a matter rests on: what the body itself filed, what its client sent, and what he is to answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.certification.models import CheckedClause, ProductCertification
from remanu.certification.queries.files import Row
from remanu.errors import NotFound
from remanu.ledger.models import EventRow


@dataclass(frozen=True, slots=True)
class Filed:
    """One file with the act that cites it."""

    digest: str
    shows: str
    media_type: str
    kind: str
    at: datetime

def filed(connection: Connection, org_id: str, subject_id: str) -> tuple[Filed, ...]:
    """The files that the events of one subject cite, in their order, each once for each act."""
    chosen = sa.select(EventRow.kind, EventRow.canonical, EventRow.recorded_at).where(
        EventRow.org_id == org_id, EventRow.subject_id == subject_id
    )
    return tuple(
        Filed(one["digest"], one.get("shows", ""), one["media_type"], kind=row.kind, at=row.recorded_at)
        for row in connection.execute(chosen.order_by(EventRow.seq))
        for one in json.loads(row.canonical)["body"].get("evidence", ())
    )


def sent(connection: Connection, file: Row) -> tuple[Filed, ...]:
    """What the client sent with his application and since: he addressed it to this body, and to no other."""
    return filed(connection, file.holder_org, file.application)


def find_sent(connection: Connection, file: Row, digest: str) -> Filed:
    """One file of the client in this matter; NotFound for any other file of his."""
    for one in sent(connection, file):
        if one.digest == digest:
            return one
    raise NotFound(what="evidence")


def to_answer(connection: Connection, application: Row) -> tuple[str, ...]:
    """The clauses that the body waits for the client to answer; a body tells its client what it found."""
    if application.state != "AWAITING_CLIENT":
        return ()
    chosen = (
        sa.select(CheckedClause.clause)
        .join(
            ProductCertification,
            sa.and_(
                ProductCertification.org_id == CheckedClause.org_id,
                ProductCertification.id == CheckedClause.certification_id,
            ),
        )
        .where(
            CheckedClause.org_id == application.body_org,
            CheckedClause.certification_id == application.certification,
            ProductCertification.holder_org == application.org_id,
            CheckedClause.status == "not_comply",
        )
    )
    return tuple(connection.execute(chosen.order_by(CheckedClause.clause)).scalars())
