"""What the pages of restoration show beside a form: places, plans, offered operations, points with their limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from sqlalchemy.engine import Connection

from remanu.accounts.queries import authorised
from remanu.catalogue import queries as catalogue
from remanu.families.assembly import Position
from remanu.families.places import in_order
from remanu.inspection import queries as inspection
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView
from remanu.restoration import queries
from remanu.restoration.queries import Place, Row
from remanu.restoration.queries.proposals import proposals
from remanu.restoration.schemas import words
from remanu.rules.workshop import LOOP_LIMIT, fits
from remanu.web import acts, shape
from remanu.web.acts import Field, Values
from remanu.web.context import actor, here
from remanu.web.locale import current, gettext
from remanu.web.words import CLASSES, N_

_EDITION = N_("%(name)s, edition %(edition)s")
WORDS: Values = {
    "reports": words.REPORT_WORDS,
    "said_words": words.SAID_WORDS,
    "methods": words.METHOD_WORDS,
    "origins": words.ORIGIN_WORDS,
    "built_words": words.BUILT_WORDS,
    "causes": words.CAUSE_WORDS,
    "acts": words.ACT_WORDS,
    "verdicts": words.VERDICT_WORDS,
    "runs": words.RUN_WORDS,
}


@dataclass(frozen=True, slots=True)
class Named:
    """A place with its name in the language of the request."""

    place: Place
    name: str


def name_of(position: Position, code: str) -> str:
    """The name of a place, with its number where there are several: Wheel motors 2."""
    number = code.removeprefix(position.code).removeprefix("-")
    return f"{position.names.text(current())} {number}".strip()


def named(places: Iterable[Place]) -> list[Named]:
    """These places with their names."""
    return [Named(one, name_of(one.position, one.code)) for one in places]


def with_choices(schema: type[shape.Form], **offered: Sequence[tuple[str, str]] | None) -> list[Field]:
    """The controls of a shape with these choices; a control whose choices are None is left out."""
    return [
        replace(one, choices=tuple(offered.get(one.name) or one.choices))
        for one in acts.plain_fields(schema)
        if offered.get(one.name, ()) is not None
    ]


def classes(_connection: Connection, case: CaseView, schema: type[shape.Form]) -> list[Field]:
    """For `open_work_order`: the classes that the family offers."""
    terms = queries.family_of(case).claims.terms
    return with_choices(schema, target_class=[(one.claim_class, CLASSES[one.claim_class]) for one in terms])


def working(connection: Connection, case: CaseView) -> Values:
    """For `open_work_order`: the edition of the pack that will be frozen."""
    family = queries.family_of(case)
    now = here().database.clock.now()
    in_force = catalogue.edition_of(connection, case.org_id, family, digest=case.pack, on=now)
    return {"family": family.names.text(current()), "in_force": in_force}


def finding(connection: Connection, case: CaseView) -> Values:
    """For `record_component`: every place with what was said of it, and the chosen one."""
    every = named(queries.places(connection, case))
    chosen = request.values.get("position")
    asked = [one for one in every if one.place.demanded]
    return {
        **WORDS,
        "places": every,
        "chosen": next((one for one in every if one.place.code == chosen), None),
        "done": len([one for one in asked if one.place.said]),
        "whole": len(asked),
        "order": queries.work_order(connection, case),
    }


def apart(connection: Connection, case: CaseView) -> Values:
    """For `disassemble`: on site, what is recorded as not disturbed by saying that the unit is apart."""
    left = frozenset(queries.Sight(connection, case).untouched) if case.on_site else frozenset()
    return {"left": [one.name for one in named(queries.places(connection, case)) if one.place.code in left]}


def places(_connection: Connection, _case: CaseView, schema: type[shape.Form]) -> list[Field]:
    """For `record_component`: the page always says what is in the place."""
    return [replace(one, required=one.name == "what") for one in acts.plain_fields(schema)]


def planning(connection: Connection, case: CaseView) -> Values:
    """For `start_restoration`: the components to be restored, each with the operations that may be done to it."""
    family = queries.family_of(case)
    proposed = {
        one.route.item_id: frozenset(one.proposal.schemes[0].operations)
        for one in proposals(connection, case, here().database.clock.now()).parts
        if one.proposal.schemes
    }
    rows = [
        {
            "route": route,
            "proposed": proposed.get(route.item_id, frozenset()),
            "name": _place_name(connection, case, route),
            "operations": [_operation(one) for one in family.operations_on(route.component)],
        }
        for route in in_order(family, queries.active(connection, case).values())
        if route.disposition in queries.SALVAGE
    ]
    return {"lines": rows}


def _operation(one: Any) -> Values:
    return {
        "code": one.code,
        "name": one.names.text(current()),
        "special": one.special_process,
        "most": one.max_repairs,
    }


def _place_name(connection: Connection, case: CaseView, route: Row) -> str:
    found = {one.code: one for one in queries.places(connection, case)}
    return name_of(found[route.position].position, route.position)


def working_on(connection: Connection, item: Row) -> Values:
    """For `operate`: the operations of the pack on this component, which were planned, and how often each was done."""
    case = queries.case_of(connection, item.org_id, item.id)
    asked = {row.operation for row in queries.still_planned(connection, case) if row.item_id == item.id}
    offered = [_operation(one) for one in queries.family_of(case).operations_on(item.component)]
    for one in offered:
        one["done"] = queries.times_done(connection, item.org_id, item.id, one["code"])
        one["planned"] = one["code"] in asked
    return {
        "case": case,
        "operations": sorted(offered, key=lambda one: not one["planned"]),
        "may_special": all(_may_special(connection, case, one["code"]) for one in offered if one["special"]),
    }


def _may_special(connection: Connection, case: CaseView, scope: str) -> bool:
    who, now = actor(), here().database.clock.now()
    asked = {"family": case.item.family, "activity": "special_process", "on": now, "scope": scope}
    return authorised(connection, who.org_id, who.ref, **asked) is not None


def letting_in(connection: Connection, item: Row, schema: type[shape.Form]) -> list[Field]:
    """For `replace`: origins that the position takes, sizes of a mate, and the empty places of the unit itself."""
    case = queries.case_of(connection, item.org_id, item.id)
    places = {one.code: one for one in queries.places(connection, case)}
    here_ = _chosen_place(case, item, places)
    empty = [(one.place.code, one.name) for one in named(places.values()) if one.place.route is None]
    limited = here_ is not None and here_.position.life_limited and here_.route is not None
    return with_choices(
        schema,
        position=empty if case.item.id == item.id else None,
        origin=_origins(here_),
        size_step=_sizes(case, here_) or None,
        **({} if limited else _NO_CONTROL),
    )


_NO_CONTROL: Mapping[str, None] = {"control_method": None, "control_record": None}


def at_the_end(connection: Connection, case: CaseView, schema: type[shape.Form]) -> list[Field]:
    """For `scrap`: what becomes of life-limited parts is asked where the unit holds some."""
    return with_choices(schema, **({} if _limited(connection, case) else _NO_CONTROL))


def _limited(connection: Connection, case: CaseView) -> list[Named]:
    every = named(queries.places(connection, case))
    return [one for one in every if one.place.position.life_limited and one.place.said != "missing"]


def _chosen_place(case: CaseView, item: Row, places: dict[str, Place]) -> Place | None:
    if item.id == case.item.id:
        return places.get(request.values.get("position", ""))
    return next((one for one in places.values() if one.route and one.route.item_id == item.id), None)


def _origins(at: Place | None) -> list[tuple[str, str]]:
    said = None if at is None or at.route is None else at.route.disposition
    always = at is not None and at.position.mandatory_replace
    return [pair for pair in words.ORIGIN_WORDS.items() if fits(pair[0], said, mandatory=always)]


def _sizes(case: CaseView, at: Place | None) -> list[tuple[str, str]]:
    if at is None:
        return []
    offered = [
        (offset, f"{offset} {one.unit}")
        for one in queries.family_of(case).characteristics
        if one.steps is not None and at.position.code in one.steps.mates
        for offset in one.steps.offsets
    ]
    return [("", N_("Standard size")), *dict(offered).items()] if offered else []


def outgoing(connection: Connection, item: Row) -> Values:
    """For `replace`: which part goes out or which place is filled, and what may well come in."""
    case = queries.case_of(connection, item.org_id, item.id)
    places = {one.code: one for one in queries.places(connection, case)}
    at = _chosen_place(case, item, places)
    sizes = queries.wanted_sizes(connection, case).get(at.position.code, set()) if at else set()
    size = format(next(iter(sizes)), "f") if len(sizes) == 1 else ""
    filled = at is not None and at.route is not None
    suggested = {
        "position": "" if at is None else at.code,
        "part_number": at.route.part_number if at is not None and at.route is not None else "",
        "size_step": size,
        "old_mass_kg": (item.mass_kg or "") if filled else "",
    }
    return {
        **WORDS,
        "case": case,
        "at": None if at is None else Named(at, name_of(at.position, at.code)),
        "wanted_size": size,
        "suggested": suggested,
    }


def fitting(connection: Connection, item: Row, schema: type[shape.Form]) -> list[Field]:
    """For `install`: the torque tools that may be used today."""
    return with_choices(schema, tool=instruments(connection, item.org_id, "torque-wrench"))


def instruments(connection: Connection, org_id: str, class_code: str) -> list[tuple[str, str]]:
    """Instruments of a class that are in calibration today, by their numbers."""
    day = inspection.day_at(here().database.clock.now(), actor().zone)
    ready = inspection.instruments_ready(connection, org_id, class_code, day)
    known = catalogue.instrument_classes(connection, org_id).get(class_code)
    said = {} if known is None else {known.en: known.text(current())}
    return [(one.number, f"{said.get(one.name, one.name)} {one.number}") for one in ready]


def assembling(connection: Connection, case: CaseView) -> Values:
    """For `reassemble`: what is still empty, and mates that do not agree."""
    wrong = set(queries.mismatched(connection, case))
    every = named(queries.places(connection, case))
    open_codes = {one.code for one in queries.open_places(connection, case)}
    return {
        **WORDS,
        "empty": [one for one in every if one.place.code in open_codes],
        "mismatched": [one for one in every if one.place.code in wrong],
        "built": [(one, name_of(one.position, one.place)) for one in queries.as_built(connection, case)],
    }


def testing(connection: Connection, case: CaseView, schema: type[shape.Form]) -> list[Field]:
    """For `start_test`: rigs in calibration, and the procedures of the family."""
    tests = [
        (one.code, gettext(_EDITION) % {"name": one.names.text(current()), "edition": one.edition})
        for one in queries.family_of(case).tests
    ]
    rigs = instruments(connection, case.org_id, "test-rig")
    return with_choices(schema, rig=rigs, procedures=tests)


def point_names(case: CaseView) -> dict[tuple[str, str], str]:
    """The names of all points of the family, by procedure and code."""
    return {
        (one.code, point.code): point.names.text(current())
        for one in queries.family_of(case).tests
        for point in one.points
    }


def rigs(connection: Connection, case: CaseView) -> Values:
    """For `start_test`: whether there is a rig, and every procedure chosen unless somebody chooses less."""
    ready = instruments(connection, case.org_id, "test-rig")
    tests = queries.family_of(case).tests
    suggested = {f"procedures.{n}": one.code for n, one in enumerate(tests)}
    return {
        "rigs": ready,
        "suggested": {**suggested, "rig": ready[0][0] if len(ready) == 1 else ""},
        "unsettled": _unsettled(connection, case),
    }


def _unsettled(connection: Connection, case: CaseView) -> list[str]:
    """Nonconformities of failed runs that nobody closed: as long as there is one, no run is passed (I21)."""
    still = {row.id for row in inspection.open_nonconformities(connection, case.org_id, case.id)}
    return [one.run.nonconformity for one in queries.tests(connection, case) if one.run.nonconformity in still]


def points(connection: Connection, case: CaseView) -> Values:
    """For `pass_test` and `fail_test`: the points of the running test, by procedure, with limits and units."""
    run, names = queries.running(connection, case), point_names(case)
    titles = {one.code: one.names.text(current()) for one in queries.family_of(case).tests}
    shares = {
        (one.code, point.code): (point.share, point.share.names.text(current()))
        for one in case.family.tests
        for point in one.points
        if point.share is not None
    }
    lines: dict[str, list[Values]] = {}
    for n, row in enumerate(() if run is None else run.points):
        name = names.get((row.procedure, row.code), row.name)
        line = {"n": n, "row": row, "name": name, "of": shares.get((row.procedure, row.code))}
        lines.setdefault(row.procedure, []).append(line)
    return {
        **WORDS,
        "run": run,
        "procedures": [(titles.get(one, one), rows) for one, rows in lines.items()],
        "unsettled": _unsettled(connection, case),
    }


def looping(_connection: Connection, case: CaseView) -> Values:
    """For `resume`: how often it went round."""
    return {"loops": case.loops, "most": LOOP_LIMIT}


def harvesting(connection: Connection, case: CaseView) -> Values:
    """For `cannibalise`: every place with the part that is there, if it has a record."""
    return {"places": named(queries.places(connection, case))}


def ending(connection: Connection, case: CaseView) -> Values:
    """For `scrap`: the life-limited places, and what ends with the unit."""
    every = named(queries.places(connection, case))
    return {
        "limited": _limited(connection, case),
        "inside": [one for one in every if one.place.route is not None],
    }


def item_case(connection: Connection, item: Row) -> Values:
    """For acts on a component that show no more than it: its case and the name of its place."""
    case = queries.case_of(connection, item.org_id, item.id)
    routes = parts.routes(connection, case.org_id, case.id)
    route = next((row for row in routes if row.item_id == item.id), None)
    return {"case": case, "where": "" if route is None else _place_name(connection, case, route)}
