"""Where a part stands: a place by its name, or by the sign that hangs there and was scanned."""

from __future__ import annotations

from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.intake import queries
from remanu.intake.actions import words
from remanu.intake.queries import Row
from remanu.rules import identity
from remanu.rules.actor import Actor

_ADDRESS = "http"


def where(tx: Tx, actor: Actor, given: str | None) -> str:
    """The name of the place that was scanned or typed; a name is taken as a place in use spells it.

    BadInput `unknown-place` for a sign of nobody here, `not-a-place` for a label; Conflict `place-retired`.
    """
    line = words.needed("place", given)
    code = _sign(tx, line)
    if code:
        found = queries.place_coded(tx.connection, actor.org_id, code)
        if found is not None:
            return str(in_use(found).name)
    if line.lower().startswith(_ADDRESS):
        # Of a sign of somebody else, or of a scanner whose keyboard layout changed it: no place is called so.
        raise BadInput("place", "unknown-place")
    named = queries.place_named(tx.connection, actor.org_id, line)
    return line if named is None else str(named.name)


def _sign(tx: Tx, line: str) -> str:
    """The code of a place that the line is; nothing for a plain name, which may look like anything."""
    try:
        return identity.parse_place_scan(line, tx.label_hosts)
    except BadInput:
        pass
    try:
        identity.parse_scan(line, tx.label_hosts)
    except BadInput:
        return ""
    raise BadInput("place", "not-a-place")


def in_use(place: Row) -> Row:
    """The place; Conflict `place-retired` where it was given up."""
    if place.retired_at is not None:
        raise Conflict(why="place-retired", place=place.name)
    return place
