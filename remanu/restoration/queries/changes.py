"""Reading changes to what units consist of."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import NotFound
from remanu.restoration.models import Change
from remanu.restoration.queries.rows import Row
from remanu.rules import text

PAGE = 50
_CHANGE = sa.select(Change.__table__).where(Change.org_id == sa.bindparam("org_id"))


@dataclass(frozen=True, slots=True)
class Standing:
    """A change with the word for how it stands: proposed, approved or withdrawn."""

    row: Row

    @property
    def state(self) -> str:
        """How it stands."""
        if self.row.withdrawn_at is not None:
            return "withdrawn"
        return "proposed" if self.row.approved_at is None else "approved"


def find_change(connection: Connection, org_id: str, change_id: str) -> Row:
    """One change of the organisation; NotFound otherwise."""
    row = connection.execute(_CHANGE.where(Change.id == change_id), {"org_id": org_id}).first()
    if row is None:
        raise NotFound(what="change")
    return row


def changes(connection: Connection, org_id: str, *, after: str = "", limit: int = PAGE) -> list[Row]:
    """Changes, newest first, a page after the change `after`."""
    chosen = _CHANGE.order_by(Change.id.desc()).limit(limit)
    return list(connection.execute(chosen.where(Change.id < after) if after else chosen, {"org_id": org_id}))


def change_numbered(connection: Connection, org_id: str, number: str) -> Row | None:
    """The change of this number, if there is one."""
    return connection.execute(_CHANGE.where(Change.number == number), {"org_id": org_id}).first()


def approved(connection: Connection, org_id: str, *, what: str, family: str, component: str) -> list[Row]:
    """The approved changes of one kind to a component of a family that nobody withdrew, newest first."""
    chosen = _CHANGE.where(
        Change.what == what,
        Change.family == family,
        Change.component == component,
        Change.approved_at.is_not(None),
        Change.withdrawn_at.is_(None),
    )
    return list(connection.execute(chosen.order_by(Change.id.desc()), {"org_id": org_id}))


def substitution(
    connection: Connection, org_id: str, *, family: str, component: str, part_number: str, instead_of: str
) -> Row | None:
    """The approved change by which this part number may come in for that one, if there is one."""
    wanted = (text.skeleton(part_number), text.skeleton(instead_of))
    for row in approved(connection, org_id, what="substitute", family=family, component=component):
        if (text.skeleton(row.part_number), text.skeleton(row.instead_of)) == wanted:
            return row
    return None
