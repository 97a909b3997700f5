"""Assemblies that hold a part or held it, through all levels, with the release that speaks of each of them.

Each level narrows the time of the one below it. Which of these times matter is decided by rules/cascade.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.parts.models import Case, Installation, Item, Life, PublicState, RecordLink
from remanu.parts.queries import trees
from remanu.parts.queries.links import DOUBTED, doubted_by_bodies
from remanu.release.models import ReleaseCertificate, ReleaseReview
from remanu.release.queries.certificates import Row
from remanu.rules.genealogy import DEEPEST
from remanu.rules.lifecycle import BEFORE_RELEASE

BETWEEN = "\n"
"""What stands between two positions of a path; no position holds it."""
EVER = "9999-12-31T23:59:59.999999Z"
_ORG: sa.BindParameter[str] = sa.bindparam("org_id")
_T: Any = Installation.__table__


def _text(column: Any) -> Any:
    # Moments are compared as they are stored: within a recursion both engines want one plain type.
    return sa.type_coerce(column, sa.Text())


_began, _ends = _text(_T.c.from_at), sa.func.coalesce(_text(_T.c.to_at), EVER)


def _up() -> sa.CTE:
    first = sa.select(
        _T.c.item_id.label("part"),
        _T.c.host_id.label("host"),
        _T.c.position.label("path"),
        _began.label("lo"),
        _ends.label("hi"),
        sa.literal(1).label("level"),
    ).where(_T.c.org_id == _ORG, _T.c.item_id.in_(sa.bindparam("parts", expanding=True)))
    way = first.cte("held", recursive=True)
    higher = (
        sa.select(
            way.c.part,
            _T.c.host_id,
            _T.c.position + sa.literal(BETWEEN, sa.Text) + way.c.path,
            sa.case((_began > way.c.lo, _began), else_=way.c.lo),
            sa.case((_ends < way.c.hi, _ends), else_=way.c.hi),
            way.c.level + 1,
        )
        .select_from(way.join(_T, sa.and_(_T.c.org_id == _ORG, _T.c.item_id == way.c.host)))
        .where(way.c.level < DEEPEST, _began < way.c.hi, _ends > way.c.lo)
    )
    return way.union_all(higher)


_HELD = _up()
_DONE = sa.exists().where(
    ReleaseReview.org_id == ReleaseCertificate.org_id,
    ReleaseReview.certificate_id == ReleaseCertificate.id,
    ReleaseReview.cause == sa.bindparam("cause"),
)
# From the few to the many: an outer join holds the engine to that order, which else goes through every certificate that
# there is. What found none is left out where the rows are read.
_ASSEMBLIES = (
    sa.select(
        _HELD.c.part,
        _HELD.c.host,
        _HELD.c.path,
        _HELD.c.lo,
        _HELD.c.hi,
        ReleaseCertificate.id.label("certificate_id"),
        Life.opened_at,
        Life.closed_at,
    )
    .outerjoin_from(
        _HELD,
        ReleaseCertificate,
        sa.and_(
            ReleaseCertificate.org_id == _ORG,
            ReleaseCertificate.item_id == _HELD.c.host,
            ReleaseCertificate.state == "ISSUED",
        ),
    )
    .outerjoin(
        Life,
        sa.and_(
            Life.org_id == _ORG, Life.item_id == ReleaseCertificate.item_id, Life.n == ReleaseCertificate.life
        ),
    )
    .where(~_DONE)
    .order_by(ReleaseCertificate.id)
)
_IN_WORK: sa.Select[*tuple[Any, ...]] = (
    sa.select(Case.id, Case.item_id, Item.uri)
    .outerjoin_from(
        _HELD,
        Case,
        sa.and_(
            Case.org_id == _ORG,
            Case.item_id == _HELD.c.host,
            Case.closed_at.is_(None),
            Case.state.in_(sorted(BEFORE_RELEASE)),
        ),
    )
    .outerjoin(Item, sa.and_(Item.org_id == _ORG, Item.id == Case.item_id))
    .where(_HELD.c.hi == EVER)
    .order_by(Case.id)
    .distinct()
)
_NAMED: sa.Select[*tuple[Any, ...]] = sa.select(Item.id, Item.uri, Item.name, Item.part_number, Item.serial).where(
    Item.org_id == _ORG, Item.id.in_(sa.bindparam("items", expanding=True))
)
_PAPERS = (
    sa.select(
        ReleaseCertificate.id,
        ReleaseCertificate.org_id,
        ReleaseCertificate.item_id,
        ReleaseCertificate.case_id,
        ReleaseCertificate.number,
        Item.uri,
    )
    .join(Item, sa.and_(Item.org_id == ReleaseCertificate.org_id, Item.id == ReleaseCertificate.item_id))
    .where(ReleaseCertificate.org_id == _ORG, ReleaseCertificate.id.in_(sa.bindparam("papers", expanding=True)))
)


def assemblies(connection: Connection, org_id: str, parts: Iterable[str], *, cause: str) -> list[Row]:
    """Where these parts sat, in assemblies whose release is in force and not reviewed for this cause yet."""
    found = connection.execute(_ASSEMBLIES, {"org_id": org_id, "parts": list(parts), "cause": cause})
    return [row for row in found if row.certificate_id is not None]


def in_work(connection: Connection, org_id: str, parts: Iterable[str]) -> list[Row]:
    """Open cases of units that hold these parts now, on whatever level: they may still lead to a release."""
    found = connection.execute(_IN_WORK, {"org_id": org_id, "parts": list(parts)})
    return [row for row in found if row.id is not None]


def named(connection: Connection, org_id: str, items: Iterable[str]) -> dict[str, Row]:
    """What these parts are called, by id."""
    return {row.id: row for row in connection.execute(_NAMED, {"org_id": org_id, "items": list(items)})}


def papers(connection: Connection, org_id: str, certificates: Iterable[str]) -> list[Row]:
    """These certificates with the address of their parts."""
    return list(connection.execute(_PAPERS, {"org_id": org_id, "papers": list(certificates)}))


def lives_under(connection: Connection, org_id: str, item_id: str, certificate_id: str) -> Row | None:
    """From when to when a part lived by a certificate."""
    chosen: sa.Select[*tuple[Any, ...]] = (
        sa.select(Life.opened_at, Life.closed_at)
        .join(
            ReleaseCertificate,
            sa.and_(
                ReleaseCertificate.org_id == Life.org_id,
                ReleaseCertificate.item_id == Life.item_id,
                ReleaseCertificate.life == Life.n,
            ),
        )
        .where(Life.org_id == org_id, Life.item_id == item_id, ReleaseCertificate.id == certificate_id)
    )
    return connection.execute(chosen).first()


def sits_in(connection: Connection, org_id: str, item_id: str, host_id: str) -> bool:
    """Whether a part is in an assembly now, on whatever level."""
    return any(step.host_id == host_id for step in trees.way_up(connection, org_id, item_id))


def in_doubt(connection: Connection, org_id: str, item_id: str) -> bool:
    """Whether the part's own record, one that it goes on from, or a body says that nobody should rely on it."""
    own = (
        sa.select(PublicState.state)
        .join(Item, Item.uri == PublicState.uri)
        .where(Item.org_id == org_id, Item.id == item_id)
    )
    heard = sa.select(sa.func.coalesce(RecordLink.heard, RecordLink.state)).where(
        RecordLink.org_id == org_id, RecordLink.item_id == item_id
    )
    said = any(row[0] in DOUBTED for row in connection.execute(sa.union_all(own, heard)))
    return said or doubted_by_bodies(connection, org_id, item_id)
