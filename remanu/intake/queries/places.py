"""Places with a sign, and what stands there."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import NotFound
from remanu.intake.models import WorkPlace
from remanu.intake.queries.arrival import Row
from remanu.parts.models import InstalledNow, Item

STANDING = 100
_ALL = sa.select(WorkPlace.__table__)
_PARTS = sa.select(Item.id, Item.code, Item.name, Item.part_number, Item.serial)

# What sits in another part stands where that does, and what is scrapped stands nowhere.
_SITS = sa.exists().where(InstalledNow.org_id == Item.org_id, InstalledNow.item_id == Item.id)
_STANDS = (~_SITS, Item.condition != "scrapped")


def places(connection: Connection, org_id: str) -> list[Row]:
    """The places in use, by name."""
    mine = (WorkPlace.org_id == org_id, WorkPlace.retired_at.is_(None))
    return list(connection.execute(_ALL.where(*mine).order_by(WorkPlace.name)))


def find_place(connection: Connection, org_id: str, place_id: str) -> Row:
    """One place of the organisation, in use or not; NotFound otherwise."""
    row = connection.execute(_ALL.where(WorkPlace.org_id == org_id, WorkPlace.id == place_id)).first()
    if row is None:
        raise NotFound(what="place")
    return row


def place_coded(connection: Connection, org_id: str, code: str) -> Row | None:
    """The organisation's own place whose sign has this code, in use or not."""
    return connection.execute(_ALL.where(WorkPlace.org_id == org_id, WorkPlace.code == code)).first()


def place_named(connection: Connection, org_id: str, name: str) -> Row | None:
    """The place in use that is called so, in whatever letters."""
    mine = (WorkPlace.org_id == org_id, WorkPlace.occupies == name.casefold())
    return connection.execute(_ALL.where(*mine)).first()


def standing_at(
    connection: Connection, org_id: str, name: str, *, limit: int = STANDING, first: str = ""
) -> list[Row]:
    """Parts that stand at the place of this name, those first that were registered last.

    Before all stands the part with the id `first`, where it stands there: the one that was put there just now.
    """
    there = _PARTS.where(Item.org_id == org_id, Item.place == name, *_STANDS)
    put = connection.execute(there.where(Item.id == first)).all() if first else []
    others = there.where(Item.id != first).order_by(Item.id.desc())
    return [*put, *connection.execute(others.limit(limit - len(put)))]


def filled(connection: Connection, org_id: str, names: list[str]) -> Mapping[str, int]:
    """How many parts stand at each of these places."""
    mine = (Item.org_id == org_id, Item.place.in_(names), *_STANDS)
    counted = sa.select(Item.place, sa.func.count().label("parts")).where(*mine).group_by(Item.place)
    return {row.place: row.parts for row in connection.execute(counted)}
