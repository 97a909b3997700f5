"""What all acts of restoration ask first: amounts that cannot be negative, a component in its case, gathered facts."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from remanu.db import Tx
from remanu.errors import BadInput, Conflict, GuardFailed
from remanu.inspection import queries as inspection
from remanu.parts.queries import CaseView
from remanu.restoration import queries
from remanu.restoration.queries import Row
from remanu.rules import units, workshop


def amount(field: str, text: str, unit: str) -> str:
    """A quantity of this unit as a decimal string; BadInput `negative` for less than nothing."""
    quantity = units.parse(field, text, unit)
    if quantity.value < 0:
        raise BadInput(field, "negative")
    return quantity.text


def amount_or_none(field: str, text: str | None, unit: str) -> str | None:
    """The same for a quantity that may be unknown."""
    return None if text is None else amount(field, text, unit)


def gathered(tx: Tx, case: CaseView) -> dict[str, bool]:
    """The facts of inspection and restoration about a case."""
    return {
        **inspection.facts(tx.connection, case, tx.now),
        **queries.facts(tx.connection, case, tx.now),
    }


def check_open(case: CaseView, verb: str) -> None:
    """The case lets this act on a component happen: open, in a fitting state, and not on hold."""
    if case.closed_at is not None:
        raise Conflict(why="case-closed", case=case.id)
    workshop.check_state(verb, case.state)
    if case.holds:
        raise GuardFailed(action=verb, state=case.state, missing=["not_on_hold"])


def component(connection: Connection, case: CaseView, item_id: str) -> Row:
    """The component's place in the case; Conflict for the unit itself and for what is no longer in the case."""
    if item_id == case.item.id:
        raise Conflict(why="not-of-unit")
    for route in queries.active(connection, case).values():
        if route.item_id == item_id:
            return route
    raise Conflict(why="out-of-case")


def place(connection: Connection, case: CaseView, code: str) -> queries.Place:
    """A place of the family's tree; BadInput when it has none of this code."""
    for one in queries.places(connection, case):
        if one.code == code:
            return one
    raise BadInput("position", "no-such-position")
