"""Labels for many parts at once: all of them are reserved, or none is and every reason is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from remanu.catalogue.queries import pack_of
from remanu.db import Tx
from remanu.errors import BadInput, Conflict, Refusal
from remanu.labelling.actions.labels import reserve
from remanu.ledger.record import begin
from remanu.parts import queries as parts
from remanu.rules.actor import Actor

MOST = 200


def reserve_many(tx: Tx, actor: Actor, items: Sequence[str], *, media: str, locale: str) -> list[str]:
    """Give each of these parts a label or a tag where its pack plans one; returns the ids of the labels.

    Conflict `some-stand-against` names every part that cannot have one, and then none gets one.
    """
    begin(tx, actor, "labelling.reserve")
    wanted = list(dict.fromkeys(items))
    if not 0 < len(wanted) <= MOST:
        raise BadInput("items", "nothing-chosen" if not wanted else "too-many")
    made, against = [], []
    for one in wanted:
        item = parts.find_item(tx.connection, actor.org_id, one)
        placement = pack_of(tx.connection, item).label.placement
        try:
            done = reserve(tx, actor, one, placement=placement, media=media, locale=locale)
        except Refusal as refusal:
            against.append(_said(item, refusal))
            continue
        made.append(done.body.label)
    if against:
        raise Conflict(why="some-stand-against", parts=against)
    return made


def _said(item: Any, refusal: Refusal) -> dict[str, str]:
    missing = refusal.details.get("missing")
    why = missing[0] if isinstance(missing, list) else refusal.details.get("why", refusal.code)
    return {"item": item.id, "name": item.name, "code": item.code, "why": str(why)}
