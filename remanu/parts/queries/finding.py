"""Finding parts: lists of cases by keyset, and items by words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.clock import stamp
from remanu.errors import NotFound
from remanu.families.spoken import recorded
from remanu.ledger.models import Evidence
from remanu.parts.models import Case, Code, Item, SearchWord
from remanu.parts.queries.one import OPEN_HOLDS, Row
from remanu.rules import identity, text

PAGE = 50
_LISTED = (
    sa.select(
        Case.__table__,
        Item.code,
        Item.name,
        Item.maker,
        Item.part_number,
        Item.serial,
        Item.family,
        OPEN_HOLDS,
    )
    .join(Item, sa.and_(Item.org_id == Case.org_id, Item.id == Case.item_id))
    .where(Case.closed_at.is_(None))
)


def cases_in(
    connection: Connection, org_id: str, states: Iterable[str], *, after: str = "", limit: int = PAGE
) -> list[Row]:
    """Cases in these states with their items, oldest change first, a page after the `cursor` of the last seen."""
    moment, _, last = after.partition("|")
    chosen = _LISTED.where(Case.org_id == org_id, Case.state.in_(sorted(states)))
    if last:
        when = sa.type_coerce(Case.changed_at, sa.Text)
        chosen = chosen.where(sa.or_(when > moment, sa.and_(when == moment, Case.id > last)))
    return list(connection.execute(chosen.order_by(Case.changed_at, Case.id).limit(limit)))


def cursor(row: Row) -> str:
    """Where a page of cases ended."""
    return f"{stamp(row.changed_at)}|{row.id}"


def work_for(connection: Connection, org_id: str, states: Iterable[str], *, limit: int) -> list[Row]:
    """The cases that wait longest in these states; those that a hold stops come last."""
    chosen = _LISTED.where(Case.org_id == org_id, Case.state.in_(sorted(states)))
    return list(connection.execute(chosen.order_by(OPEN_HOLDS > 0, Case.changed_at, Case.id).limit(limit)))


def items(connection: Connection, org_id: str, *, after: str = "", limit: int = PAGE) -> list[Row]:
    """All items, newest first, a page after the item `after`."""
    return list(connection.execute(_page(org_id, after, limit)))


def find(connection: Connection, org_id: str, asked: str, *, after: str = "", limit: int = PAGE) -> list[Row]:
    """Items that carry every word asked for, the last of which may be a beginning; newest first.

    Codes, serials and part numbers are found with and without their hyphens, codes also as people misread them.
    Nothing is found for nothing.
    """
    wanted = carrying(org_id, asked)
    if wanted is None:
        return []
    return list(connection.execute(_page(org_id, after, limit).where(Item.id.in_(wanted))))


def carrying(org_id: str, asked: str) -> Any | None:
    """The ids of the items that carry every word asked for, as a selection; None where nothing was asked."""
    # What the packs call in Chinese stands in the record under its English name.
    sets = [one for said in (asked, *recorded(asked)) for one in _sets(org_id, said)]
    if not sets:
        return None
    return sa.union(*sets) if len(sets) > 1 else sets[0]


def _page(org_id: str, after: str, limit: int) -> sa.Select[Any]:
    chosen = sa.select(Item.__table__).where(Item.org_id == org_id).order_by(Item.id.desc()).limit(limit)
    return chosen.where(Item.id < after) if after else chosen


def _sets(org_id: str, asked: str) -> list[sa.Select[Any]]:
    words = text.search_words(asked)
    if not words:
        return []
    each = [_carrying(org_id, SearchWord.word == word) for word in words[:-1]]
    each.append(_carrying(org_id, _begins(words[-1])))
    together = sa.select(sa.intersect(*each).subquery().c.item_id) if len(each) > 1 else each[0]
    joined = dict.fromkeys(one.lower() for one in (text.joined(asked), identity.respelt(asked)) if one)
    return [together, *(_carrying(org_id, _begins(one)) for one in joined if [one] != words)]


def _carrying(org_id: str, match: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(SearchWord.item_id).where(SearchWord.org_id == org_id, match)


def _begins(word: str) -> sa.ColumnElement[bool]:
    return sa.and_(SearchWord.word >= word, SearchWord.word < word + "\U0010ffff")


def by_identity(connection: Connection, org_id: str, identity: str) -> Row | None:
    """The item with this (maker, part number, serial) skeleton, if the organisation has it (I1)."""
    return connection.execute(
        sa.select(Item.__table__).where(Item.org_id == org_id, Item.identity == identity)
    ).first()


def by_code(connection: Connection, code: str) -> Row | None:
    """Organisation and item behind a public code, or None."""
    return connection.execute(sa.select(Code.__table__).where(Code.code == code)).first()


def find_evidence(connection: Connection, org_id: str, digest: str) -> Row:
    """A file that an event of the organisation cites; NotFound otherwise, and for others' files alike."""
    row = connection.execute(
        sa.select(Evidence.__table__).where(Evidence.org_id == org_id, Evidence.digest == digest)
    ).first()
    if row is None:
        raise NotFound(what="evidence")
    return row
