"""The certifier's desk: what waits to be signed, how complete it is, and why it cannot be signed by this person."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts import queries as accounts
from remanu.inspection.models import Nonconformity
from remanu.parts import queries as parts
from remanu.parts.models import Case, Hold, Item
from remanu.release.models import Dossier
from remanu.release.queries.certificates import EVERY_FAMILY, halts
from remanu.release.queries.dossier import dossier
from remanu.rules.actor import Actor
from remanu.rules.duties import LOOKING_VERBS

Row = sa.Row[Any]
PAGE = 50
_LIVE = 20
"""How many unsubmitted dossiers are compiled for one page of the queue; each costs a dozen statements."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of the queue; `why` are reason words that stand against a signature of the person who asks.

    `cursor` is what to send as `after` for what comes behind it.
    """

    case: Row
    cursor: str
    done: int
    whole: int
    claim_class: str | None
    why: tuple[str, ...]


def _count(model: Any, *open_: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    mine = (model.org_id == Case.org_id, model.case_id == Case.id, *open_)
    return sa.select(sa.func.count()).select_from(model).where(*mine).scalar_subquery()


_QUEUE = (
    sa.select(
        Case.__table__,
        Item.code,
        Item.name,
        Item.maker,
        Item.part_number,
        Item.serial,
        Item.family,
        Dossier.lines,
        Dossier.claim_class,
        Dossier.submitted_at,
        _count(Hold, Hold.lifted_at.is_(None)).label("holds"),
        _count(Nonconformity, Nonconformity.closed_at.is_(None)).label("nonconformities"),
    )
    .join(Item, sa.and_(Item.org_id == Case.org_id, Item.id == Case.item_id))
    .outerjoin(
        Dossier,
        sa.and_(Dossier.org_id == Case.org_id, Dossier.case_id == Case.id, Dossier.state == "submitted"),
    )
    .where(Case.org_id == sa.bindparam("org_id"))
    .order_by(Case.state, Case.changed_at, Case.id)
    .limit(PAGE)
)
_STATES = ("SUBMITTED", "TEST_PASSED")


def queue(connection: Connection, actor: Actor, now: datetime, *, after: str = "") -> list[Waiting]:
    """Cases that wait for a signature or for submission, the oldest first, submitted ones before the others.

    A page after the `cursor` of the last one seen; each state gives its own first page by the index.
    """
    reached, _, last = after.partition("|")
    states = _STATES[_STATES.index(reached) :] if reached in _STATES else _STATES
    pages = [
        parts.first_of(actor.org_id, [state], after=last if state == reached else "", limit=PAGE) for state in states
    ]
    either = sa.union_all(*(sa.select(page.subquery().c.id) for page in pages if page is not None)).subquery()
    chosen = _QUEUE.where(Case.id.in_(sa.select(either.c.id)))
    rows = list(connection.execute(chosen, {"org_id": actor.org_id}))
    own = own_work(connection, actor, [row.id for row in rows])
    scope = _scope(connection, actor, now)
    stopped = halts(connection, actor.org_id)
    live = [row.id for row in rows if row.lines is None][:_LIVE]
    return [
        _waiting(connection, row, now, live=row.id in live, why=_why(row, own, scope=scope, stopped=stopped))
        for row in rows
    ]


def own_work(connection: Connection, actor: Actor, cases: list[str]) -> frozenset[str]:
    """Of these cases, those in which this person did work since intake, under whichever of his accounts (I32).

    Work on a part of the unit counts since that part came in, also in a case of its own.
    """
    if not cases:
        return frozenset()
    mine = accounts.refs_of_one(connection, actor.org_id, actor.ref)
    rows = parts.kinds_by_case(connection, actor.org_id, cases, mine)
    return frozenset(row.of for row in rows if row.kind.rpartition(".")[2] not in LOOKING_VERBS)


def _scope(connection: Connection, actor: Actor, now: datetime) -> frozenset[str]:
    """The families for which this person may sign now; `*` is every family."""
    return frozenset(
        row.family
        for row in accounts.authorisations(connection, actor.org_id, actor.ref)
        if row.activity == "release"
        and row.valid_from <= now < row.valid_to
        and (row.withdrawn_at is None or row.withdrawn_at > now)
    )


def _why(row: Row, own: frozenset[str], *, scope: frozenset[str], stopped: frozenset[str]) -> tuple[str, ...]:
    mine = {EVERY_FAMILY, row.family}
    stands = (
        ("not-submitted", row.state != "SUBMITTED"),
        ("case-on-hold", row.holds > 0),
        ("nonconformity-open", row.nonconformities > 0),
        ("own-work", row.id in own),
        ("not-authorised", not scope & mine),
        ("issuing-halted", bool(stopped & mine)),
    )
    return tuple(word for word, true in stands if true)


def bars(connection: Connection, actor: Actor, case: parts.CaseView, *, now: datetime) -> tuple[str, ...]:
    """What stands against this person's signature on the case, as reason words; his role before all."""
    mine = {EVERY_FAMILY, case.item.family}
    stands = (
        ("not-your-role", "certifying_staff" not in actor.roles),
        ("not-submitted", case.state != "SUBMITTED"),
        ("own-work", bool(own_work(connection, actor, [case.id]))),
        ("not-authorised", not _scope(connection, actor, now) & mine),
        ("case-on-hold", case.holds > 0),
        ("issuing-halted", bool(halts(connection, case.org_id) & mine)),
    )
    return tuple(word for word, true in stands if true)


def _waiting(connection: Connection, row: Row, now: datetime, *, live: bool, why: tuple[str, ...]) -> Waiting:
    cursor = f"{row.state}|{parts.cursor(row)}"
    if row.lines is not None:
        lines = json.loads(row.lines)
        return Waiting(row, cursor, sum(line["done"] for line in lines), len(lines), row.claim_class, why)
    if not live:
        return Waiting(row, cursor, 0, 0, None, why)
    view = dossier(connection, parts.find_case(connection, row.org_id, row.id), now)
    return Waiting(row, cursor, view.done, view.whole, None, why)
