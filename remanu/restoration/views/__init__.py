"""Pages of restoration: the bench with every component of a unit, its tests, and what is proposed for it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.accounts.queries import person_of
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView
from remanu.parts.schemas import ON_CASE
from remanu.restoration import queries
from remanu.restoration.queries import Place, Row, Sight
from remanu.restoration.schemas import VERBS, shown
from remanu.restoration.schemas.words import MASS_WORDS, SAID_WORDS
from remanu.restoration.views.changes import changes
from remanu.restoration.views.proposals import proposals
from remanu.rules.dispositions import REPLACEMENTS
from remanu.rules.offers import Offer, Person, steps
from remanu.rules.permissions import PERMISSIONS
from remanu.rules.workshop import is_possible
from remanu.web.access import allow
from remanu.web.acts import Values, all_verbs, publish_pages
from remanu.web.context import actor, here
from remanu.web.locale import gettext
from remanu.web.shell import guard, problem_words, role
from remanu.web.words import N_

_WORKSHOP = "read:workshop"
_GOES_OUT = REPLACEMENTS | {"REPLACE_MANDATORY"}


@dataclass(frozen=True, slots=True)
class Line:
    """A place on the bench: how it stands in a sign and words, and the one act that it waits for.

    `act` is the verb, `href` its address; `ready` when the state and the person's roles allow it now.
    """

    place: Place
    name: str
    kind: str
    word: str
    act: str = ""
    href: str = ""
    ready: bool = False


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("restoration", __name__)
    publish_pages(VERBS, blueprint)
    blueprint.add_url_rule("/cases/<case_id>/bench", "bench", bench)
    blueprint.add_url_rule("/cases/<case_id>/tests", "tests", tests)
    blueprint.add_url_rule("/changes", "changes", changes)
    blueprint.add_url_rule("/cases/<case_id>/proposals", "proposals", proposals)
    return blueprint


@allow(_WORKSHOP)
def bench(case_id: str) -> ResponseReturnValue:
    """Every place of the unit: what sits or belongs there, and what it waits for."""
    with here().database.reading() as connection:
        case = parts.find_case(connection, actor().org_id, case_id)
        seen = Sight(connection, case)
        every = [_line(seen, one.place, one.name) for one in shown.named(seen.places)]
        lines = [one for one in every if not one.place.closed]
        page = {
            "lines": lines,
            "left": [one for one in every if one.place.closed],
            "open": sorted((one for one in lines if one.kind != "verified"), key=lambda one: not one.ready),
            "used": seen.resources,
            "balance": seen.mass_balance,
            "order": seen.order,
            "next": _next(connection, case),
        }
    words = {**shown.WORDS, "mass_words": MASS_WORDS}
    return render_template("restoration/bench.html", case=case, key=lambda: str(uuid4()), **page, **words)


def _next(connection: Connection, case: CaseView) -> Values | None:
    """The step of the case that the bench leads to, or why it cannot be taken yet."""
    who = actor()
    person = Person(
        who.roles,
        person_of(connection, who.org_id, who.ref),
        tuple(parts.acts_in(connection, case)),
    )
    now = here().database.clock.now()
    told = steps(
        case.state,
        person,
        kinds=[verb.kind for verb in VERBS if verb.on is ON_CASE],
        facts={"not_on_hold": not case.holds, **queries.facts(connection, case, now)},
        asked=queries.ASKED,
    )
    mine = [one for one in told if not one.aside]
    if not mine:
        return None
    step = next((one for one in mine if one.possible), mine[0])
    href = url_for(step.kind, target_id=case.id)
    return {"href": href, "label": gettext(all_verbs()[step.kind].title), "reason": _why_not(step)}


def _why_not(step: Offer) -> str:
    if step.needs:
        return gettext(N_("Needs the role: {roles}")).format(roles=gettext(N_(", ")).join(map(role, step.needs)))
    if step.own:
        return problem_words("own-work")[0]
    if step.missing:
        return gettext(N_("Still open: {what}")).format(what=" ".join(map(guard, step.missing)))
    return ""


@allow(_WORKSHOP)
def tests(case_id: str) -> ResponseReturnValue:
    """The tests of a unit, newest first, each point against its limits."""
    with here().database.reading() as connection:
        case = parts.find_case(connection, actor().org_id, case_id)
        page = {
            "tests": queries.tests(connection, case),
            "result": queries.test_result(connection, case),
            "reworks": queries.reworks(connection, case),
            "names": shown.point_names(case),
        }
    return render_template("restoration/tests.html", case=case, **page, **shown.WORDS)


def _line(seen: Sight, place: Place, name: str) -> Line:
    if place.code in seen.inside:
        return Line(place, name, "verified", N_("Installed"))
    if place.code in seen.seated:
        return Line(place, name, "verified", N_("In its assembly"))
    if place.route is None or place.closed:
        return _empty(seen.case, place, name)
    return _component(seen, place, place.route, name)


def _empty(case: CaseView, place: Place, name: str) -> Line:
    if place.closed:
        return Line(place, name, "unknown", SAID_WORDS[place.report.what if place.report else ""])
    word = N_("Missing") if place.said == "missing" else N_("Nothing recorded")
    if place.position.mandatory_replace:
        word = N_("Always replaced")
    href = url_for("restoration.replace", target_id=case.item.id, position=place.code)
    return _waiting(case, Line(place, name, "attention", word), "replace", href)


def _component(seen: Sight, place: Place, route: Row, name: str) -> Line:
    case, target = seen.case, route.item_id
    if route.disposition is None and route.found:
        return Line(place, name, "process", N_("Recorded"))
    if route.disposition in _GOES_OUT and route.found:
        line = Line(place, name, "attention", N_("Has to be replaced"))
        return _waiting(case, line, "replace", url_for("restoration.replace", target_id=target))
    planned = any(row.item_id == target for row in seen.still_planned)
    if seen.serviceable(route) and not planned:
        line = Line(place, name, "process", N_("Serviceable"))
        return _waiting(case, line, "install", url_for("restoration.install", target_id=target))
    if not planned and any(row.item_id == target for row in seen.done):
        line = Line(place, name, "attention", N_("Has to be measured again"))
        href = url_for("inspection.measure", target_id=target)
        return _with(line, "measure", href, ready=_may("inspection.measure"))
    line = Line(place, name, "attention", N_("Has to be worked on"))
    return _waiting(case, line, "operate", url_for("restoration.operate", target_id=target))


def _waiting(case: CaseView, line: Line, act: str, href: str) -> Line:
    ready = is_possible(act, case.state) and not case.holds and _may(f"restoration.{act}")
    return _with(line, act, href, ready=ready)


def _with(line: Line, act: str, href: str, *, ready: bool) -> Line:
    return Line(line.place, line.name, line.kind, line.word, act, href, ready)


def _may(kind: str) -> bool:
    return bool(actor().roles & PERMISSIONS[kind])
