"""Pages of inspection: results of a part, the disposition sheet of a case, instruments with their calibration."""

from __future__ import annotations

from uuid import uuid4

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import instrument_classes
from remanu.families.family import Family
from remanu.families.places import in_order
from remanu.inspection import queries
from remanu.inspection.queries import Results
from remanu.inspection.queries.instruments import PAGE as INSTRUMENTS
from remanu.inspection.schemas import VERBS, bench, context, spoken
from remanu.inspection.views import capability as processes
from remanu.inspection.views import nonconformities as board
from remanu.inspection.views import results
from remanu.inspection.views import uses as used
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.acts import Values, publish_pages
from remanu.web.context import actor, here

_WORKSHOP = "read:workshop"


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("inspection", __name__)
    publish_pages(VERBS, blueprint)
    blueprint.add_url_rule("/cases/<case_id>/dispositions", "dispositions", dispositions)
    blueprint.add_url_rule("/instruments", "instruments", instruments)
    for path, view in (*results.ROUTES, *board.ROUTES, *used.ROUTES, *processes.ROUTES):
        blueprint.add_url_rule(path, view.__name__, view)
    return blueprint


@allow(_WORKSHOP)
def dispositions(case_id: str) -> ResponseReturnValue:
    """Every component found with its worst verdict, and what may become of it."""
    with here().database.reading() as connection:
        case = parts.find_case(connection, actor().org_id, case_id)
        shown = _sheet(connection, case)
    return render_template("inspection/dispositions.html", case=case, **shown, **context.WORDS)


def _sheet(connection: Connection, case: CaseView) -> Values:
    family = case.family
    by_item = queries.latest_by_item(connection, case.org_id, case.id)
    routes = in_order(family, parts.routes(connection, case.org_id, case.id))
    raised = queries.nonconformities(connection, case.org_id, case.id)
    now = here().database.clock.now()
    ended = queries.ended_lives(connection, case, now)
    facts = queries.facts(connection, case, now)
    # Whoever reads a second time must not have seen the first result here.
    every = [row for found in by_item.values() for row in found.values()]
    hidden = {row.id for row in queries.still_to_repeat(connection, case, every)}
    lines = [_component(family, row, by_item.get(row.item_id, {}), ended=ended) for row in routes if row.found]
    return {
        "lines": lines,
        "hidden": hidden,
        "raised": [{"row": row, "note": context.noted(connection, row)} for row in raised],
        "facts": facts,
        "may_dispose": bool(actor().roles & PERMISSIONS["inspection.dispose"]),
        "may_measure": bool(actor().roles & PERMISSIONS["inspection.measure"]),
        "step": _step(case, facts),
        "rule": queries.rule_of(connection, case.org_id, case.id),
        "entry_words": spoken.ENTRY_WORDS,
        "second_words": spoken.SECOND_WORDS,
        "may_set": bool(actor().roles & PERMISSIONS["inspection.set_bench"]),
    }


def _component(family: Family, route: queries.Row, found: Results, *, ended: frozenset[str]) -> Values:
    may = queries.options(family, route.component, found)
    if route.item_id in ended:
        may = queries.after_life(may)
    todo = queries.due(family, route.component, stage="as_found", found=found)
    whole = queries.wanted(family, route.component)
    return {
        "route": route,
        "place": context.position_name(family, route.component, route.position),
        "may": may,
        "held": context.lines_of(family, route.component, may.decided_by),
        "done": len(whole) - len(todo),
        "whole": len(whole),
        "stale": route.disposition is not None and route.disposition not in may.permitted,
        "key": str(uuid4()),
    }


_NEEDS = {
    "inspect": ("characteristics_measured", "instruments_calibrated", "people_qualified", "readings_repeated"),
    "disposition": ("components_disposed",),
}


def _step(case: CaseView, facts: dict[str, bool]) -> Values | None:
    """The step that closes this page's work, with what is missing; None in any other state."""
    verb = {"CLEANED": "inspect", "INSPECTED": "disposition"}.get(case.state)
    if verb is None:
        return None
    missing = [name for name in _NEEDS[verb] if not facts[name]]
    may = bool(actor().roles & PERMISSIONS[f"inspection.{verb}"])
    return {"verb": verb, "missing": missing, "may": may, "needs": sorted(PERMISSIONS[f"inspection.{verb}"])}


@allow(_WORKSHOP)
def instruments() -> ResponseReturnValue:
    """The organisation's instruments and their calibration today, a page at a time."""
    who = actor()
    given = request.args.get("after", "")
    after = given if given.isprintable() else ""
    with here().database.reading() as connection:
        every = queries.instruments_page(connection, who.org_id, context.today(), after=after)
        known = instrument_classes(connection, who.org_id)
    return render_template(
        "inspection/instruments.html",
        instruments=[{"one": one, "class_name": context.class_name(known, one.class_code)} for one in every],
        may_calibrate=bool(who.roles & PERMISSIONS["inspection.calibrate"]),
        may_add=bool(who.roles & PERMISSIONS["catalogue.add_instrument"]),
        may_set=bool(who.roles & PERMISSIONS["inspection.set_bench"]),
        in_hand=request.cookies.get(bench.TOOL_COOKIE),
        after=after,
        following=every[-1].number if len(every) == INSTRUMENTS else "",
    )
