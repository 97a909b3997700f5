"""Whom a doubt about parts reaches: assemblies that hold them now or held them then, and other records of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.certification.queries import marked
from remanu.clock import parse_stamp
from remanu.parts.models import Installation, Item, Notice, RecordLink
from remanu.release.queries import holders
from remanu.rules import cascade
from remanu.rules.cascade import Place, Span
from remanu.rules.genealogy import DEEPEST

BEGINNING = "0001-01-01T00:00:00.000000Z"
"""Since when a part from elsewhere is in doubt: at all times, for nobody here can tell since when it was bad."""
ALWAYS = Span(parse_stamp(BEGINNING))
_MOST = 5_000
"""So many units that sit in something, or that have another record, are followed before an act; more read as more."""
_CHUNK = 500
_LINKS = 8
Part = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an act would mark: units, assemblies that hold them or held them, and how many records are of others.

    `more` says that so many sit in something that not all of them were followed.
    """

    units: int
    assemblies: int
    elsewhere: int
    more: bool = False


def effect(connection: Connection, scope: marked.Scope, lines: Sequence[Any] = ()) -> Effect:
    """What a doubt about all units that these lines cover would reach, before anybody raises it."""
    chosen = marked.covered(scope, lines).subquery()
    sits = sa.exists().where(Installation.org_id == chosen.c.org_id, Installation.item_id == chosen.c.item_id)
    fitted = connection.execute(
        sa.select(chosen.c.org_id, chosen.c.item_id).where(sits).limit(_MOST + 1)
    ).all()
    linked = sa.exists().where(RecordLink.uri == chosen.c.uri, RecordLink.org_id != chosen.c.org_id)
    uris = connection.execute(sa.select(chosen.c.uri).where(linked).limit(_MOST + 1)).scalars().all()
    others = other_records(connection, uris)
    held = assemblies_of(connection, {(one.org_id, one.item_id) for one in fitted} | others)
    return Effect(
        units=marked.count(connection, scope, lines),
        assemblies=len(held),
        elsewhere=len(others) + sum(org_id != scope.holder for org_id, _ in held),
        more=max(len(fitted), len(uris)) > _MOST,
    )


def other_records(connection: Connection, uris: Iterable[str]) -> set[Part]:
    """The parts of other organisations whose records go on from these addresses, and from those in turn."""
    found: set[Part] = set()
    waiting = set(uris)
    for _ in range(_LINKS):
        fresh = {part: uri for part, uri in _going_on(connection, waiting) if part not in found}
        if not fresh:
            break
        found |= fresh.keys()
        waiting = set(fresh.values())
    return found


def _going_on(connection: Connection, uris: Iterable[str]) -> Iterator[tuple[Part, str]]:
    same = sa.and_(Item.org_id == RecordLink.org_id, Item.id == RecordLink.item_id)
    for some in _chunks(uris):
        asked = sa.select(RecordLink.org_id, RecordLink.item_id, Item.uri).join(Item, same)
        for row in connection.execute(asked.where(RecordLink.uri.in_(some))):
            yield (row.org_id, row.item_id), row.uri


def assemblies_of(connection: Connection, parts: Iterable[Part]) -> set[Part]:
    """Certificates in force of assemblies that hold these parts or held them while they were relied on, by owner."""
    by_owner: dict[str, set[str]] = {}
    for org_id, item_id in parts:
        by_owner.setdefault(org_id, set()).add(item_id)
    return {
        (org_id, place.assembly)
        for org_id, items in by_owner.items()
        for some in _chunks(items)
        for place in concerned(holders.assemblies(connection, org_id, some, cause=""), ALWAYS)
    }


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    every = sorted(values)
    for at in range(0, len(every), _CHUNK):
        yield every[at : at + _CHUNK]


def concerned(rows: Iterable[Any], in_doubt: Span) -> tuple[Place, ...]:
    """The places that matter, one for each part and certificate; `assembly` is the certificate."""
    return cascade.shown(
        place
        for row in rows
        if cascade.concerns(
            place := _place(row), relied_on=Span(row.opened_at, row.closed_at), in_doubt=in_doubt
        )
    )


def _place(row: Any) -> Place:
    until = None if row.hi == holders.EVER else parse_stamp(row.hi)
    return Place(
        part=row.part,
        assembly=row.certificate_id,
        path=tuple(row.path.split(holders.BETWEEN)),
        held=Span(parse_stamp(row.lo), until),
    )


def together(connection: Connection, org_id: str, item_id: str, digest: str) -> tuple[str, ...]:
    """The part, and those under the same assemblies of which the same event speaks: one review names all of them."""
    held = holders.assemblies(connection, org_id, [item_id], cause=digest)
    hosts = {row.host for row in held}
    if not hosts:
        return (item_id,)
    below = _below(org_id, hosts)
    told = sa.select(Notice.item_id).where(Notice.org_id == org_id, Notice.digest == digest)
    others = connection.execute(told.where(Notice.item_id.in_(sa.select(below.c.item_id)))).scalars()
    return tuple(sorted({item_id, *others}))


def _below(org_id: str, hosts: Iterable[str]) -> sa.CTE:
    table = Installation.__table__
    first = sa.select(table.c.item_id, sa.literal(1).label("level")).where(
        table.c.org_id == org_id, table.c.host_id.in_(sorted(hosts))
    )
    tree = first.cte("beneath", recursive=True)
    deeper = (
        sa.select(table.c.item_id, tree.c.level + 1)
        .select_from(tree.join(table, sa.and_(table.c.org_id == org_id, table.c.host_id == tree.c.item_id)))
        .where(tree.c.level < DEEPEST)
    )
    return tree.union_all(deeper)
