"""Where a part stands: a place by its name, or by the sign that hangs there and was scanned."""

from __future__ import annotations

import sqlalchemy as sa

from remanu.accounts import queries as accounts
from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.intake import queries
from remanu.intake.actions import words
from remanu.intake.models import WorkPlace
from remanu.intake.queries import Row
from remanu.rules import identity
from remanu.rules.actor import Actor

_ADDRESS = "http"


def where(tx: Tx, actor: Actor, given: str | None) -> str:
    """The name of the place that was scanned or typed; a name is taken as a place in use spells it.

    BadInput `unknown-place` for a sign of nobody here, `not-a-place` for a label, `badge-scanned`; Conflict
    `place-retired`.
    """
    line = words.needed("place", given)
    check_no_badge(tx, "place", line)
    # A place that is called so is meant, whatever else its name may be read as.
    named = queries.place_named(tx.connection, actor.org_id, line)
    if named is not None:
        return str(held(tx, named).name)
    code = _sign(tx, line)
    if code:
        found = queries.place_coded(tx.connection, actor.org_id, code)
        if found is not None:
            return str(held(tx, found).name)
    if line.lower().startswith(_ADDRESS):
        # Of a sign of somebody else, or of a scanner whose keyboard layout changed it: no place is called so.
        raise BadInput("place", "unknown-place")
    return line


def check_no_badge(tx: Tx, field: str, line: str) -> None:
    """BadInput `badge-scanned`: what lets a person in does not go into a record that keeps it for ever."""
    if identity.is_badge(line) and accounts.is_badge(tx.connection, tx.keyring, line.strip()):
        raise BadInput(field, "badge-scanned")


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


def held(tx: Tx, place: Row) -> Row:
    """The place, which nobody gives up or fills at the same moment; Conflict `place-retired` where it was given up.

    Its row is touched, so that of an act that puts something there and one that gives it up the later one looks again.
    """
    if place.retired_at is not None:
        raise Conflict(why="place-retired", place=place.name)
    mine = (WorkPlace.org_id == place.org_id, WorkPlace.id == place.id)
    tx.execute(sa.update(WorkPlace).where(*mine).values(name=WorkPlace.name))
    return place
