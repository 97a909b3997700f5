"""What an address asks of an instrument's uses, and of the list of nonconformities; pages and JSON ask alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy.engine import Connection

from remanu.inspection import queries
from remanu.inspection.queries import Ready, Row
from remanu.inspection.schemas import context
from remanu.release import queries as release
from remanu.rules.findings import NONCONFORMITY_CAUSES
from remanu.rules.lifecycle import SM3

STATES = tuple(dict.fromkeys(step.target for step in SM3))


@dataclass(frozen=True, slots=True)
class Used:
    """A page of uses: the two days asked for, how many there are, and where the next page begins.

    `followed` are the cases that a measured part led to afterwards, with its way.
    """

    since: str
    until: str
    counted: dict[str, int]
    rows: list[Row]
    next: str
    followed: list[release.Followed]


def filters() -> dict[str, str]:
    """The filters of the list; what is no state or cause asks for nothing."""
    state = request.args.get("state", queries.OPEN)
    cause = request.args.get("cause", "")
    return {
        "state": state if state in {queries.OPEN, "all", *STATES} else queries.OPEN,
        "cause": cause if cause in NONCONFORMITY_CAUSES else "",
        "before": request.args.get("before", ""),
    }


def span(connection: Connection, one: Ready) -> tuple[str, str]:
    """The days that the address asks for; else those of the newest recall, else since the last good calibration."""
    given = request.args.get("since"), request.args.get("until")
    if given != (None, None):
        return given[0] or "", given[1] or ""
    newest = next(iter(queries.recalls(connection, one.org_id, one.id)), None)
    if newest is not None:
        return newest.since or "", newest.until
    return queries.last_good(connection, one.org_id, one.id, until=context.today()) or "", ""


def used(connection: Connection, one: Ready) -> Used:
    """The page of uses that the address asks for."""
    days = span(connection, one)
    asked = release.window(connection, one, since=days[0], until=days[1])
    rows = release.uses_of(connection, asked, after=request.args.get("after", ""))
    more = release.cursor(rows[-1]) if len(rows) == release.PAGE else ""
    followed = release.followed(connection, asked)
    return Used(*days, release.counted(connection, asked), rows, more, followed)


def every(connection: Connection, one: Ready) -> Iterator[Row]:
    """All uses of these days, not a page of them."""
    days = span(connection, one)
    return release.every_use(connection, release.window(connection, one, since=days[0], until=days[1]))


def reached(connection: Connection, row: Any) -> dict[str, Any]:
    """A recall with how many releases it put under review, and how many still are."""
    whole, standing = release.reached(connection, row.org_id, row.id)
    return {"row": row, "reached": whole, "standing": standing}
