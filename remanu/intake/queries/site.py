"""Reading work on site: the lock-out, and whether counters were read at both ends (domain.md §3.8)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.intake.models import SiteWork
from remanu.parts.models import CounterReading
from remanu.parts.queries import CaseView

Row = sa.Row[Any]


def site_of(connection: Connection, case: CaseView) -> Row | None:
    """What was accepted on site for the case, or None in the workshop."""
    if not case.on_site:
        return None
    return connection.execute(
        sa.select(SiteWork.__table__).where(SiteWork.org_id == case.org_id, SiteWork.case_id == case.id)
    ).first()


def site_facts(connection: Connection, case: CaseView) -> dict[str, bool]:
    """The guards of work on site; in the workshop nothing is locked out and nothing has to be read twice."""
    site = site_of(connection, case)
    if site is None:
        return {"locked_out": False, "isolation_lifted": not case.on_site, "site_counters_read": not case.on_site}
    lifted = site.lifted_at is not None
    return {
        "locked_out": not lifted,
        "isolation_lifted": lifted,
        "site_counters_read": lifted and not unread_counters(connection, case, site),
    }


def unread_counters(connection: Connection, case: CaseView, site: Row) -> list[str]:
    """Counters of the unit that were not read again since the lock-out was lifted; all, where none ever was.

    Equipment goes on counting while it is worked on, so one reading stands at each end.
    """
    rows = connection.execute(
        sa.select(CounterReading.counter, sa.func.max(CounterReading.read_at).label("last"))
        .where(CounterReading.org_id == case.org_id, CounterReading.item_id == case.item.id)
        .group_by(CounterReading.counter)
    ).all()
    if not rows:
        return ["*"] if case.family.counters else []
    return [row.counter for row in rows if site.lifted_at is None or row.last <= site.lifted_at]
