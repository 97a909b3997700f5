"""What an instrument was used for: readings, torques and test runs in a span of days, as page and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import instrument_classes, pack_of
from remanu.inspection import queries
from remanu.inspection.queries import Row
from remanu.inspection.schemas import boarded, context, used
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.locale import current
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
    "doubted",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@allow(_WORKSHOP)
def uses(instrument_id: str) -> ResponseReturnValue:
    """What was done with an instrument, newest first, with the cases and releases that rest on it."""
    who = actor()
    with here().database.reading() as connection:
        one = queries.find_instrument(connection, who.org_id, instrument_id)
        found = used.used(connection, one)
        recalls = [used.reached(connection, row) for row in queries.recalls(connection, who.org_id, one.id)]
        ready = queries.instrument_on(connection, who.org_id, one.id, context.today())
        classes = instrument_classes(connection, who.org_id)
        names = _names(connection, found.rows)
    kept = {"since": found.since, "until": found.until}
    return render_template(
        "inspection/uses.html",
        one=one,
        ready=ready,
        recalls=recalls,
        class_name=context.class_name(classes, one.class_code),
        rows=found.rows,
        counted=found.counted,
        followed=found.followed,
        days=(found.since, found.until),
        words=USES,
        names=names,
        kept=urlencode(kept),
        more=urlencode({**kept, "after": found.next}) if found.next else "",
        after=request.args.get("after", ""),
        may_recall=bool(who.roles & PERMISSIONS["inspection.recall_instrument"]),
        **boarded.WORDS,
    )


def _names(connection: Connection, rows: Iterable[Row]) -> dict[str, str]:
    """The characteristics in the words of the packs that the parts were worked under."""
    kinds = {(row.family, row.pack): row for row in rows}
    packs = [pack_of(connection, row) for row in kinds.values()]
    return {one.code: one.names.text(current()) for pack in packs for one in pack.characteristics}


@allow(_WORKSHOP)
def uses_csv(instrument_id: str) -> ResponseReturnValue:
    """The same as a table for other programs: everything in the span, not a page of it."""
    with here().database.reading() as connection:
        one = queries.find_instrument(connection, actor().org_id, instrument_id)
        body = "".join(_lines(used.every(connection, one)))
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
