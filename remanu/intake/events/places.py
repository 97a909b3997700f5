"""What can happen to places of the workshop: bodies of events and their effects."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from remanu.db import Tx
from remanu.intake.models import WorkPlace
from remanu.ledger.kinds import Kind, Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAdded:
    """A place has a name and a sign with this code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRetired:
    """Nothing is put there any longer; its sign says so from now on."""


def _add(tx: Tx, done: Recorded[PlaceAdded]) -> None:
    named = {"code": done.body.code, "name": done.body.name, "occupies": done.body.name.casefold()}
    tx.execute(sa.insert(WorkPlace).values(org_id=done.org_id, id=done.subject.id, added_at=done.at, **named))


def _retire(tx: Tx, done: Recorded[PlaceRetired]) -> None:
    mine = (WorkPlace.org_id == done.org_id, WorkPlace.id == done.subject.id)
    tx.execute(sa.update(WorkPlace).where(*mine).values(retired_at=done.at, occupies=None))


ADD_PLACE = Kind("intake.add_place", 1, PlaceAdded, _add)
RETIRE_PLACE = Kind("intake.retire_place", 1, PlaceRetired, _retire)
KINDS = (ADD_PLACE, RETIRE_PLACE)
