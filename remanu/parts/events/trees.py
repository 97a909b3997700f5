"""What can happen in a tree of parts: one is fitted into another, one is taken out; effects that other acts share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.clock import parse_stamp
from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts.events.bodies import Cited
from remanu.parts.events.effects import cite, set_condition
from remanu.parts.models import Installation, InstallationReading, InstalledNow, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What a counter showed when an installation began or ended; `whose` is item or host (I5).

    `item` is whose counter it was: of the host's, that of the nearest assembly above which is counted. `at` is when
    it was read, as RFC 3339 text.
    """

    whose: str
    item: str
    counter: str
    rating: str = ""
    value: str
    unit: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sat:
    """Where a part was seen sitting that nobody had recorded: in which position of which host, since when at least."""

    installation: str
    host: str
    position: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A part goes into a position of another part, at any level of any assembly; readings of both at that moment.

    `condition` is what the part is from now on, where that changes: one found in its place, or let in by a paper.
    """

    installation: str
    host: str
    position: str
    origin: str | None = None
    papers: str | None = None
    condition: str | None = None
    began: str | None = None
    edges: tuple[Edge, ...] = ()
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A part leaves its position: out of which host, why, by which document, and what both counters showed."""

    installation: str
    host: str
    position: str
    why: str
    papers: str | None = None
    condition: str
    edges: tuple[Edge, ...] = ()
    evidence: tuple[Cited, ...] = ()


def install(
    tx: Tx,
    done: Recorded[Any],
    *,
    installation: str,
    host: str,
    position: str,
    began: str | None = None,
    papers: str | None = None,
    edges: tuple[Edge, ...] = (),
) -> None:
    """The event's item goes into a position of the host (I4)."""
    key = {"org_id": done.org_id, "item_id": done.subject.id, "host_id": host, "position": position}
    said = {"began": began, "papers": papers}
    tx.execute(sa.insert(Installation).values(id=installation, from_at=done.at, to_at=None, **said, **key))
    tx.execute(sa.insert(InstalledNow).values(**key))
    _keep(tx, done.org_id, edges, installation=installation, edge="start")


def remove(
    tx: Tx,
    done: Recorded[Any],
    *,
    item: str,
    why: str | None = None,
    papers: str | None = None,
    edges: tuple[Edge, ...] = (),
) -> None:
    """The item leaves the position it is in, if it is in one."""
    mine = (Installation.org_id == done.org_id, Installation.item_id == item, Installation.to_at.is_(None))
    if edges:
        left = tx.execute(sa.select(Installation.id).where(*mine)).scalar_one()
        _keep(tx, done.org_id, edges, installation=left, edge="end")
    said = {"ended": why, "papers_out": papers}
    tx.execute(sa.update(Installation).where(*mine).values(to_at=done.at, **said))
    tx.execute(
        sa.delete(InstalledNow).where(InstalledNow.org_id == done.org_id, InstalledNow.item_id == item)
    )


def sat(tx: Tx, done: Recorded[Any], where: Sat) -> None:
    """The event's item was seen in a place where nobody had recorded it, and has left it by this event."""
    tx.execute(
        sa.insert(Installation).values(
            org_id=done.org_id,
            id=where.installation,
            item_id=done.subject.id,
            host_id=where.host,
            position=where.position,
            from_at=parse_stamp(where.since),
            to_at=done.at,
            began="found",
        )
    )


def _keep(tx: Tx, org_id: str, edges: tuple[Edge, ...], *, installation: str, edge: str) -> None:
    if not edges:
        return
    rows = [
        {
            "org_id": org_id,
            "installation_id": installation,
            "edge": edge,
            "whose": one.whose,
            "item_id": one.item,
            "counter": one.counter,
            "rating": one.rating,
            "value": one.value,
            "unit": one.unit,
            "read_at": parse_stamp(one.at),
        }
        for one in edges
    ]
    tx.execute(sa.insert(InstallationReading), rows)



def hold_still(tx: Tx, org_id: str, *items: str) -> None:
    """Touch these items, so that of two acts which both do, the second begins again and sees what the first did.

    An act that fits a part touches it and the top of the assembly that it goes into. Two acts which together would
    close a ring touch one item in common, whatever else they do, because only the top of a tree goes into another.
    """
    tx.execute(
        sa.update(Item).where(Item.org_id == org_id, Item.id.in_(sorted(items))).values(life=Item.life)
    )


def _fit(tx: Tx, done: Recorded[Fitted]) -> None:
    b = done.body
    where = {"installation": b.installation, "host": b.host, "position": b.position}
    install(tx, done, **where, began=b.began, papers=b.papers, edges=b.edges)
    if b.condition is not None:
        set_condition(tx, done, b.condition)
    cite(tx, done, b.evidence)


def _remove(tx: Tx, done: Recorded[Removed]) -> None:
    b = done.body
    remove(tx, done, item=done.subject.id, why=b.why, papers=b.papers, edges=b.edges)
    set_condition(tx, done, b.condition)
    cite(tx, done, b.evidence)


FIT = Kind("parts.fit", 1, Fitted, _fit)
REMOVE = Kind("parts.remove", 1, Removed, _remove)
KINDS = (FIT, REMOVE)
