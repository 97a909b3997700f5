"""Small stories of tests, told through the same actions that people use."""

from __future__ import annotations

from typing import Any

from remanu.db import Tx
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import begin
from remanu.parts import actions, events
from remanu.rules.actor import Actor
from tests import people

_ITEM = {
    "family": "diesel-engine",
    "component": "engine",
    "name": "Diesel engine",
    "maker": "Nordwerk",
    "part_number": "NW-6L-200",
    "serial": None,
    "condition": "as_received",
    "origin": "core",
}


def make_item(tx: Tx, actor: Actor = people.TECHNICIAN, **changes: Any) -> Recorded[events.Registered]:
    """A part of the record; without `serial` it can be made any number of times."""
    return actions.register(begin(tx, actor, "parts.register"), actions.NewItem(**{**_ITEM, **changes}))
