"""Which released units lines of a certificate's scope cover, counted and listed by the store, however many there are.

The days of the rule (I44) are turned into moments of the workshop's zone once, so that nothing is read only to be
thrown away. A unit whose release names no site may have come from any: a line with a site takes it, so that doubt
stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.certification.queries.catalogue import Row
from remanu.parts.models import Item
from remanu.release.models import ReleaseCertificate
from remanu.rules import certification
from remanu.rules.certification import ANY, Happened, Line

_DAY = timedelta(days=1)
_SAME = sa.and_(Item.org_id == ReleaseCertificate.org_id, Item.id == ReleaseCertificate.item_id)
_SHOWN: tuple[sa.SQLColumnExpression[Any], ...] = (
    ReleaseCertificate.org_id,
    ReleaseCertificate.item_id,
    ReleaseCertificate.id,
    ReleaseCertificate.number,
    ReleaseCertificate.issued_at,
    ReleaseCertificate.site,
    ReleaseCertificate.claim_class,
    Item.code,
    Item.uri,
    Item.name,
    Item.family,
    Item.part_number,
    Item.serial,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose units of which family, and what happened to the certificate; `zone` is that of the holder's days."""

    holder: str
    family: str
    zone: str
    happened: tuple[Happened, ...]


def scope_of(row: Row, happened: Iterable[Happened]) -> Scope:
    """The scope of a catalogue entry."""
    return Scope(holder=row.holder_org, family=row.family, zone=row.holder_zone, happened=tuple(happened))


def standing(scope: Scope) -> certification.Standing:
    """How the certificate stands after all that happened."""
    return certification.standing(scope.happened)


def covered(scope: Scope, lines: Collection[Line] = ()) -> sa.Select[Any]:
    """Released units in force that these lines cover; all lines where none is named."""
    windows = [_within(one, scope.zone) for one in _windows(scope.happened, lines)]
    return (
        sa.select(*_SHOWN)
        .join(Item, _SAME)
        .where(ReleaseCertificate.org_id == scope.holder, Item.family == scope.family)
        .where(ReleaseCertificate.state == "ISSUED", sa.or_(sa.false(), *windows))
    )


def count(connection: Connection, scope: Scope, lines: Collection[Line] = ()) -> int:
    """How many they are."""
    return connection.execute(
        sa.select(sa.func.count()).select_from(covered(scope, lines).subquery())
    ).scalar_one()


def page(
    connection: Connection, scope: Scope, lines: Collection[Line] = (), *, after: str = "", limit: int
) -> list[Row]:
    """The next of them, newest first, below the id of a certificate."""
    chosen = covered(scope, lines).order_by(ReleaseCertificate.id.desc()).limit(limit)
    return list(connection.execute(chosen.where(ReleaseCertificate.id < after) if after else chosen))


def _windows(happened: tuple[Happened, ...], lines: Collection[Line]) -> Iterator[certification.Open]:
    """When each of the lines covered releases, within the validity of the certificate."""
    valid = certification.standing(happened).valid
    if valid is None:
        return
    for one in certification.opened(happened):
        if not lines or one.line in lines:
            last = valid[1] + _DAY
            yield certification.Open(
                line=one.line, since=max(one.since, valid[0]), until=min(one.until or last, last)
            )


def _within(one: certification.Open, zone: str) -> sa.ColumnElement[bool]:
    line, until = one.line, one.until or date.max
    asked = [
        ReleaseCertificate.issued_at >= _begins(one.since, zone),
        ReleaseCertificate.issued_at < _begins(until, zone),
    ]
    if line.model != ANY:
        asked.append(Item.part_number == line.model)
    if line.claim_class != ANY:
        asked.append(ReleaseCertificate.claim_class == line.claim_class)
    if line.site != ANY:
        asked.append(sa.or_(ReleaseCertificate.site == line.site, ReleaseCertificate.site.is_(None)))
    return sa.and_(*asked)


def _begins(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
