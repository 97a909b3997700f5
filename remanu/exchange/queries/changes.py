"""What changed last about releases: issued, corrected, revoked, under review, found sound. One statement a feed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.clock import parse_stamp
from remanu.exchange.queries.listening import Row
from remanu.parts.models import Item
from remanu.release.models import ReleaseCertificate, ReleaseReview

MOST = 50
_ORG: sa.BindParameter[str] = sa.bindparam("org_id")
_ITEM: sa.BindParameter[str] = sa.bindparam("item_id")
_NONE = sa.cast(sa.null(), sa.Text())
_PAPER = sa.and_(
    ReleaseCertificate.org_id == ReleaseReview.org_id, ReleaseCertificate.id == ReleaseReview.certificate_id
)


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a feed: what happened to which certificate of which part, when and why."""

    what: str
    id: str
    at: datetime
    number: str
    reason: str
    uri: str
    code: str
    name: str
    serial: str
    affected: tuple[Mapping[str, Any], ...]


def _arm(what: Any, key: Any, at: Any, *more: Any, source: Any, item: Any, which: tuple[Any, ...]) -> Any:
    reason, affected = (*more, _NONE)[:2] if more else (_NONE, _NONE)
    chosen = (
        sa.select(
            what.label("what"),
            key.label("id"),
            sa.type_coerce(at, sa.Text()).label("at"),
            ReleaseCertificate.number,
            reason.label("reason"),
            affected.label("affected"),
            item.label("item_id"),
        )
        .select_from(source)
        .where(*which, at.is_not(None))
        .order_by(at.desc())
        .limit(MOST)
        .subquery()
    )
    return sa.select(chosen)


def _all(model: Any) -> tuple[Any, ...]:
    return (model.org_id == _ORG,)


def _one(model: Any) -> tuple[Any, ...]:
    return model.org_id == _ORG, model.item_id == _ITEM


def _arms(mine: Callable[[Any], tuple[Any, ...]]) -> list[Any]:
    paper, review = ReleaseCertificate, sa.join(ReleaseReview, ReleaseCertificate, _PAPER)
    issued = sa.case((paper.supersedes.is_not(None), "superseded"), else_="released")
    return [
        _arm(issued, paper.id, paper.issued_at, source=paper, item=paper.item_id, which=mine(paper)),
        _arm(
            sa.literal("revoked"),
            paper.id,
            paper.ended_at,
            paper.reason,
            source=paper,
            item=paper.item_id,
            which=(*mine(paper), paper.state == "REVOKED"),
        ),
        _arm(
            sa.literal("under-review"),
            ReleaseReview.id,
            ReleaseReview.since,
            ReleaseReview.reason,
            ReleaseReview.affected,
            source=review,
            item=ReleaseReview.item_id,
            which=mine(ReleaseReview),
        ),
        _arm(
            sa.literal("sound"),
            ReleaseReview.id,
            ReleaseReview.lifted_at,
            source=review,
            item=ReleaseReview.item_id,
            which=(*mine(ReleaseReview), ReleaseReview.result == "sound"),
        ),
    ]


def _newest(arms: list[Any]) -> sa.Select[Any]:
    every = sa.union_all(*arms).subquery("changed")
    return (
        sa.select(every, Item.uri, Item.code, Item.name, Item.serial)
        .join(Item, sa.and_(Item.org_id == _ORG, Item.id == every.c.item_id))
        .order_by(every.c.at.desc(), every.c.id.desc(), every.c.what)
        .limit(MOST)
    )


_OF_PART, _OF_ALL = _newest(_arms(_one)), _newest(_arms(_all))


def changes(connection: Connection, org_id: str, item_id: str = "") -> list[Change]:
    """The newest changes to releases of an organisation, or of one part of it; public facts alone."""
    asked = {"org_id": org_id, **({"item_id": item_id} if item_id else {})}
    return [_change(row) for row in connection.execute(_OF_PART if item_id else _OF_ALL, asked)]


def _change(row: Row) -> Change:
    return Change(
        what=row.what,
        id=row.id,
        at=parse_stamp(row.at),
        number=row.number,
        reason=row.reason or "",
        uri=row.uri,
        code=row.code,
        name=row.name,
        serial=row.serial or "",
        affected=tuple(json.loads(row.affected)) if row.affected else (),
    )


def organisation(connection: Connection, org_id: str) -> Row | None:
    """What an organisation is called; its name is public."""
    return connection.execute(sa.select(Organisation.__table__).where(Organisation.org_id == org_id)).first()
