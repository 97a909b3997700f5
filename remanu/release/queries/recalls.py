"""What rests on an instrument: its uses in a span of days, with their cases and releases."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.clock import parse_stamp
from remanu.inspection.models import Nonconformity
from remanu.parts.models import Case, Item
from remanu.release.models import ReleaseCertificate, ReleaseReview
from remanu.release.queries.certificates import DOUBTED, PAGE, Row
from remanu.release.queries.used import KINDS, USES, Window, values
from remanu.release.queries.whereabouts import HELD
from remanu.rules.lifecycle import BEFORE_RELEASE

_ROWS = (
    sa.select(
        USES,
        Item.code,
        Item.name,
        Item.part_number,
        Item.serial,
        Item.component,
        Item.family,
        Item.pack,
        Item.org_id,
        Case.number.label("case_number"),
        Case.state.label("case_state"),
        ReleaseCertificate.id.label("certificate_id"),
        ReleaseCertificate.number.label("certificate"),
        DOUBTED,
    )
    .join(Item, sa.and_(Item.org_id == sa.bindparam("org_id"), Item.id == USES.c.item_id))
    .join(Case, sa.and_(Case.org_id == sa.bindparam("org_id"), Case.id == USES.c.case_id))
    .outerjoin(
        ReleaseCertificate,
        sa.and_(
            ReleaseCertificate.org_id == sa.bindparam("org_id"),
            ReleaseCertificate.case_id == USES.c.case_id,
            ReleaseCertificate.state.in_(("ISSUED", "REVOKED")),
        ),
    )
    .order_by(USES.c.at.desc(), USES.c.id.desc())
)
_COUNTS = sa.select(
    USES.c.kind,
    sa.func.count().label("uses"),
).group_by(USES.c.kind)


def uses_of(connection: Connection, asked: Window, *, after: str = "", limit: int = PAGE) -> list[Row]:
    """A page of what was done with the instrument, newest first, behind the cursor `after` (keyset)."""
    chosen = _ROWS.limit(limit)
    at, _, last = after.partition("~")
    if last and _is_moment(at):
        chosen = chosen.where(sa.tuple_(USES.c.at, USES.c.id) < sa.tuple_(sa.literal(at), sa.literal(last)))
    return list(connection.execute(chosen, values(asked)))


def _is_moment(text: str) -> bool:
    try:
        parse_stamp(text)
    except ValueError:
        return False
    return True


def cursor(row: Row) -> str:
    """Where the page behind this row begins."""
    return f"{row.at}~{row.id}"


def every_use(connection: Connection, asked: Window) -> Iterator[Row]:
    """All of it, page by page, newest first."""
    after = ""
    while rows := uses_of(connection, asked, after=after, limit=_BULK):
        yield from rows
        after = cursor(rows[-1])


_BULK = 500


def counted(connection: Connection, asked: Window) -> dict[str, int]:
    """How many readings, torques and test runs there are, and how many items, cases and releases they concern."""
    found = {row.kind: row.uses for row in connection.execute(_COUNTS, values(asked))}
    affected = cases(connection, asked)
    items = connection.execute(
        sa.select(sa.func.count(sa.distinct(USES.c.item_id))).select_from(USES), values(asked)
    ).scalar_one()
    return {
        **{kind: found.get(kind, 0) for kind in KINDS},
        "items": items,
        "cases": len(affected),
        "releases": sum(1 for row in affected if row.certificate_id is not None),
        "open": sum(1 for row in affected if is_open(row)),
    }


_CASES = (
    sa.select(
        Case.id,
        Case.org_id,
        Case.number,
        Case.state,
        Case.closed_at,
        Case.item_id,
        Item.uri,
        Item.code,
        Item.name,
        Item.life,
        ReleaseCertificate.id.label("certificate_id"),
        ReleaseCertificate.number.label("certificate"),
        ReleaseCertificate.life.label("certificate_life"),
    )
    .join(Item, sa.and_(Item.org_id == Case.org_id, Item.id == Case.item_id))
    .outerjoin(
        ReleaseCertificate,
        sa.and_(
            ReleaseCertificate.org_id == Case.org_id,
            ReleaseCertificate.case_id == Case.id,
            ReleaseCertificate.state == "ISSUED",
        ),
    )
    .where(
        Case.org_id == sa.bindparam("org_id"),
        Case.id.in_(sa.union_all(sa.select(USES.c.case_id), sa.select(HELD.c.case_id))),
    )
    .order_by(ReleaseCertificate.id.is_not(None), Case.number)
)


def cases(connection: Connection, asked: Window) -> list[Row]:
    """The cases that rest on the instrument, open ones first, each with the release that is in force for it.

    They are those in which it was used, and those of the assemblies that held a part since (whereabouts.py).
    """
    return list(connection.execute(_CASES, values(asked)))


def is_open(row: Row) -> bool:
    """Whether the case of such a row may still lead to a release."""
    return row.closed_at is None and row.state in BEFORE_RELEASE


def unmarked(connection: Connection, asked: Window, recall_id: str) -> list[Row]:
    """Of these cases, those that the recall concerns and has not reached: neither under review nor stopped by it."""
    reviewed = sa.select(ReleaseReview.certificate_id).where(
        ReleaseReview.org_id == asked.org_id, ReleaseReview.recall_id == recall_id
    )
    stopped = sa.select(Nonconformity.case_id).where(
        Nonconformity.org_id == asked.org_id, Nonconformity.recall_id == recall_id
    )
    chosen = _CASES.where(
        sa.or_(
            sa.and_(ReleaseCertificate.id.is_not(None), ReleaseCertificate.id.not_in(reviewed)),
            sa.and_(
                ReleaseCertificate.id.is_(None),
                Case.closed_at.is_(None),
                Case.state.in_(sorted(BEFORE_RELEASE)),
                Case.id.not_in(stopped),
            ),
        )
    )
    return list(connection.execute(chosen, values(asked)))


def reached(connection: Connection, org_id: str, recall_id: str) -> tuple[int, int]:
    """How many releases came under review by a recall, and how many of them still are."""
    row = connection.execute(
        sa.select(sa.func.count(), sa.func.count(ReleaseReview.lifted_at)).where(
            ReleaseReview.org_id == org_id, ReleaseReview.recall_id == recall_id
        )
    ).one()
    return row[0], row[0] - row[1]
