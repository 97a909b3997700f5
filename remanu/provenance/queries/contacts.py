"""How readers want to be reached about their reports, and the dated figure by which that is deleted."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.keys import Keyring, decrypt
from remanu.provenance.models import ReportContact
from remanu.rules.reports import Keeping, keeping_on


@dataclass(frozen=True, slots=True)
class Contact:
    """How the reader may be reached, and when that is deleted at the latest."""

    text: str
    until: datetime


@cache
def every() -> tuple[Keeping, ...]:
    """All dated rows of the package."""
    source = files("remanu.provenance").joinpath("data", "contacts.toml")
    return tuple(Keeping(**one) for one in tomllib.loads(source.read_text("utf-8"))["contacts"])


def keep_days(day: date) -> int:
    """How many days a contact is kept, by what applies on a day."""
    return keeping_on(every(), day).keep_days


def contact_key(keyring: Keyring, org_id: str) -> bytes:
    """The key under which an organisation's contacts are encrypted."""
    return keyring.mac("report-contact", org_id.encode())


def contacts(
    connection: Connection, org_id: str, reports: Collection[str], *, keyring: Keyring, now: datetime
) -> dict[str, Contact]:
    """Contacts of these reports that are within their retention, whether or not the hourly job has run."""
    kept = timedelta(days=keep_days(now.date()))
    mine = (
        ReportContact.org_id == org_id,
        ReportContact.report_id.in_(list(reports)),
        ReportContact.at >= now - kept,
    )
    key = contact_key(keyring, org_id)
    rows = connection.execute(sa.select(*ReportContact.__table__.columns).where(*mine))
    return {
        row.report_id: Contact(
            decrypt(key, row.contact, bound_to=row.report_id.encode()).decode(), row.at + kept
        )
        for row in rows
    }
