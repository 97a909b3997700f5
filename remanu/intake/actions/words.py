"""What every act of intake does with what was typed: clean it, or seal it for the organisation alone."""

from __future__ import annotations

from decimal import Decimal

from remanu.errors import BadInput
from remanu.ledger import seal
from remanu.ledger.record import Private
from remanu.rules import text, units

LINE = 120
NOTE = 2000


def line(field: str, given: str | None) -> str | None:
    """The cleaned line, None when nothing was given."""
    return None if given is None else text.clean_line(field, given, limit=LINE)


def needed(field: str, given: str | None) -> str:
    """The cleaned line; BadInput `required` when nothing was given."""
    if given is None:
        raise BadInput(field, "required")
    return text.clean_line(field, given, limit=LINE)


def note(field: str, given: str | None) -> str | None:
    """The cleaned note of several lines, None when nothing was given."""
    return None if given is None else text.clean_note(field, given, limit=NOTE)


def amount(field: str, given: str | None, unit: str) -> str | None:
    """The digits of a quantity in this unit, None when nothing was given; BadInput `negative` below zero."""
    if given is None:
        return None
    quantity = units.parse(field, given, unit)
    if quantity.value < Decimal(0):
        raise BadInput(field, "negative")
    return quantity.text


def private(org_id: str, **fields: str | None) -> Private | None:
    """What is given, sealed with the organisation's key; None when nothing is."""
    given = {name: value for name, value in fields.items() if value is not None}
    return Private(seal.organisation_key(org_id), given) if given else None
