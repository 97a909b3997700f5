"""Where a part was used and what an assembly ever held: all levels, each with the time during which it was so.

A part that sat in a module which sat in an engine was in the engine only while both lasted. So each level narrows
the time of the one before it, and what leaves no time is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.clock import parse_stamp, stamp
from remanu.parts.models import Installation, InstallationReading, Item, Life
from remanu.parts.queries.one import Row
from remanu.rules.genealogy import DEEPEST

Direction = Literal["up", "down"]
PAGE = 50
_EVER = "9999-12-31T23:59:59.999999Z"
_ORG: sa.BindParameter[str] = sa.bindparam("org_id")
_T: Any = Installation.__table__
_ITEM = Item.__table__.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A part in an assembly, from when to when, on how many levels.

    `position` and `reached` say where: the position of the lower end, and the part or assembly at the other one.
    `found` where nobody recorded how it came in, `ended` why it left; `life` is that of the assembly at that time.
    """

    item_id: str
    code: str
    name: str
    part_number: str
    serial: str | None
    position: str
    level: int
    since: datetime
    until: datetime | None
    found: bool
    ended: str | None
    life: int | None
    key: str


def _text(column: Any) -> Any:
    return sa.type_coerce(column, sa.Text)


_began, _ends = _text(_T.c.from_at), sa.func.coalesce(_text(_T.c.to_at), _EVER)


def _later(one: Any, other: Any) -> Any:
    return sa.case((one > other, one), else_=other)


def _earlier(one: Any, other: Any) -> Any:
    return sa.case((one < other, one), else_=other)


def _walk(here: str, there: str) -> sa.CTE:
    """From parts to hosts, or from hosts to parts, each level within the time of the one before it."""
    kept = [_T.c.id, _T.c.position, _T.c.began, _T.c.ended]
    first = sa.select(
        _T.c[there].label("reached"), *kept, _began.label("lo"), _ends.label("hi"), sa.literal(1).label("level")
    ).where(_T.c.org_id == _ORG, _T.c[here] == sa.bindparam("start"), _ends > sa.bindparam("since", type_=sa.Text))
    walk = first.cte("walk", recursive=True)
    lo, hi = _later(walk.c.lo, _began), _earlier(walk.c.hi, _ends)
    further = (
        sa.select(_T.c[there], *kept, lo, hi, walk.c.level + 1)
        .select_from(walk.join(_T, sa.and_(_T.c.org_id == _ORG, _T.c[here] == walk.c.reached)))
        .where(walk.c.level < DEEPEST, _began < walk.c.hi, _ends > walk.c.lo)
    )
    return walk.union_all(further)


_WALKS = {"up": _walk("item_id", "host_id"), "down": _walk("host_id", "item_id")}


def _told(walk: sa.CTE) -> sa.Select[Any]:
    life = (
        sa.select(sa.func.max(Life.n))
        .where(
            Life.org_id == _ORG,
            Life.item_id == walk.c.reached,
            sa.or_(Life.opened_at.is_(None), _text(Life.opened_at) <= walk.c.lo),
        )
        .scalar_subquery()
    )
    key = walk.c.lo + sa.literal("|", sa.Text) + walk.c.reached + sa.literal("|", sa.Text) + walk.c.id
    return (
        sa.select(walk, _ITEM.code, _ITEM.name, _ITEM.part_number, _ITEM.serial, life.label("life"), key.label("key"))
        # Said as an outer join for the same reason as in trees.py: from the walk to the items, never the other way.
        .select_from(
            walk.outerjoin(Item.__table__, sa.and_(_ITEM.org_id == _ORG, _ITEM.id == walk.c.reached))
        )
        .where(key > sa.bindparam("after", type_=sa.Text))
        .order_by(key)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )


_USES = {direction: _told(walk) for direction, walk in _WALKS.items()}
_REACHES = sa.select(sa.literal(1)).where(
    _WALKS["up"].c.reached == sa.bindparam("sought"), _WALKS["up"].c.hi > sa.bindparam("since", type_=sa.Text)
)


def uses(
    connection: Connection, org_id: str, item_id: str, direction: Direction, *, after: str = "", limit: int = PAGE
) -> list[Use]:
    """Every assembly that a part ever was in (up), or every part that an assembly ever held (down), oldest first.

    All levels, through other assemblies and other lives; a page after the `key` of the last one seen.
    """
    asked = {"org_id": org_id, "start": item_id, "since": "", "after": after, "most": limit}
    return [_use(row) for row in connection.execute(_USES[direction], asked)]


def all_uses(connection: Connection, org_id: str, item_id: str, direction: Direction) -> Iterator[Use]:
    """The same to the end, a page at a time, for exports."""
    after = ""
    while page := uses(connection, org_id, item_id, direction, after=after, limit=1000):
        yield from page
        after = page[-1].key


def _use(row: Row) -> Use:
    return Use(
        item_id=row.reached,
        code=row.code,
        name=row.name,
        part_number=row.part_number,
        serial=row.serial,
        position=row.position,
        level=row.level,
        since=parse_stamp(row.lo),
        until=None if row.hi == _EVER else parse_stamp(row.hi),
        found=row.began is not None,
        ended=None if row.hi == _EVER else row.ended,
        life=row.life,
        key=row.key,
    )


def would_loop(connection: Connection, org_id: str, *, item_id: str, host_id: str, since: datetime) -> bool:
    """Whether the part is its own host, or holds the host at any time from this moment on."""
    if item_id == host_id:
        return True
    asked = {"org_id": org_id, "start": host_id, "since": stamp(since), "sought": item_id}
    return connection.execute(_REACHES.limit(1), asked).first() is not None


_CLASHES = sa.select(_T).where(
    _T.c.org_id == _ORG,
    sa.or_(
        _T.c.item_id == sa.bindparam("item_id"),
        sa.and_(_T.c.host_id == sa.bindparam("host_id"), _T.c.position == sa.bindparam("position")),
    ),
    _ends > sa.bindparam("since", type_=sa.Text),
)


def clashes(
    connection: Connection, org_id: str, *, item_id: str, host_id: str, position: str, since: datetime
) -> list[Row]:
    """Installations that leave no room for this one from a moment on: of the part, or in the position (I4)."""
    asked = {"org_id": org_id, "item_id": item_id, "host_id": host_id, "position": position, "since": stamp(since)}
    return list(connection.execute(_CLASHES, asked))


_SITS = sa.select(_T).where(_T.c.org_id == _ORG, _T.c.item_id == sa.bindparam("item_id"), _T.c.to_at.is_(None))
_SPANS = (
    sa.select(_T)
    .where(_T.c.org_id == _ORG, _T.c.item_id == sa.bindparam("item_id"))
    .order_by(_T.c.from_at, _T.c.id)
)
_ENDS = sa.select(InstallationReading.__table__).where(
    InstallationReading.org_id == _ORG,
    InstallationReading.installation_id.in_(
        sa.select(_T.c.id).where(_T.c.org_id == _ORG, _T.c.item_id == sa.bindparam("item_id"))
    ),
)


def sits(connection: Connection, org_id: str, item_id: str) -> Row | None:
    """The installation that the part is in now, or None."""
    return connection.execute(_SITS, {"org_id": org_id, "item_id": item_id}).first()


def installations(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """Every installation of a part, oldest first."""
    return list(connection.execute(_SPANS, {"org_id": org_id, "item_id": item_id}))


def edges(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """What the counters of part and host showed at the beginning and end of each of the part's installations (I5)."""
    return list(connection.execute(_ENDS, {"org_id": org_id, "item_id": item_id}))


