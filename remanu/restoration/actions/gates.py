"""What all acts of restoration ask first: amounts not below nothing, an open case, a component and its place."""

from __future__ import annotations

from remanu.errors import BadInput, Conflict, GuardFailed
from remanu.parts.queries import CaseView
from remanu.restoration.queries import Place, Row, Sight
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


def check_open(case: CaseView, verb: str) -> None:
    """The case lets this act on a component happen: open, in a fitting state, and not on hold."""
    if case.closed_at is not None:
        raise Conflict(why="case-closed", case=case.id)
    workshop.check_state(verb, case.state)
    if case.holds:
        raise GuardFailed(action=verb, state=case.state, missing=["not_on_hold"])


def component(seen: Sight, item_id: str) -> Row:
    """The component's place in the case; Conflict for the unit itself and for what is no longer in the case."""
    if item_id == seen.case.item.id:
        raise Conflict(why="not-of-unit")
    for route in seen.active.values():
        if route.item_id == item_id:
            return route
    raise Conflict(why="out-of-case")


def place(seen: Sight, code: str) -> Place:
    """A place of the family's tree; BadInput when it has none of this code."""
    for one in seen.places:
        if one.code == code:
            return one
    raise BadInput("position", "no-such-position")
