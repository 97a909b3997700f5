"""The first of a scan's two statements: whose part a code names, what is said of it, and how far its record goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.certification.queries import column
from remanu.ledger.models import EventRow
from remanu.parts.models import Case, Code, ComponentRoute, InstalledNow, Item, Notice, PublicState
from remanu.parts.queries.links import DOUBTED, UNCERTIFIED
from remanu.recognition.queries import kept_column

Row = sa.Row[*tuple[Any, ...]]


def chains(org_id: sa.SQLColumnExpression[str], item_id: sa.SQLColumnExpression[str]) -> sa.CompoundSelect[Any]:
    """The subjects whose events are a part's record: its own, and those of every component in its cases."""
    cases = sa.select(Case.id).where(Case.org_id == org_id, Case.item_id == item_id).correlate(Code)
    components = (
        sa.select(ComponentRoute.item_id)
        .where(ComponentRoute.org_id == org_id, ComponentRoute.case_id.in_(cases))
        .correlate(Code)
    )
    return sa.union_all(sa.select(item_id.label("subject_id")).correlate(Code), components)


# A record only grows, so the number of its events is its version: counted in an index, no row is read.
_LENGTH = (
    sa.select(sa.func.count())
    .select_from(EventRow)
    .where(EventRow.org_id == Code.org_id)
    .where(EventRow.subject_id.in_(chains(Code.org_id, Code.item_id)))
    .scalar_subquery()
)
_CODE: sa.BindParameter[str] = sa.bindparam("code")
_BETWEEN = "|"


def _doubted_outside() -> sa.ScalarSelect[str]:
    """What another record says of this part or of one that sits in it, or a body of their certification, unheard yet.

    Begins at the notices that wait, which are few and soon heard, and goes up from there; the state is read where its
    source wrote it, so that it shows at once.
    """
    reached = (
        sa.select(Notice.org_id, Notice.item_id, Notice.uri)
        .join(Code, Code.org_id == Notice.org_id)
        .where(Code.code == _CODE, Notice.received_at.is_(None))
        .cte("reached", recursive=True)
    )
    # A union of sets: a ring, which there is not, would end it too.
    reached = reached.union(
        sa.select(InstalledNow.org_id, InstalledNow.host_id, reached.c.uri).join(
            reached,
            sa.and_(InstalledNow.org_id == reached.c.org_id, InstalledNow.item_id == reached.c.item_id),
        )
    )
    there = PublicState.__table__.alias("there")
    return (
        sa.select(there.c.state + _BETWEEN + sa.type_coerce(there.c.since, sa.Text()))
        .join_from(reached, there, there.c.uri == reached.c.uri)
        .where(reached.c.item_id == Code.item_id)
        .where(sa.or_(*(there.c.state == one for one in (*DOUBTED, *UNCERTIFIED))))
        .order_by(there.c.since)
        .limit(1)
        .correlate(Code)
        .scalar_subquery()
    )


_FIND: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Code.code,
        Code.org_id,
        Code.item_id,
        Item.uri,
        PublicState.state,
        PublicState.since,
        PublicState.digest,
        Organisation.name_en,
        Organisation.name_zh_hans,
        Organisation.name_zh_hant,
        Organisation.country,
        Organisation.zone,
        _LENGTH.label("length"),
        _doubted_outside().label("outside"),
        column(Item.org_id, Item.family, Item.part_number, apart=(Item,)).label("covered"),
        kept_column(Code.org_id, Code.item_id).label("recognised"),
    )
    .outerjoin(Item, sa.and_(Item.org_id == Code.org_id, Item.id == Code.item_id))
    .outerjoin(PublicState, PublicState.uri == Item.uri)
    .outerjoin(Organisation, Organisation.org_id == Code.org_id)
    .where(Code.code == _CODE)
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a code leads to, and everything that decides what its page says: two equal ones have the same page."""

    code: str
    org_id: str
    item_id: str
    uri: str | None
    state: str | None
    since: datetime | None
    digest: str | None
    names: tuple[str, str, str]
    country: str
    zone: str
    length: int
    outside: tuple[str, str] | None = None
    """What another record says of a part in it, and since when, as long as this record has not heard it."""
    covered: str = ""
    """The spans of product certifications that may cover it, as `certification.queries.covering` reads them."""
    recognised: str = ""
    """The verdicts that are kept of its release, as `recognition.queries.read_kept` reads them."""


def find(connection: Connection, code: str) -> Found | None:
    """The part that a public code names, or None; one statement, whichever it is."""
    row = connection.execute(_FIND, {"code": code}).first()
    return None if row is None else _found(row)


def _found(row: Row) -> Found:
    names = (row.name_en or "", row.name_zh_hans or "", row.name_zh_hant or "")
    place = (row.country or "", row.zone or "UTC")
    said = (row.uri, row.state, row.since, row.digest)
    state, _, since = (row.outside or "").partition(_BETWEEN)
    outside = (state, since) if state else None
    spoken = (row.covered or "", row.recognised or "")
    return Found(row.code, row.org_id, row.item_id, *said, names, *place, row.length, outside, *spoken)
