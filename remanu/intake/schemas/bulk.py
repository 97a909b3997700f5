"""Acts on everything in the basket: their words, shapes and doing, for pages and JSON alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from remanu.db import Tx
from remanu.errors import BadInput
from remanu.intake import actions
from remanu.intake.schemas import desk
from remanu.rules import basket as rules
from remanu.rules.actor import Actor
from remanu.web import shape
from remanu.web.context import actor, here
from remanu.web.words import N_
from remanu.web.work import perform

Values = dict[str, Any]
Do = Callable[..., list[Any]]
ACTS: Mapping[str, tuple[str, type[shape.Form], Do]] = {
    "receive": (N_("Receive them all"), desk.ReceiveAll, actions.receive_all),
    "accept": (N_("Accept them all"), desk.AcceptAll, actions.accept_all),
    "move": (N_("Move them all"), desk.MoveAll, actions.move_all),
    "remove": (N_("Remove them all from where they sit"), desk.RemoveAll, actions.remove_all),
}
KINDS: Mapping[str, str] = {one: f"intake.{one}" for one in ACTS} | {"remove": "parts.remove"}
"""The kind of event that each act records of every part."""


def do_all(act: str, values: Values, *, key: str | None) -> Values:
    """Act on everything in the basket or on nothing, once for the key; how many, and by which events."""
    who, do = actor(), ACTS[act][2]

    def work(tx: Tx) -> Values:
        return _done(do, tx, who, values)

    return perform(here().database, who, key=key, asked={"basket": act, "values": values}, work=work).values


def _done(do: Do, tx: Tx, who: Actor, values: Values) -> Values:
    given = dict(values)
    codes = given.pop("codes")
    if len(codes) > rules.MOST:
        raise BadInput("codes", "too-long", limit=rules.MOST)
    found = do(tx, who, codes, **given)
    return {"count": len(found), "events": [one.id for one in found]}
