"""The certifier's desk: what waits, and one dossier with its checklist, its evidence and the signature below."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.drawing.paper import conceded
from remanu.families.places import in_order, place_names
from remanu.inspection import queries as inspection
from remanu.inspection.schemas.words import CAUSE_WORDS
from remanu.intake import queries as intake
from remanu.intake.schemas.words import LIVES_WORDS, RIGHT_WORDS
from remanu.ledger.body import encode
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView, limited
from remanu.parts.schemas.counted import counted, counter_names, named
from remanu.parts.schemas.told import MARK_WORDS, POLICY_WORDS, left
from remanu.release import queries
from remanu.release.events import Line
from remanu.release.schemas import signing
from remanu.release.schemas.forms import BASIS_WORDS, ORIGIN_WORDS, STATEMENT_WORDS
from remanu.restoration import queries as restoration
from remanu.restoration.schemas.shown import point_names
from remanu.rules import counters
from remanu.rules.actor import Actor
from remanu.rules.guards import GUARDS
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.locale import current, gettext
from remanu.web.shell import guard
from remanu.web.words import CLASSES, DISPOSITIONS, GATES, N_, PROBLEMS, REASONS, SHORTFALLS

_CERTIFIER = "read:certifier"
_SUBMITTED = "SUBMITTED"


@allow(_CERTIFIER)
def certify() -> ResponseReturnValue:
    """What waits for a signature, the oldest first, with what stands against it."""
    who, now = actor(), here().database.clock.now()
    given = request.args.get("after", "")
    after = given if given.isprintable() else ""
    with here().database.reading() as connection:
        waiting = queries.queue(connection, who, now, after=after)
    return render_template(
        "release/queue.html",
        submitted=[one for one in waiting if one.case.state == _SUBMITTED],
        compiling=[one for one in waiting if one.case.state != _SUBMITTED],
        signs="certifying_staff" in who.roles,
        classes=CLASSES,
        after=after,
        following=waiting[-1].cursor if len(waiting) == queries.PAGE else "",
    )


@allow(_CERTIFIER)
def dossier(case_id: str) -> ResponseReturnValue:
    """One dossier: checklist, evidence, and the bar to sign."""
    who, database = actor(), here().database
    with database.reading() as connection:
        case = parts.find_case(connection, who.org_id, case_id)
        view = queries.dossier(connection, case, database.clock.now())
        chosen = _chosen(view.lines, request.args.get("line", ""))
        return render_template(
            "release/dossier.html",
            case=case,
            view=view,
            groups=groups(view.lines, case, chosen),
            chosen=chosen,
            signs="certifying_staff" in who.roles,
            shown=_OF_GATE[chosen.gate](connection, case),
            **_WORDS,
            **signing(connection, case),
            **_claim(connection, case, view),
            **_stands(connection, case, who),
        )


_WORDS = {
    "gates": GATES,
    "dispositions": DISPOSITIONS,
    "statements": STATEMENT_WORDS,
    "bases": BASIS_WORDS,
    "origins": ORIGIN_WORDS,
    "causes": CAUSE_WORDS,
    "lives_words": LIVES_WORDS,
    "right_words": RIGHT_WORDS,
    "shortfalls": SHORTFALLS,
}


def _chosen(lines: Iterable[Line], code: str) -> Line:
    """The line that the address names; else the first open one; else the first."""
    every = list(lines)
    named = [line for line in every if line.code == code]
    return (named or [line for line in every if not line.done] or every)[0]


def groups(lines: Iterable[Line], case: CaseView, chosen: Line | None = None) -> list[tuple[str, list[Any]]]:
    """The checklist as the macro wants it: the words of each gate with its lines."""
    found: dict[str, list[Any]] = {gate: [] for gate in queries.GATES}
    for line in lines:
        found[line.gate].append(_shown(line, case, chosen))
    return [(gettext(GATES[gate]), shown) for gate, shown in found.items() if shown]


def _shown(line: Line, case: CaseView, chosen: Line | None) -> Mapping[str, Any]:
    return {
        "words": guard(line.code),
        "kind": "verified" if line.done else "unknown",
        "why": "" if line.done else gettext(_OPEN),
        "href": url_for("release.dossier", case_id=case.id, line=line.code) + "#evidence",
        "chosen": line == chosen,
    }


_OPEN = N_("The record does not show this yet.")
_NOT_HIGHER = N_("Not higher: %(why)s.")


def _claim(connection: Connection, case: CaseView, view: queries.DossierView) -> Mapping[str, Any]:
    """The class as computed, and why it is not a stronger one."""
    found = queries.carried(connection, case, view, here().database.clock.now())
    return {"claim": found.word, "why_not": why_not_words(found.why_not_higher)}


def why_not_words(shortfalls: Iterable[str]) -> str:
    """Why no stronger class, as one sentence; empty where the strongest was reached."""
    said = ", ".join(gettext(SHORTFALLS.get(one, one)) for one in shortfalls)
    return gettext(_NOT_HIGHER) % {"why": said} if said else ""


def _stands(connection: Connection, case: CaseView, who: Actor) -> Mapping[str, Any]:
    """What stands against this person's signature, as one sentence, and what he may do beside signing."""
    now = here().database.clock.now()
    ready = queries.why_not_ready(connection, case, now) if case.state == _SUBMITTED else ()
    barred = queries.bars(connection, who, case, now=now)
    words = [_word(one) for one in (*barred, *ready)]
    return {"stands": words, "reason": words[0] if words else ""}


