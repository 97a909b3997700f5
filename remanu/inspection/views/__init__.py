"""Pages of inspection: results of a part, the disposition sheet of a case, instruments with their calibration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import instrument_classes
from remanu.families.characteristic import Characteristic
from remanu.families.family import Family
from remanu.inspection import queries
from remanu.inspection.queries import Results
from remanu.inspection.schemas import VERBS, context
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView
from remanu.restoration.queries import to_measure
from remanu.rules.permissions import PERMISSIONS
from remanu.rules.readings import STAGES
from remanu.web import locale
from remanu.web.access import allow
from remanu.web.acts import Values, publish_pages
from remanu.web.context import actor, here

_WORKSHOP = "read:workshop"


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("inspection", __name__)
    publish_pages(VERBS, blueprint)
    blueprint.add_url_rule("/parts/<item_id>/measurements", "measurements", measurements)
    blueprint.add_url_rule("/cases/<case_id>/dispositions", "dispositions", dispositions)
    blueprint.add_url_rule("/instruments", "instruments", instruments)
    return blueprint


@allow(_WORKSHOP)
def measurements(item_id: str) -> ResponseReturnValue:
    """What was measured on a part, what each result means, and what comes next."""
    with here().database.reading() as connection:
        item = parts.find_item(connection, actor().org_id, item_id)
        at = queries.bench(connection, item.org_id, item.id)
        every = queries.every_result(connection, item.org_id, item.id)
        case = parts.find_case(connection, item.org_id, at.case_id)
        todo = to_measure(connection, case, item_id=item.id, component=item.component)
    return render_template("inspection/measurements.html", item=item, **_results(at, every, todo), **context.WORDS)


def _results(at: queries.Bench, every: list[queries.Row], todo: Sequence[Characteristic]) -> Values:
    found: dict[Any, queries.Row] = {
        (row.characteristic, row.stage): row
        for row in reversed(every)
        if row.case_id == at.case_id and row.superseded_by is None
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
        "just": next(iter(context.lines_of(at.family, component, just)), None),
        "lines": _by_characteristic(at, found),
        "former": context.lines_of(at.family, component, former),
    }


def _by_characteristic(at: queries.Bench, found: Results) -> list[Values]:
    """One line a characteristic: as found, and as it is now where it was measured again later."""
    lines = []
    for one in at.family.characteristics_of(at.item.component):
        first, last = found.get((one.code, "as_found")), queries.newest(found, one.code)
        if last is not None:
            name = one.names.text(locale.current())
            lines.append({"asked": one, "name": name, "first": first, "last": last})
    return lines


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
    found = [row for row in parts.routes(connection, case.org_id, case.id) if row.found]
    raised = queries.nonconformities(connection, case.org_id, case.id)
    facts = queries.facts(connection, case, here().database.clock.now())
    return {
        "lines": [_component(family, row, by_item.get(row.item_id, {})) for row in found],
        "raised": [{"row": row, "note": context.noted(connection, row)} for row in raised],
        "facts": facts,
        "may_dispose": bool(actor().roles & PERMISSIONS["inspection.dispose"]),
        "may_measure": bool(actor().roles & PERMISSIONS["inspection.measure"]),
        "may_close": bool(actor().roles & PERMISSIONS["inspection.close_nonconformity"]),
        "step": _step(case, facts),
    }


def _component(family: Family, route: queries.Row, found: Results) -> Values:
    may = queries.options(family, route.component, found)
    todo = queries.due(family, route.component, stage="as_found", found=found)
    whole = queries.wanted(family, route.component)
    return {
        "route": route,
        "place": context.position_name(family, route.component, route.position),
        "may": may,
        "done": len(whole) - len(todo),
        "whole": len(whole),
        "stale": route.disposition is not None and route.disposition not in may.permitted,
        "key": str(uuid4()),
    }


_NEEDS = {
    "inspect": ("characteristics_measured", "instruments_calibrated", "people_qualified"),
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
    """The organisation's instruments and their calibration today."""
    who = actor()
    with here().database.reading() as connection:
        every = queries.instruments_on(connection, who.org_id, context.today())
        known = instrument_classes(connection, who.org_id)
    return render_template(
        "inspection/instruments.html",
        instruments=[{"one": one, "class_name": context.class_name(known, one.class_code)} for one in every],
        may_calibrate=bool(who.roles & PERMISSIONS["inspection.calibrate"]),
        may_add=bool(who.roles & PERMISSIONS["catalogue.add_instrument"]),
    )
