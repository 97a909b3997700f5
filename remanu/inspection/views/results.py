"""What was measured on a part: the last result and what it means, all of them, second readings and tests."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.families.characteristic import Characteristic
from remanu.inspection import queries
from remanu.inspection.queries import Bench, Results, Row
from remanu.inspection.schemas import bench, context, spoken
from remanu.parts import queries as parts
from remanu.restoration.queries import to_measure
from remanu.rules.entry import near
from remanu.rules.permissions import PERMISSIONS
from remanu.rules.readings import STAGES
from remanu.web import locale
from remanu.web.access import allow
from remanu.web.acts import Values
from remanu.web.context import actor, here

_WORKSHOP = "read:workshop"


@allow(_WORKSHOP)
def measurements(item_id: str) -> ResponseReturnValue:
    """What was measured on a part, what each result means, and what comes next."""
    with here().database.reading() as connection:
        item = parts.find_item(connection, actor().org_id, item_id)
        at = queries.bench(connection, item.org_id, item.id)
        every = queries.every_result(connection, item.org_id, item.id)
        case = parts.find_case(connection, item.org_id, at.case_id)
        todo = to_measure(connection, case, item_id=item.id, component=item.component)
        shown = {**_results(at, every, todo), **_beside(connection, at, every)}
        still = queries.still_to_repeat(connection, case, _current(at, every))
    return render_template(
        "inspection/measurements.html", item=item, still=len(still), **shown, **context.WORDS, **_WORDS
    )


_WORDS: Values = {
    "methods": spoken.METHOD_WORDS,
    "indication_words": spoken.INDICATION_WORDS,
    "condemn_words": spoken.CONDEMN_WORDS,
}


def _current(at: Bench, every: Sequence[Row]) -> list[Row]:
    return [row for row in every if row.case_id == at.case_id and row.superseded_by is None]


def _results(at: Bench, every: list[Row], todo: Sequence[Characteristic]) -> Values:
    found: dict[Any, Row] = {
        (row.characteristic, row.stage): row for row in reversed(_current(at, every))
    }
    component, stage = at.item.component, STAGES.get(at.state)
    just = [row for row in every if row.id == request.args.get("just")]
    former = [row for row in every if row.superseded_by is not None or row.case_id != at.case_id]
    return {
        "at": at,
        "where": context.place_name(at),
        "stage": stage,
        "due": todo,
        "next_name": todo[0].names.text(locale.current()) if todo else "",
        "may": queries.options(at.family, component, found),
        "may_measure": bool(actor().roles & PERMISSIONS["inspection.measure"]),
        "may_repeat": bool(actor().roles & PERMISSIONS["inspection.repeat"]),
        "just": next(iter(context.lines_of(at.family, component, just)), None),
        "uncertain": bool(just) and _uncertain(just[0]),
        "lines": _by_characteristic(at, found),
        "former": context.lines_of(at.family, component, former),
    }


def _uncertain(row: Row) -> bool:
    """Whether the uncertainty of a result reaches across a new limit."""
    if row.uncertainty is None or row.deciding is None:
        return False
    limits = [Decimal(one) for one in (row.new_min, row.new_max) if one is not None]
    return near(Decimal(row.deciding), limits, Decimal(row.uncertainty))


def _by_characteristic(at: Bench, found: Results) -> list[Values]:
    """One line a characteristic: as found, and as it is now where it was measured again later."""
    lines = []
    for one in at.family.characteristics_of(at.item.component):
        first, last = found.get((one.code, "as_found")), queries.newest(found, one.code)
        if last is not None:
            name = one.names.text(locale.current())
            lines.append({"asked": one, "name": name, "first": first, "last": last})
    return lines


def _beside(connection: Connection, at: Bench, every: Sequence[Row]) -> Values:
    """What stands beside the results: second readings, indications of tests, a finding that ends all measuring."""
    tested = [row.id for row in every if row.method is not None]
    return {
        "second": queries.repeats(connection, at.item.org_id, at.case_id),
        "shown_by": queries.indications(connection, at.item.org_id, tested),
        "condemned": queries.condemnations(connection, at.item.org_id, at.case_id).get(at.item.id),
    }


@allow(_WORKSHOP)
def take_instrument(instrument_id: str) -> ResponseReturnValue:
    """Keep an instrument in hand on this device: the next form suggests it. Its label leads here."""
    with here().database.reading() as connection:
        one = queries.find_instrument(connection, actor().org_id, instrument_id)
    response = redirect(url_for("inspection.instruments", _anchor=f"i-{one.id}"), 303)
    secure = here().config.secure_cookies
    response.set_cookie(bench.TOOL_COOKIE, one.id, secure=secure, httponly=True, samesite="Lax")
    return response


ROUTES = (
    ("/parts/<item_id>/measurements", measurements),
    ("/instruments/<instrument_id>/take", take_instrument),
)
