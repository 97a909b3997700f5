"""Where the parts went that an instrument measured: every assembly that held one since, through all levels and lives.

A part that is sound by a bad reading makes each unit unsound that it is fitted into later. So whoever recalls an
instrument follows the part: from the reading on, up through every installation that lasted at that time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.parts.models import Case, ComponentRoute, Installation, Item, Life
from remanu.release.models import ReleaseCertificate
from remanu.release.queries.certificates import DOUBTED, PAGE, Row
from remanu.release.queries.used import LAST, USES, Window, values
from remanu.rules.genealogy import DEEPEST, ENDED
from remanu.rules.lifecycle import BEFORE_RELEASE

_ORG: sa.BindParameter[str] = sa.bindparam("org_id")
_END = sa.literal(LAST, sa.Text())
_BETWEEN = "/"


def _text(column: Any) -> sa.ColumnElement[str]:
    # Moments are compared as they are stored: within a recursion both engines want one plain type.
    return sa.type_coerce(column, sa.Text())


def _begun() -> sa.Select[Any]:
    """Each part once, from its first use on; a torque speaks of one joint, and goes no further than that joint."""
    marked = sa.select(
        USES.c.item_id,
        USES.c.at,
        sa.case((USES.c.kind == "torque", 1), else_=0).label("tied"),
        sa.case((USES.c.kind == "torque", USES.c.at), else_="").label("joint"),
    ).subquery("marked")
    seeds = (
        sa.select(marked.c.item_id, sa.func.min(marked.c.at).label("at"), marked.c.tied)
        .group_by(marked.c.item_id, marked.c.tied, marked.c.joint)
        .subquery("begun")
    )
    # The organisation goes along: every step is then looked up from the part, never from all parts of the workshop.
    return sa.select(
        sa.cast(_ORG, sa.Text()).label("org_id"),
        seeds.c.item_id.label("of"),
        seeds.c.item_id.label("host_id"),
        seeds.c.at.label("since"),
        _END.label("until"),
        seeds.c.tied,
        sa.literal(0).label("level"),
        sa.cast(seeds.c.item_id, sa.Text()).label("path"),
    )


def _sits(way: sa.CTE) -> sa.ColumnElement[bool]:
    # The last term says nothing; without it SQLite takes a wide index that has it all, and reads a workshop a step.
    return sa.and_(
        Installation.org_id == way.c.org_id, Installation.item_id == way.c.host_id, Installation.id.is_not(None)
    )


def _followed() -> sa.CTE:
    """What held each part, and when, narrowed on the way up to the time in which the part was in it."""
    way = _begun().cte("way", recursive=True)
    begins, ends = _text(Installation.from_at), sa.func.coalesce(_text(Installation.to_at), _END)
    higher = (
        sa.select(
            way.c.org_id,
            way.c.of,
            Installation.host_id,
            sa.case((begins > way.c.since, begins), else_=way.c.since),
            sa.case((ends < way.c.until, ends), else_=way.c.until),
            way.c.tied,
            way.c.level + 1,
            way.c.path + _BETWEEN + Installation.host_id,
        )
        .join_from(way, Installation, _sits(way))
        .where(
            ends > way.c.since,
            begins < way.c.until,
            sa.or_(way.c.tied == 0, way.c.level > 0, begins <= way.c.since),
            way.c.level < DEEPEST,
        )
    )
    return way.union_all(higher)


_WAY = _followed()
# What left a unit before its release stops nothing there.
_OPEN = (_WAY.c.until == _END, Case.closed_at.is_(None), Case.state.in_(sorted(BEFORE_RELEASE)))


def _found(case_id: Any) -> sa.Select[Any]:
    return sa.select(case_id.label("case_id"), _WAY.c.of, _WAY.c.level, _WAY.c.path).select_from(_WAY)


# Each table is asked for these first, by its index; only then is it compared when a part was in it.
_HOSTS = sa.select(_WAY.c.host_id)
_RELEASED = (
    # The life that a release opened, as far as it lasted while the part was in.
    _found(ReleaseCertificate.case_id)
    .join(
        ReleaseCertificate,
        sa.and_(
            ReleaseCertificate.org_id == _ORG,
            ReleaseCertificate.item_id == _WAY.c.host_id,
            ReleaseCertificate.state == "ISSUED",
        ),
    )
    .join(
        Life,
        sa.and_(
            Life.org_id == _ORG, Life.item_id == ReleaseCertificate.item_id, Life.n == ReleaseCertificate.life
        ),
    )
    .where(
        ReleaseCertificate.item_id.in_(_HOSTS),
        _WAY.c.level > 0,
        _text(Life.opened_at) < _WAY.c.until,
        sa.func.coalesce(_text(Life.closed_at), _END) > _WAY.c.since,
    )
)
_IN_WORK = (
    _found(Case.id)
    .join(Case, sa.and_(Case.org_id == _ORG, Case.item_id == _WAY.c.host_id))
    .where(Case.item_id.in_(_HOSTS), _WAY.c.level > 0, *_OPEN)
)
_ON_THE_BENCH = (
    # It waits to be fitted, alone or in what holds it.
    _found(ComponentRoute.case_id)
    .join(ComponentRoute, sa.and_(ComponentRoute.org_id == _ORG, ComponentRoute.item_id == _WAY.c.host_id))
    .join(Case, sa.and_(Case.org_id == _ORG, Case.id == ComponentRoute.case_id))
    .join(Item, sa.and_(Item.org_id == _ORG, Item.id == _WAY.c.host_id))
    .where(ComponentRoute.item_id.in_(_HOSTS), Item.condition.not_in(sorted(ENDED)), *_OPEN)
)
HELD = sa.union_all(_RELEASED, _IN_WORK, _ON_THE_BENCH).subquery("held")
_REACHED = (
    sa.select(
        HELD.c.of,
        HELD.c.case_id,
        HELD.c.path,
        Case.number,
        Case.state,
        ReleaseCertificate.id.label("certificate_id"),
        ReleaseCertificate.number.label("certificate"),
        DOUBTED,
    )
    .join(Case, sa.and_(Case.org_id == _ORG, Case.id == HELD.c.case_id))
    .outerjoin(
        ReleaseCertificate,
        sa.and_(
            ReleaseCertificate.org_id == _ORG,
            ReleaseCertificate.case_id == HELD.c.case_id,
            ReleaseCertificate.state == "ISSUED",
        ),
    )
    # Where the instrument was used in the case itself nothing has to be followed.
    .where(HELD.c.case_id.not_in(sa.select(USES.c.case_id)))
    .order_by(Case.number, HELD.c.level, HELD.c.path)
    .limit(10 * PAGE)
)
_NAMES = sa.select(Item.id, Item.code, Item.name, Item.part_number, Item.serial).where(
    Item.org_id == _ORG, Item.id.in_(sa.bindparam("items", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Followed:
    """A case that a measured part led to: the part and what held it, from the part upwards."""

    row: Row
    path: tuple[Row, ...]


def followed(connection: Connection, asked: Window) -> list[Followed]:
    """The cases that are reached through a part alone, a page at the most, each by the shortest way of each part."""
    shortest: dict[tuple[str, str], Row] = {}
    for row in connection.execute(_REACHED, values(asked)):
        shortest.setdefault((row.case_id, row.of), row)
    chosen = list(shortest.values())[:PAGE]
    ways = [row.path.split(_BETWEEN) for row in chosen]
    wanted = sorted({one for way in ways for one in way})
    found: Any = connection.execute(_NAMES, {"org_id": asked.org_id, "items": wanted}) if wanted else ()
    names = {row.id: row for row in found}
    return [
        Followed(row, tuple(names[one] for one in way)) for row, way in zip(chosen, ways, strict=True)
    ]
