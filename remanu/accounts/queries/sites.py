"""Sites of an organisation, and at which of them a unit is on a day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import OrganisationSite
from remanu.errors import NotFound

Row = sa.Row[Any]
_ALL = sa.select(OrganisationSite.__table__)


def sites(connection: Connection, org_id: str) -> list[Row]:
    """Every site of the organisation, those in use first, by name."""
    chosen = _ALL.where(OrganisationSite.org_id == org_id)
    order = (OrganisationSite.closed_on.is_not(None), OrganisationSite.name, OrganisationSite.id)
    return list(connection.execute(chosen.order_by(*order)))


def find_site(connection: Connection, org_id: str, site_id: str) -> Row:
    """One of them; NotFound otherwise."""
    row = connection.execute(
        _ALL.where(OrganisationSite.org_id == org_id, OrganisationSite.id == site_id)
    ).first()
    if row is None:
        raise NotFound(what="site")
    return row


def site_on(connection: Connection, org_id: str, place: str | None, day: date) -> str | None:
    """The name of the site to which a place belongs on a day, else of the usual one; None where none is known.

    Names and places are compared without regard to case.
    """
    spoken = (place or "").casefold()
    usual = None
    for one in sites(connection, org_id):
        if not one.opened_on <= day.isoformat() < (one.closed_on or "9999"):
            continue
        if spoken and spoken in {each.casefold() for each in (one.name, *json.loads(one.places))}:
            return str(one.name)
        usual = str(one.name) if one.usual else usual
    return usual
