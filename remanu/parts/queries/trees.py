"""Trees of parts: what sits in what, now and at any moment, and the way up from a part.

A tree is one recursive statement, built once. The question "as it was" reads the dated installations; "as it is"
reads `installed_now`, which holds one row a part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.db import Moment
from remanu.parts.models import Installation, InstalledNow, Item
from remanu.parts.queries.one import Row
from remanu.reads import once
from remanu.rules.genealogy import DEEPEST

PAGE = 50
MOST = 20_000
_ORG: sa.BindParameter[str] = sa.bindparam("org_id")
_AT = sa.bindparam("at", type_=Moment())
_ITEM = Item.__table__.c
_NAMED = [_ITEM[name] for name in ("code", "uri", "name", "part_number", "serial", "condition")]


@dataclass(frozen=True, slots=True)
class Step:
    """One host on the way up from a part: what sits in which position of which host."""

    item_id: str
    host_id: str
    position: str


def _holds(table: Any) -> sa.ColumnElement[bool]:
    """Whether an installation lasted at the moment asked for."""
    return sa.and_(table.c.from_at <= _AT, sa.or_(table.c.to_at.is_(None), table.c.to_at > _AT))


def _below(table: Any, *lasting: sa.ColumnElement[bool]) -> sa.CTE:
    """Everything below the hosts asked for, level by level."""
    first = sa.select(
        table.c.item_id, table.c.host_id, table.c.position, sa.literal(1).label("level")
    ).where(
        table.c.org_id == _ORG, table.c.host_id.in_(sa.bindparam("roots", expanding=True)), *lasting
    )
    tree = first.cte("tree", recursive=True)
    deeper = (
        sa.select(table.c.item_id, table.c.host_id, table.c.position, tree.c.level + 1)
        .select_from(
            tree.join(table, sa.and_(table.c.org_id == _ORG, table.c.host_id == tree.c.item_id, *lasting))
        )
        .where(tree.c.level < DEEPEST)
    )
    return tree.union_all(deeper)


def _above(table: Any, *lasting: sa.ColumnElement[bool]) -> sa.CTE:
    """Every host above the parts asked for; `of` is the part that one set out from."""
    first = sa.select(
        table.c.item_id.label("of"), table.c.item_id, table.c.host_id, table.c.position, sa.literal(1).label("level")
    ).where(
        table.c.org_id == _ORG, table.c.item_id.in_(sa.bindparam("items", expanding=True)), *lasting
    )
    way = first.cte("way", recursive=True)
    higher = (
        sa.select(way.c.of, table.c.item_id, table.c.host_id, table.c.position, way.c.level + 1)
        .select_from(
            way.join(table, sa.and_(table.c.org_id == _ORG, table.c.item_id == way.c.host_id, *lasting))
        )
        .where(way.c.level < DEEPEST)
    )
    return way.union_all(higher)


def _with_items(tree: sa.CTE) -> sa.Select[Any]:
    return sa.select(tree, *_NAMED).select_from(_each_with_item(tree))


def _each_with_item(tree: sa.CTE) -> sa.Join:
    # Every row has its item. Said as an outer join, SQLite goes from the tree to the items: by its estimates it would
    # go through all items of the organisation and look each of them up in the tree.
    return tree.outerjoin(Item.__table__, sa.and_(_ITEM.org_id == _ORG, _ITEM.id == tree.c.item_id))


_THEN: Any = Installation.__table__
_NOW: Any = InstalledNow.__table__
_WHOLE = _below(_THEN, _holds(_THEN))
_TREE = _with_items(_WHOLE).limit(MOST)
_WHOLE_NOW = _below(_NOW)
_TREE_NOW = (
    sa.select(_WHOLE_NOW.c.host_id, _WHOLE_NOW.c.position, _WHOLE_NOW.c.level, Item.__table__)
    .select_from(_each_with_item(_WHOLE_NOW))
    .order_by(_WHOLE_NOW.c.level)
    .limit(MOST)
)
_WAY = _above(_THEN, _holds(_THEN))
_WAY_UP = sa.select(_WAY).order_by(_WAY.c.of, _WAY.c.level)
_WAY_NOW = _above(_NOW)
_WAY_UP_NOW = sa.select(_WAY_NOW).order_by(_WAY_NOW.c.of, _WAY_NOW.c.level)
_IN_TREE = _below(_THEN, _holds(_THEN))
_COUNTED = sa.select(sa.func.count(), sa.func.max(_IN_TREE.c.level)).select_from(_IN_TREE)
_HIGHER = _below(_NOW)
_HEIGHT = sa.select(sa.func.max(_HIGHER.c.level)).select_from(_HIGHER)


def tree(connection: Connection, org_id: str, root: str, at: datetime) -> list[Row]:
    """Everything in the assembly at a moment, all levels, the upper ones first; MOST rows at the most."""
    rows = connection.execute(_TREE, {"org_id": org_id, "roots": [root], "at": at}).all()
    return sorted(rows, key=_level)


def _level(row: Row) -> int:
    return int(row.level)


@once
def inside(connection: Connection, org_id: str, *roots: str) -> list[Row]:
    """Everything that sits in these assemblies now, all levels, the upper ones first, as whole items."""
    return list(connection.execute(_TREE_NOW, {"org_id": org_id, "roots": list(roots)}))


def size(connection: Connection, org_id: str, root: str, at: datetime) -> tuple[int, int]:
    """How many parts are in an assembly at a moment, and on how many levels."""
    row = connection.execute(_COUNTED, {"org_id": org_id, "roots": [root], "at": at}).one()
    return int(row[0]), int(row[1] or 0)


def height(connection: Connection, org_id: str, root: str) -> int:
    """On how many levels parts sit in the assembly now."""
    return int(connection.execute(_HEIGHT, {"org_id": org_id, "roots": [root]}).scalar() or 0)


def ways_up(connection: Connection, org_id: str, items: Iterable[str], at: datetime) -> dict[str, list[Step]]:
    """From each of these parts to the top at a moment, the nearest host first; empty for what sat in nothing."""
    return _ways(connection.execute(_WAY_UP, {"org_id": org_id, "items": list(items), "at": at}))


def way_up(connection: Connection, org_id: str, item_id: str) -> list[Step]:
    """From a part to the top as it is now, the nearest host first."""
    return _ways(connection.execute(_WAY_UP_NOW, {"org_id": org_id, "items": [item_id]})).get(item_id, [])


def _ways(rows: Iterable[Row]) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for row in rows:
        found.setdefault(row.of, []).append(Step(row.item_id, row.host_id, row.position))
    return found


def top_of(connection: Connection, org_id: str, item_id: str) -> str:
    """The outermost assembly that the part is in now; itself when it is in none."""
    way = way_up(connection, org_id, item_id)
    return way[-1].host_id if way else item_id


# ------------------------------------------------------------------------------ a page of a tree

_CHILD = _THEN.alias("child")
_GRANDCHILD = _THEN.alias("grandchild")
_HOLDING = (
    sa.select(sa.func.count())
    .select_from(_GRANDCHILD)
    .where(_GRANDCHILD.c.org_id == _ORG, _GRANDCHILD.c.host_id == _CHILD.c.item_id, _holds(_GRANDCHILD))
    .scalar_subquery()
    .label("holds")
)
_CHILDREN = (
    sa.select(
        _CHILD.c.id.label("installation_id"),
        _CHILD.c.item_id,
        _CHILD.c.position,
        _CHILD.c.from_at,
        _CHILD.c.began,
        _HOLDING,
        *_NAMED,
    )
    .join(Item.__table__, sa.and_(_ITEM.org_id == _ORG, _ITEM.id == _CHILD.c.item_id))
    .where(
        _CHILD.c.org_id == _ORG,
        _CHILD.c.host_id == sa.bindparam("host_id"),
        _holds(_CHILD),
        _CHILD.c.position > sa.bindparam("after"),
    )
    .order_by(_CHILD.c.position)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_WITHIN = (
    sa.select(_CHILD.c.item_id, _CHILD.c.host_id, _CHILD.c.position, _HOLDING, *_NAMED)
    .join(Item.__table__, sa.and_(_ITEM.org_id == _ORG, _ITEM.id == _CHILD.c.item_id))
    .where(
        _CHILD.c.org_id == _ORG,
        _CHILD.c.host_id.in_(sa.bindparam("hosts", expanding=True)),
        _holds(_CHILD),
    )
    .order_by(_CHILD.c.host_id, _CHILD.c.position)
)
_IN_PLACE = (
    sa.select(_THEN.c.item_id, _THEN.c.position, *_NAMED)
    .join(Item.__table__, sa.and_(_ITEM.org_id == _ORG, _ITEM.id == _THEN.c.item_id))
    .where(
        _THEN.c.org_id == _ORG,
        _THEN.c.host_id == sa.bindparam("host_id"),
        _THEN.c.position == sa.bindparam("position"),
        _holds(_THEN),
    )
)


def children(
    connection: Connection, org_id: str, host_id: str, at: datetime, *, after: str = "", limit: int = PAGE
) -> list[Row]:
    """What sat directly in a host at a moment, by position, a page after the position `after`.

    `holds` is how many parts sit directly in each. One position holds one part, so a page ends in no tie (I4).
    """
    asked = {"org_id": org_id, "host_id": host_id, "at": at, "after": after, "most": limit}
    return list(connection.execute(_CHILDREN, asked))


def within(connection: Connection, org_id: str, hosts: Iterable[str], at: datetime) -> dict[str, list[Row]]:
    """What sat directly in each of these hosts at a moment, by host."""
    found: dict[str, list[Row]] = {}
    for row in connection.execute(_WITHIN, {"org_id": org_id, "hosts": list(hosts), "at": at}):
        found.setdefault(row.host_id, []).append(row)
    return found


def in_place(connection: Connection, org_id: str, host_id: str, position: str, at: datetime) -> Row | None:
    """What sat in one position of a host at a moment."""
    asked = {"org_id": org_id, "host_id": host_id, "position": position, "at": at}
    return connection.execute(_IN_PLACE, asked).first()


_FOUND = _below(_THEN, _holds(_THEN))


def find_in(
    connection: Connection, org_id: str, root: str, at: datetime, *, wanted: Any, after: str = ""
) -> list[Row]:
    """Parts of an assembly at a moment that are among those wanted, by id, a page after the part `after`."""
    chosen = (
        _with_items(_FOUND)
        .where(_FOUND.c.item_id > sa.bindparam("after"), _FOUND.c.item_id.in_(wanted))
        .order_by(_FOUND.c.item_id)
        .limit(PAGE)
    )
    return list(connection.execute(chosen, {"org_id": org_id, "roots": [root], "at": at, "after": after}))