def _word(name: str) -> str:
    if name in REASONS:
        return gettext(REASONS[name])
    return guard(name) if name in GUARDS else gettext(PROBLEMS["guard-failed"][0])


def _identity(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    org, item, now = case.org_id, case.item.id, here().database.clock.now()
    return {
        "marks": parts.marks(connection, org, item),
        "counters": counted(parts.counters(connection, org, item), restoration.family_of(case), now),
        "lives": parts.lives(connection, org, item),
        "known": intake.intake_of(connection, org, case.id).identification,
    }


def _teardown(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    closed = [] if not case.on_site else [one for one in restoration.places(connection, case) if one.closed]
    called = place_names(case.family, current())
    return {
        "routes": _routes(connection, case),
        "places": called,
        "undisturbed": [called.get(one.code, one.code) for one in closed],
    }


def _routes(connection: Connection, case: CaseView) -> list[Any]:
    """The components, as everywhere, in the order of the family's tree."""
    return in_order(case.family, parts.routes(connection, case.org_id, case.id))


def _measurements(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    names = {one.code: one.names.text(current()) for one in restoration.family_of(case).characteristics}
    routes = _routes(connection, case)
    every = inspection.latest_by_item(connection, case.org_id, case.id)
    places, gone = place_names(case.family, current()), {row.replaces for row in routes}
    owners = [(case.item.id, case.item.name, ""), *((row.item_id, row.name, row.position) for row in routes)]
    serials = {row.item_id: row.serial for row in routes}
    return {
        "by_part": [
            {
                "name": places.get(position, name),
                "serial": serials.get(item_id),
                "gone": item_id in gone,
                "item": item_id,
                "taken": readings(every[item_id].values(), names),
            }
            for item_id, name, position in owners
            if every.get(item_id)
        ]
    }


def readings(rows: Iterable[Any], names: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """For each characteristic the first and the last reading with the limits that applied."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.characteristic, []).append(row)
    return [
        {"name": names.get(code, code), "first": taken[0], "last": taken[-1], "several": len(taken) > 1}
        for code, taken in found.items()
    ]


def _operations(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    names = {one.code: one.names.text(current()) for one in restoration.family_of(case).operations}
    return {
        "operations": restoration.operations(connection, case),
        "operation_names": names,
        "replaced": restoration.replaced(connection, case),
        "resources": restoration.resources(connection, case),
        "part_names": {row.item_id: row for row in parts.routes(connection, case.org_id, case.id)},
        "site_counters": _site_counters(connection, case),
        "ends": _ends(connection, case),
        "places": place_names(case.family, current()),
    }


def _site_counters(connection: Connection, case: CaseView) -> list[tuple[str, bool]]:
    """Of work on site: each counter that was read at its beginning, and whether it was read again at its end."""
    site = intake.site_of(connection, case)
    if site is None:
        return []
    unread = intake.unread_counters(connection, case, site)
    read = {row.counter for row in parts.counters(connection, case.org_id, case.item.id)}
    known = [one for one in case.family.counters if one.code in read or "*" in unread]
    return [(one.names.text(current()), one.code not in unread and "*" not in unread) for one in known]


def _ends(connection: Connection, case: CaseView) -> list[tuple[str, Any]]:
    """Every reading of the counters of work on site: it is read at both ends."""
    if not case.on_site:
        return []
    names = counter_names(case.family)
    return [(named(names, row), row) for row in parts.counters(connection, case.org_id, case.item.id)]


def _lives(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    """A line for each life-limited part: what is left, whether it holds, and where its trace can be read."""
    now = here().database.clock.now()
    found = limited.in_case(connection, case, case.family, now)
    seen = {one.item.component for one in found}
    positions = [one for one in case.family.positions if one.life_limited]
    return {
        "limited": [
            {"one": one, "left": left(one), "share": counters.percent(one.standing.fraction)} for one in found
        ],
        "unopened": [one.names.text(current()) for one in positions if one.code not in seen],
        "policy_words": POLICY_WORDS,
        "mark_words": MARK_WORDS,
    }


def _tests(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    return {"tests": restoration.tests(connection, case), "point_names": point_names(case)}


def _concessions(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    return {
        "nonconformities": inspection.nonconformities(connection, case.org_id, case.id),
        "conceded": conceded({"conceded": [encode(one) for one in inspection.printed(connection, case)]}, current()),
    }


def _substances(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    row, today = queries.sealed_dossier(connection, case), here().database.clock.now().date()
    hazards = None if row is None else json.loads(row.hazards)
    seen = [] if hazards is None else queries.outlook(hazards, family=case.item.family, on=today)
    return {"hazards": hazards, "outlook": seen}


def _mass_balance(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    row = queries.sealed_dossier(connection, case)
    return {
        "balance": restoration.mass_balance(connection, case),
        "explained": None if row is None else row.balance,
    }


_OF_GATE = {
    "identity": _identity,
    "teardown": _teardown,
    "measurements": _measurements,
    "operations": _operations,
    "lives": _lives,
    "tests": _tests,
    "concessions": _concessions,
    "substances": _substances,
    "mass_balance": _mass_balance,
}
ROUTES = (
    ("/certify", certify, ["GET"]),
    ("/cases/<case_id>/dossier", dossier, ["GET"]),
)
