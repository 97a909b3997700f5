"""Finding parts: lists of cases by keyset, and items by words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.clock import stamp
from remanu.errors import BadInput, NotFound
from remanu.families.gs1 import dictionary
from remanu.families.spoken import recorded
from remanu.ledger.models import Evidence
from remanu.parts.models import Case, Code, Hold, Item, SearchWord
from remanu.parts.queries.one import OPEN_HOLDS, Row
from remanu.rules import identifiers, identity, text

PAGE = 50
_NAMED = ("code", "name", "maker", "part_number", "serial", "family")
_COLUMNS: list[Any] = [Case.__table__, *(Item.__table__.c[name] for name in _NAMED), OPEN_HOLDS]


def _listed(chosen: Any) -> sa.Select[Any]:
    """These cases, given by their ids, with their items: from the few to the many, which an outer join holds to."""
    few = chosen.subquery()
    rows = few.outerjoin(Case.__table__, sa.and_(Case.org_id == few.c.org_id, Case.id == few.c.id)).outerjoin(
        Item.__table__, sa.and_(Item.org_id == few.c.org_id, Item.id == Case.item_id)
    )
    return sa.select(*_COLUMNS).select_from(rows)


_HELD = sa.exists().where(Hold.org_id == Case.org_id, Hold.case_id == Case.id, Hold.lifted_at.is_(None))
# The same said from the other side: there are few open holds, and a list of held cases begins with them.
_STOPPED = Case.id.in_(sa.select(Hold.case_id).where(Hold.org_id == Case.org_id, Hold.lifted_at.is_(None)))
COMMON = 2000
"""So many parts carry a word that looking for it goes through the parts, newest first, and not through the word."""


def cases_in(
    connection: Connection,
    org_id: str,
    states: Iterable[str],
    *,
    after: str = "",
    limit: int = PAGE,
    also: Sequence[Any] = (),
) -> list[Row]:
    """Cases in these states with their items, oldest change first, a page after the `cursor` of the last seen.

    `also` are further conditions that each of them meets.
    """
    first = first_of(org_id, states, after=after, limit=limit, also=also)
    if first is None:
        return []
    return list(connection.execute(_listed(first).order_by(Case.changed_at, Case.id)))


def first_of(
    org_id: str, states: Iterable[str], *, after: str = "", limit: int, also: Sequence[Any] = ()
) -> Any | None:
    """The ids of the open cases that changed first in these states, as a selection; None where no state is named.

    Each state gives its own first page by the index, so that a page costs the same however many cases there are.
    """
    moment, _, last = after.partition("|")
    when = sa.type_coerce(Case.changed_at, sa.Text)
    begins = [sa.tuple_(when, Case.id) > sa.tuple_(sa.literal(moment), sa.literal(last))] if last else []
    pages = [
        sa.select(Case.org_id, Case.id, when.label("changed"))
        .where(Case.org_id == org_id, Case.closed_at.is_(None), Case.state == state, *begins, *also)
        .order_by(when, Case.id)
        .limit(limit)
        .subquery()
        for state in sorted(states)
    ]
    if not pages:
        return None
    every = sa.union_all(*(sa.select(page) for page in pages)).subquery()
    return sa.select(every.c.org_id, every.c.id).order_by(every.c.changed, every.c.id).limit(limit)


def cursor(row: Row) -> str:
    """Where a page of cases ended."""
    return f"{stamp(row.changed_at)}|{row.id}"


def work_for(connection: Connection, org_id: str, states: Iterable[str], *, limit: int) -> list[Row]:
    """The cases that wait longest in these states; those that a hold stops come last."""
    asked = sorted(states)
    free = first_of(org_id, asked, limit=limit, also=(~_HELD,))
    if free is None:
        return []
    held = sa.select(Case.org_id, Case.id).where(
        Case.org_id == org_id, Case.closed_at.is_(None), Case.state.in_(asked), _STOPPED
    )
    page = free.subquery()
    either = sa.union_all(sa.select(page.c.org_id, page.c.id), held)
    return list(connection.execute(_listed(either).order_by(OPEN_HOLDS > 0, Case.changed_at, Case.id).limit(limit)))


def items(connection: Connection, org_id: str, *, after: str = "", limit: int = PAGE) -> list[Row]:
    """All items, newest first, a page after the item `after`."""
    return list(connection.execute(_page(org_id, after, limit)))


def find(connection: Connection, org_id: str, asked: str, *, after: str = "", limit: int = PAGE) -> list[Row]:
    """Items that carry every word asked for, the last of which may be a beginning; newest first.

    Codes, serials and part numbers are found with and without their hyphens, codes also as people misread them.
    Nothing is found for nothing.
    """
    said = _sayings(org_id, asked)
    if not said:
        return []
    pages = [one.subquery() for way in said for one in _gone(org_id, way, after=after, limit=limit)]
    # Said twice over, a part is listed once: a union of rows keeps each row once.
    every = sa.union(*(sa.select(page) for page in pages)).subquery()
    return list(connection.execute(sa.select(every).order_by(every.c.id.desc()).limit(limit)))


def _gone(org_id: str, way: list[_Word], *, after: str, limit: int) -> list[sa.Select[Any]]:
    """The page of parts that carry all these words, found by each word that is rare, or through the parts.

    Of many parts that carry a common word the newest are found quicker among the parts than among the word's; a rare
    word finds its parts itself. Which words are common is asked once a statement; a way that is not to be gone has
    no room between its bounds, so that it costs one look into the index.
    """
    carried = sa.and_(*(one.carried_below(after) for one in way))
    page = _page(org_id, after, limit)
    rare = [page.where(Item.id.in_(one.some), Item.id < _bound(~one.is_common), carried) for one in way]
    return [*rare, page.where(Item.id < _bound(sa.and_(*(one.is_common for one in way))), carried)]


def _bound(goes: sa.ColumnElement[bool]) -> sa.ColumnElement[str]:
    """Above every id where this way is gone, else below every one."""
    return sa.select(sa.case((goes, "\U0010ffff"), else_="")).scalar_subquery()


@dataclass(frozen=True, slots=True)
class _Word:
    """One word or beginning of a word that a part may carry: the parts that do, and whether this one does."""

    ids: sa.Select[Any]
    exists: sa.Exists

    def carried_below(self, after: str) -> sa.Exists:
        """Whether this part, of those below `after`, carries it.

        PostgreSQL joins the words to the parts from the newest on, and does not see by itself where the page begins:
        it would read the words of all parts that were shown on pages before.
        """
        return self.exists.where(SearchWord.item_id < after) if after else self.exists

    @property
    def some(self) -> sa.Select[Any]:
        """The parts that carry it; none where it is common, which is seen before any of them is gathered."""
        return sa.select(self.ids.limit(COMMON + 1).subquery().c.item_id).where(~self.is_common)

    @property
    def is_common(self) -> sa.ColumnElement[bool]:
        """Whether more parts carry it than one would go through."""
        some = self.ids.limit(COMMON + 1).subquery()
        return sa.select(sa.func.count()).select_from(some).scalar_subquery() > COMMON


def carrying(org_id: str, asked: str) -> Any | None:
    """The ids of the items that carry every word asked for, as a selection; None where nothing was asked."""
    said = _sayings(org_id, asked)
    return _union(said) if said else None


def _union(said: list[list[_Word]]) -> Any:
    sets = [_together(way) for way in said]
    return sa.union(*sets) if len(sets) > 1 else sets[0]


def _together(way: list[_Word]) -> sa.Select[Any]:
    if len(way) == 1:
        return way[0].ids
    return sa.select(sa.intersect(*(one.ids for one in way)).subquery().c.item_id)


def _sayings(org_id: str, asked: str) -> list[list[_Word]]:
    """The ways in which a part may answer to what was asked, each by the words that it has to carry."""
    # What the packs call in Chinese stands in the record under its English name.
    said = dict.fromkeys((asked, *recorded(asked), *_keys(asked)))
    return [way for one in said for way in _ways(org_id, one)]


def _keys(asked: str) -> list[str]:
    """The identifiers that a Digital Link, an element string or an envelope holds, as they are found."""
    if not identifiers.shows(asked):
        return []
    try:
        return [one.value for one in identifiers.read(asked, dictionary())]
    except BadInput:
        return []


def _page(org_id: str, after: str, limit: int) -> sa.Select[Any]:
    chosen = sa.select(Item.__table__).where(Item.org_id == org_id).order_by(Item.id.desc()).limit(limit)
    return chosen.where(Item.id < after) if after else chosen


def _ways(org_id: str, asked: str) -> list[list[_Word]]:
    words = text.search_words(asked)
    if not words:
        return []
    each = [_word(org_id, SearchWord.word == word) for word in words[:-1]]
    each.append(_word(org_id, _begins(words[-1])))
    joined = dict.fromkeys(one.lower() for one in (text.joined(asked), identity.respelt(asked)) if one)
    return [each, *([_word(org_id, _begins(one))] for one in joined if [one] != words)]


def _word(org_id: str, match: sa.ColumnElement[bool]) -> _Word:
    mine = (SearchWord.org_id == org_id, match)
    return _Word(
        sa.select(SearchWord.item_id).where(*mine),
        sa.exists().where(*mine, SearchWord.item_id == Item.id),
    )


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
