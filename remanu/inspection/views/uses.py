"""What an instrument was used for: readings, torques and test runs in a span of days, as page and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import instrument_classes
from remanu.inspection import queries
from remanu.inspection.queries import Ready
from remanu.inspection.schemas import boarded, context
from remanu.release import queries as release
from remanu.release.queries import Window
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.acts import Values
from remanu.web.context import actor, here
from remanu.web.words import N_

_WORKSHOP = "read:workshop"
USES = {"reading": N_("Reading"), "torque": N_("Torque"), "test": N_("Test run")}
COLUMNS = (
    "kind",
    "at",
    "code",
    "name",
    "part_number",
    "serial",
    "what",
    "value",
    "unit",
    "case_number",
    "case_state",
    "certificate",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def span(connection: Connection, one: Ready) -> tuple[str, str]:
    """The days that the address asks for; else those of the newest recall, else since the last good calibration."""
    given = request.args.get("since"), request.args.get("until")
    if given != (None, None):
        return given[0] or "", given[1] or ""
    newest = next(iter(queries.recalls(connection, one.org_id, one.id)), None)
    if newest is not None:
        return newest.since or "", newest.until
    return queries.last_good(connection, one.org_id, one.id, until=context.today()) or "", ""


def asked(connection: Connection, one: Ready) -> tuple[Window, tuple[str, str]]:
    """The uses that the address asks for, and its two days."""
    days = span(connection, one)
    return release.window(connection, one, since=days[0], until=days[1]), days


@allow(_WORKSHOP)
def uses(instrument_id: str) -> ResponseReturnValue:
    """What was done with an instrument, newest first, with the cases and releases that rest on it."""
    who, after = actor(), request.args.get("after", "")
    with here().database.reading() as connection:
        one = queries.find_instrument(connection, who.org_id, instrument_id)
        wanted, days = asked(connection, one)
        rows = release.uses_of(connection, wanted, after=after)
        today = queries.instrument_on(connection, who.org_id, one.id, context.today())
        page: Values = {
            "counted": release.counted(connection, wanted),
            "recalls": [_reached(connection, row) for row in queries.recalls(connection, who.org_id, one.id)],
            "class_name": context.class_name(instrument_classes(connection, who.org_id), one.class_code),
        }
    kept = {"since": days[0], "until": days[1]}
    whole = len(rows) == release.PAGE
    return render_template(
        "inspection/uses.html",
        one=one,
        rows=rows,
        days=days,
        words=USES,
        kept=urlencode(kept),
        more=urlencode({**kept, "after": release.cursor(rows[-1])}) if whole else "",
        after=after,
        ready=today,
        may_recall=bool(who.roles & PERMISSIONS["inspection.recall_instrument"]),
        **page,
        **boarded.WORDS,
    )


def _reached(connection: Connection, row: Any) -> Values:
    reached, standing = release.reached(connection, row.org_id, row.id)
    return {"row": row, "reached": reached, "standing": standing}


@allow(_WORKSHOP)
def uses_csv(instrument_id: str) -> ResponseReturnValue:
    """The same as a table for other programs: everything in the span, not a page of it."""
    with here().database.reading() as connection:
        one = queries.find_instrument(connection, actor().org_id, instrument_id)
        wanted, _ = asked(connection, one)
        body = "".join(_lines(release.every_use(connection, wanted)))
    response = Response(body, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="uses-{one.id}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _lines(rows: Any) -> Iterator[str]:
    yield _line(COLUMNS)
    for row in rows:
        yield _line(tuple(_cell(getattr(row, name)) for name in COLUMNS))


def _cell(value: Any) -> str:
    # A spreadsheet takes such a beginning for a formula.
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not _number(text) else text


def _number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdigit()


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


ROUTES = (
    ("/instruments/<instrument_id>/uses", uses),
    ("/instruments/<instrument_id>/uses.csv", uses_csv),
)
