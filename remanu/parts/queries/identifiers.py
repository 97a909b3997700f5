"""Identifiers of parts and company prefixes: those that stand, whose they are, and what a scanned text leads to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import NotFound
from remanu.parts.models import Code, CompanyPrefix, Item, ItemIdentifier, SearchWord
from remanu.parts.queries.finding import by_code, find
from remanu.parts.queries.one import Row
from remanu.rules import text
from remanu.rules.identifiers import Identifier
from remanu.rules.seen import Seen

MOST = 20
# So short a piece of a number is carried by chance: codes are drawn by lot.
_LEAST = 3
_LAST = "\U0010ffff"
_STANDING = ItemIdentifier.withdrawn_at.is_(None)
_MINTED = ItemIdentifier.minted.in_([True])


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a scanned text leads: to one part of anybody (`code`), to parts of one's own to choose from, or nowhere.

    `exact` candidates have the very identifier or serial; others merely carry words of it.
    """

    seen: Seen
    code: str = ""
    owner: str = ""
    item_id: str = ""
    candidates: tuple[Row, ...] = ()
    exact: bool = False


def identifiers_of(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """Every identifier that the part ever had, the standing ones first, then the newest."""
    mine = (ItemIdentifier.org_id == org_id, ItemIdentifier.item_id == item_id)
    order = (ItemIdentifier.withdrawn_at.is_not(None), ItemIdentifier.id.desc())
    return list(connection.execute(sa.select(ItemIdentifier.__table__).where(*mine).order_by(*order)))


def holder_of(connection: Connection, org_id: str, identifier: Identifier) -> Row | None:
    """The organisation's own part that has this identifier."""
    place = f"{identifier.scheme}|{identifier.normalised}"
    chosen: sa.Select[*tuple[Any, ...]] = (
        sa.select(ItemIdentifier.item_id, Item.code)
        .join(Item, sa.and_(Item.org_id == ItemIdentifier.org_id, Item.id == ItemIdentifier.item_id))
        .where(ItemIdentifier.org_id == org_id, ItemIdentifier.occupies == place)
    )
    return connection.execute(chosen).first()


def minted_as(connection: Connection, normalised: str) -> Row | None:
    """Whose part has this GS1 key, of those that an organisation gave it under a prefix of its own."""
    chosen: sa.Select[*tuple[Any, ...]] = (
        sa.select(Code.code, ItemIdentifier.org_id, ItemIdentifier.item_id)
        .join(Code, sa.and_(Code.org_id == ItemIdentifier.org_id, Code.item_id == ItemIdentifier.item_id))
        .where(ItemIdentifier.normalised == normalised, _MINTED, _STANDING)
    )
    return connection.execute(chosen).first()


def minted_part(connection: Connection, keys: Iterable[Identifier]) -> Row | None:
    """Whose part has one of these keys."""
    rows = (minted_as(connection, one.normalised) for one in keys if one.is_gs1)
    return next((row for row in rows if row is not None), None)


def minted_under(connection: Connection, key: str) -> Row | None:
    """A part that an organisation gave a key which begins with this one, to tell what kind of thing it names."""
    begins = sa.and_(ItemIdentifier.normalised >= key, ItemIdentifier.normalised < key + _LAST)
    chosen: sa.Select[*tuple[Any, ...]] = (
        sa.select(Item.org_id, Item.id, Item.code, Item.name, Item.maker, Item.part_number)
        .join(
            ItemIdentifier, sa.and_(Item.org_id == ItemIdentifier.org_id, Item.id == ItemIdentifier.item_id)
        )
        .where(begins, _MINTED, _STANDING)
        .order_by(ItemIdentifier.normalised)
        .limit(1)
    )
    return connection.execute(chosen).first()


def keys_in_use(connection: Connection) -> bool:
    """Whether any organisation here gave a part a GS1 key."""
    any_one = sa.select(ItemIdentifier.id).where(_MINTED, _STANDING).limit(1)
    return connection.execute(any_one).first() is not None


def prefixes(connection: Connection, org_id: str) -> list[Row]:
    """The company prefixes that were ever confirmed, the newest first."""
    chosen = sa.select(CompanyPrefix.__table__).where(CompanyPrefix.org_id == org_id)
    return list(connection.execute(chosen.order_by(CompanyPrefix.id.desc())))


def find_prefix(connection: Connection, org_id: str, prefix_id: str) -> Row:
    """One of them; NotFound otherwise, and for others' alike."""
    mine = (CompanyPrefix.org_id == org_id, CompanyPrefix.id == prefix_id)
    row = connection.execute(sa.select(CompanyPrefix.__table__).where(*mine)).first()
    if row is None:
        raise NotFound(what="prefix")
    return row


def in_force(rows: Iterable[Row], day: date) -> list[str]:
    """Those of these prefixes under which keys may be minted on this day."""
    on = day.isoformat()
    return [
        row.prefix
        for row in rows
        if row.applies_from <= on and (row.ended_from is None or on < row.ended_from)
    ]


def overlapping(connection: Connection, prefix: str) -> list[Row]:
    """Confirmations of anybody, not ended, of a prefix that this one begins with or that begins with this one."""
    beginnings = [prefix[:length] for length in range(4, len(prefix) + 1)]
    either = sa.or_(
        CompanyPrefix.prefix.in_(beginnings), CompanyPrefix.prefix.startswith(prefix, autoescape=True)
    )
    return list(
        connection.execute(
            sa.select(CompanyPrefix.__table__).where(either, CompanyPrefix.ended_from.is_(None))
        )
    )


def recognise(connection: Connection, seen: Seen, org_id: str | None) -> Answer:
    """Where what was read leads, for somebody of an organisation or for anybody.

    Ours and GS1 keys minted here lead to their part, whoever's it is. Everything else is looked up among the parts of
    one's own organisation alone: by its identifiers, then by its serial, then by words.
    """
    ours = _ours(connection, seen)
    if ours is not None:
        return Answer(seen, ours.code, ours.org_id, ours.item_id)
    if org_id is None:
        return Answer(seen)
    exact = _exact(connection, seen, org_id)
    return Answer(seen, candidates=exact or _worded(connection, seen, org_id), exact=bool(exact))


def _ours(connection: Connection, seen: Seen) -> Row | None:
    if seen.scan is not None:
        return by_code(connection, seen.scan.item)
    return minted_part(connection, seen.identifiers)


def _exact(connection: Connection, seen: Seen, org_id: str) -> tuple[Row, ...]:
    """Parts that have one of the identifiers, else those with the serial and part number that were read."""
    held = [row for one in seen.identifiers if (row := holder_of(connection, org_id, one)) is not None]
    if held:
        return tuple(_items(connection, org_id, [row.item_id for row in held]))
    serial = seen.serial or (seen.text if _is_searched(seen) else "")
    word = text.joined(serial) or "".join(text.search_words(serial)[:1])
    if not word:
        return ()
    carrying = (
        sa.select(SearchWord.item_id).where(SearchWord.org_id == org_id, SearchWord.word == word).limit(MOST)
    )
    rows = _items(connection, org_id, list(connection.execute(carrying).scalars()))
    return tuple(row for row in rows if _is_it(row, serial, seen.part_number))


def _is_it(row: Row, serial: str, part_number: str) -> bool:
    wanted = (text.skeleton(part_number or row.part_number), text.skeleton(serial))
    return wanted == (text.skeleton(row.part_number), text.skeleton(row.serial or ""))


def _worded(connection: Connection, seen: Seen, org_id: str) -> tuple[Row, ...]:
    """Parts that carry the words of part number and serial, of the serial, or of the whole text, in this order."""
    if not any(sign.isdigit() for sign in seen.text):
        return ()
    both = f"{seen.part_number} {seen.serial}".strip()
    whole = seen.text if _is_searched(seen) else ""
    for asked in dict.fromkeys(one for one in (both, seen.serial, whole) if len(one) >= _LEAST):
        found = find(connection, org_id, asked, limit=MOST)
        if found:
            return tuple(found)
    return ()


def _is_searched(seen: Seen) -> bool:
    """Whether the whole text may be a serial: words, or what looks like a code of ours and stands alone."""
    return seen.kind == "words" or (seen.scan is not None and seen.text.strip().upper() == seen.scan.item)


def _items(connection: Connection, org_id: str, ids: list[Any]) -> list[Row]:
    chosen = sa.select(Item.__table__).where(Item.org_id == org_id, Item.id.in_(ids)).order_by(Item.id.desc())
    return list(connection.execute(chosen))
