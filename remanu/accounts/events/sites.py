"""What can happen to the sites of an organisation: one is opened, one is closed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.accounts.models import OrganisationSite
from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOpened:
    """A site under the name by which scopes of certificates name it, from its first day on.

    `places` are the places of units that belong to it. The usual one is where units are that stand in no place of any;
    there is one at a time, and the newest takes it over.
    """

    name: str
    places: tuple[str, ...] = ()
    usual: bool
    opened_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteClosed:
    """Nothing is released there any longer from this day on."""

    closed_on: str


def _open_site(tx: Tx, done: Recorded[SiteOpened]) -> None:
    b = done.body
    if b.usual:
        tx.execute(sa.update(OrganisationSite).where(OrganisationSite.org_id == done.org_id).values(usual=False))
    tx.execute(
        sa.insert(OrganisationSite).values(
            org_id=done.org_id,
            id=done.subject.id,
            name=b.name,
            places=json.dumps(b.places, ensure_ascii=False),
            usual=b.usual,
            opened_on=b.opened_on,
        )
    )


def _close_site(tx: Tx, done: Recorded[SiteClosed]) -> None:
    mine = (OrganisationSite.org_id == done.org_id, OrganisationSite.id == done.subject.id)
    tx.execute(sa.update(OrganisationSite).where(*mine).values(closed_on=done.body.closed_on))


OPEN_SITE = Kind("accounts.open_site", 1, SiteOpened, _open_site)
CLOSE_SITE = Kind("accounts.close_site", 1, SiteClosed, _close_site)
KINDS: tuple[Kind[Any], ...] = (OPEN_SITE, CLOSE_SITE)
