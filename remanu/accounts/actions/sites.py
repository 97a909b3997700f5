"""Sites of an organisation: where work is done and released, as scopes of certificates name it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from remanu.accounts.events import sites as events
from remanu.accounts.queries import sites as queries
from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, begin, record
from remanu.rules import text
from remanu.rules.actor import Actor

_NAME, _MOST = 120, 50


def open_site(
    tx: Tx, actor: Actor, *, name: str, opened_on: date, usual: bool, places: Sequence[str] = ()
) -> Recorded[events.SiteOpened]:
    """Enter a site from a day on; Conflict where its name, or a place of it, belongs to one in use."""
    act = begin(tx, actor, "accounts.open_site")
    called = text.clean_line("name", name, limit=_NAME)
    within = tuple(dict.fromkeys(text.clean_line("places", one, limit=_NAME) for one in places))
    if len(within) > _MOST:
        raise BadInput("places", "too-long")
    _check_free(act, {one.casefold() for one in (called, *within)})
    body = events.SiteOpened(name=called, places=within, usual=usual, opened_on=opened_on.isoformat())
    return record(act, events.OPEN_SITE, subject(actor.org_id, tx.new_id()), body)


def _check_free(act: Act, wanted: set[str]) -> None:
    for one in queries.sites(act.tx.connection, act.actor.org_id):
        taken = {each.casefold() for each in (one.name, *json.loads(one.places))}
        if one.closed_on is None and taken & wanted:
            raise Conflict(why="site-known", site=one.name)


def close_site(tx: Tx, actor: Actor, site_id: str, *, closed_on: date) -> Recorded[events.SiteClosed]:
    """Nothing is released there from a day on; what was released keeps its site."""
    act = begin(tx, actor, "accounts.close_site")
    row = queries.find_site(tx.connection, actor.org_id, site_id)
    if row.closed_on is not None:
        raise Conflict(why="site-closed", site=row.name)
    if closed_on.isoformat() < row.opened_on:
        raise BadInput("closed_on", "ends-before")
    body = events.SiteClosed(closed_on=closed_on.isoformat())
    return record(act, events.CLOSE_SITE, subject(actor.org_id, row.id), body)
