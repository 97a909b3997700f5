"""Documents of bodies that keep no record here: those of one organisation, and the confirmed ones of everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.certification.models import OutsideRecord
from remanu.certification.queries.register import PAGE
from remanu.errors import NotFound
from remanu.parts.models import Code

Row = sa.Row[Any]
KINDS = ("certificate", "accreditation", "register_entry", "designation", "evidence")
"""A designation is a government's word for a body; evidence is of one unit, its `scheme` says of what (recognition)."""
SAYS = ("valid", "suspended", "withdrawn", "expired")
_BY = (Organisation.name_en.label("recorder_en"), Organisation.country.label("recorder_country"))


def outside(connection: Connection, org_id: str, *, after: str = "", limit: int = PAGE) -> list[Row]:
    """What the organisation recorded, newest first, a page after an id."""
    chosen = sa.select(OutsideRecord.__table__).where(OutsideRecord.org_id == org_id)
    if after:
        chosen = chosen.where(OutsideRecord.id < after)
    return list(connection.execute(chosen.order_by(OutsideRecord.id.desc()).limit(limit)))


def find_outside(connection: Connection, org_id: str, record_id: str) -> Row:
    """One of the organisation's; NotFound otherwise."""
    chosen = sa.select(OutsideRecord.__table__).where(
        OutsideRecord.org_id == org_id, OutsideRecord.id == record_id
    )
    row = connection.execute(chosen).first()
    if row is None:
        raise NotFound(what="document")
    return row


def confirmed(
    connection: Connection, *, kind: str, number: str = "", about: str = "", org_id: str = ""
) -> list[Row]:
    """Confirmed ones of one kind, whoever recorded them, the one seen last first: it says how things are."""
    chosen = (
        sa.select(OutsideRecord.__table__, *_BY)
        .join(Organisation, Organisation.org_id == OutsideRecord.org_id)
        .where(OutsideRecord.kind == kind, OutsideRecord.state == "confirmed")
    )
    named = {"number": number, "about": about, "org_id": org_id}
    for name, value in named.items():
        if value:
            chosen = chosen.where(getattr(OutsideRecord, name) == value)
    return list(
        connection.execute(chosen.order_by(OutsideRecord.seen_on.desc(), OutsideRecord.id.desc()).limit(PAGE))
    )


def recorded_before(connection: Connection, org_id: str, digest: str, number: str) -> bool:
    """Whether the organisation recorded this number from this very document."""
    chosen = sa.select(OutsideRecord.id).where(
        OutsideRecord.org_id == org_id, OutsideRecord.digest == digest, OutsideRecord.number == number
    )
    return connection.execute(chosen).first() is not None


def is_own_work(connection: Connection, row: Row) -> bool:
    """Whether it is evidence about a unit of the very organisation that recorded it, or its own designation.

    Decision 33: neither speaks in its favour.
    """
    ways: Mapping[str, sa.Select[Any]] = {
        "evidence": sa.select(Code.code).where(Code.code == row.about, Code.org_id == row.org_id),
        "designation": sa.select(Organisation.org_id).where(
            Organisation.org_id == row.org_id,
            sa.or_(Organisation.org_id == row.about, Organisation.name_en == row.about),
        ),
    }
    chosen = ways.get(row.kind)
    return chosen is not None and connection.execute(chosen).first() is not None
