"""Places with a sign: add, retire, and put parts there. A place that was named is retired and never renamed."""

from __future__ import annotations

import secrets

from remanu.db import Tx
from remanu.drawing.faces import split
from remanu.errors import BadInput, CannotDraw, Conflict
from remanu.intake import events, queries
from remanu.intake.actions import words
from remanu.intake.actions.where import check_no_badge, held
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import begin, record
from remanu.parts import queries as parts
from remanu.rules import identity
from remanu.rules.actor import Actor


def add_place(tx: Tx, actor: Actor, *, name: str) -> Recorded[events.PlaceAdded]:
    """Give a place a name and a sign; Conflict `place-taken` where one in use is called so, in whatever letters."""
    act = begin(tx, actor, "intake.add_place")
    named = words.needed("name", name)
    check_no_badge(tx, "name", named)
    check_drawn("name", named)
    if queries.place_named(tx.connection, actor.org_id, named) is not None:
        raise Conflict(why="place-taken")
    body = events.PlaceAdded(code=identity.new_place_code(secrets.randbits), name=named)
    return record(act, events.ADD_PLACE, subject(actor.org_id, tx.new_id()), body)


def retire_place(tx: Tx, actor: Actor, place_id: str) -> Recorded[events.PlaceRetired]:
    """Give up a place; Conflict `place-retired`, or `place-not-empty` while parts stand there."""
    act = begin(tx, actor, "intake.retire_place")
    row = held(tx, queries.find_place(tx.connection, actor.org_id, place_id))
    if queries.standing_at(tx.connection, actor.org_id, row.name, limit=1):
        raise Conflict(why="place-not-empty")
    return record(act, events.RETIRE_PLACE, subject(actor.org_id, row.id), events.PlaceRetired())


def put_there(tx: Tx, actor: Actor, place_id: str, item_id: str) -> Recorded[events.Moved] | None:
    """Move a part to a place with a sign; None where it stands there already, and then nothing is recorded."""
    act = begin(tx, actor, "intake.move")
    place = held(tx, queries.find_place(tx.connection, actor.org_id, place_id))
    item = parts.find_item(tx.connection, actor.org_id, item_id)
    if item.place == place.name:
        return None
    return record(act, events.MOVE, parts.subject_of(item), events.Moved(place=place.name, before=item.place))


def check_drawn(field: str, name: str) -> None:
    """BadInput `missing-glyph` for a name that no sign could show."""
    try:
        split(name, "zh-Hans")
    except CannotDraw as refused:
        raise BadInput(field, "missing-glyph", character=refused.details["code"]) from refused
