"""What the pages of the bench show: the characteristic that is next, with what, by whom, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy.engine import Connection

from remanu.accounts.queries import authorised, persons_of
from remanu.families.characteristic import Characteristic
from remanu.inspection import queries
from remanu.inspection.queries import Bench, Ready, Results, Rule
from remanu.inspection.schemas import spoken
from remanu.inspection.schemas.context import WORDS, class_name, place_name, today
from remanu.parts.queries import CaseView, find_case
from remanu.restoration.queries import to_measure
from remanu.rules import entry, ndt
from remanu.rules.readings import Stage, stage_in
from remanu.web import locale
from remanu.web.acts import Values
from remanu.web.context import actor, here

TOOL_COOKIE = "remanu_tool"
"""Which instrument was scanned last on this device; no more than a suggestion on the next form."""
ROWS = 6
_NDT = "ndt"
_SPOKEN: Values = {
    "methods": spoken.METHOD_WORDS,
    "found_words": spoken.FOUND_WORDS,
    "indication_words": spoken.INDICATION_WORDS,
    "condemn_words": spoken.CONDEMN_WORDS,
    "late_words": spoken.LATE_WORDS,
    "entry_words": spoken.ENTRY_WORDS,
    "second_words": spoken.SECOND_WORDS,
    "qualified_words": spoken.QUALIFIED_WORDS,
    "rule_of": spoken.RULE_OF_WORDS,
    "rows": range(ROWS),
    "lacks": "",
}


@dataclass(frozen=True, slots=True)
class _Here:
    """What is on the bench, read once a page."""

    at: Bench
    stage: Stage
    found: Results
    todo: tuple[Characteristic, ...]
    rule: Rule
    case: CaseView


def _look(connection: Connection, item: Any) -> _Here:
    at = queries.bench(connection, item.org_id, item.id)
    case = find_case(connection, item.org_id, at.case_id)
    return _Here(
        at,
        stage_in(at.state),
        queries.results(connection, item.org_id, at.case_id, item.id),
        to_measure(connection, case, item_id=item.id, component=item.component),
        queries.rule_of(connection, item.org_id, at.case_id),
        case,
    )


def measuring(connection: Connection, item: Any) -> Values:
    """For the pages of `measure` and `examine`: which characteristic is next or was chosen, with what, where one is."""
    look = _look(connection, item)
    asked = _asked(look.at, look.todo)
    if asked is None:
        return _shown(look, None)
    former = look.found.get((asked.code, look.stage))
    return {
        **_shown(look, asked),
        **_progress(look, asked),
        **_instruments(connection, item.org_id, asked),
        "former": None if former is None or former.zone == "not_tested" else former,
        "lacks": _lacks(connection, look, asked),
        "may_condemn": look.at.position is not None,
    }


def repeating(connection: Connection, item: Any) -> Values:
    """For the page of `repeat`: what somebody else measured and a second person still reads."""
    look = _look(connection, item)
    waiting = _waiting(connection, look)
    code = request.values.get("characteristic")
    every = {one.code: one for one in look.at.family.characteristics_of(item.component) if one.kind != _NDT}
    asked = every.get(code) if code is not None else next((every[one] for one in waiting if one in every), None)
    if asked is None:
        return {**_shown(look, None), "waiting": waiting}
    return {
        **_shown(look, asked),
        **_instruments(connection, item.org_id, asked),
        "waiting": waiting,
        "lacks": _lacks(connection, look, asked),
        "nth": 0,
        "whole": 0,
    }


def _waiting(connection: Connection, look: _Here) -> list[str]:
    """Characteristics that this person may read a second time, because another one read them first."""
    rows = [row for (_, stage), row in look.found.items() if stage == "as_found"]
    open_ones = queries.still_to_repeat(connection, look.case, rows)
    if not open_ones:
        return []
    who = actor()
    persons = persons_of(connection, who.org_id, [who.ref, *{row.by_ref for row in open_ones}])
    return [row.characteristic for row in open_ones if persons.get(row.by_ref) != persons[who.ref]]


def _shown(look: _Here, asked: Characteristic | None) -> Values:
    """What every page of the bench shows; limits only where they are in sight."""
    shown = {
        **WORDS,
        **_SPOKEN,
        "at": look.at,
        "stage": look.stage,
        "due": look.todo,
        "asked": asked,
        "where": place_name(look.at),
        "rule": look.rule,
    }
    if asked is None:
        return shown
    return {
        **shown,
        "name": asked.names.text(locale.current()),
        "where_to": "" if asked.where is None else asked.where.text(locale.current()),
        "class_name": class_name(look.at.family.classes(), asked.instrument_class),
        "tests": asked.kind == _NDT,
        "usual_method": spoken.METHOD_BY_CLASS.get(asked.instrument_class, ""),
        "limits": None if look.rule.blind else asked.limits,
        "brought_to": entry.reference_of(None if asked.halving is None else asked.halving.at_cel),
    }


def _asked(at: Bench, todo: Sequence[Characteristic]) -> Characteristic | None:
    code = request.values.get("characteristic")
    if code is None:
        return todo[0] if todo else None
    every = at.family.characteristics_of(at.item.component)
    return next((one for one in every if one.code == code), None)


def _progress(look: _Here, asked: Characteristic) -> Values:
    """Which of how many this is; afterwards only what is due counts."""
    every = queries.wanted(look.at.family, look.at.item.component) if look.stage == "as_found" else look.todo
    done = len(every) - len([one for one in look.todo if one.code != asked.code])
    return {"nth": done, "whole": len(every)} if asked in every else {"nth": 0, "whole": 0}


def _instruments(connection: Connection, org_id: str, asked: Characteristic) -> Values:
    every = queries.instruments_of(connection, org_id, asked.instrument_class, today())
    ready = [one for one in every if one.ready]
    last = queries.last_used(connection, org_id, actor().ref, asked.instrument_class)
    return {"instruments": every, "ready": ready, "chosen": _chosen(ready, last)}


def _chosen(ready: Sequence[Ready], last: str | None) -> Ready | None:
    """What was picked on the form, else scanned last, else used last by this person, else the only one there is."""
    for wanted in (request.values.get("instrument"), request.cookies.get(TOOL_COOKIE), last):
        picked = next((one for one in ready if one.id == wanted), None)
        if picked is not None:
            return picked
    return ready[0] if len(ready) == 1 else None


def _lacks(connection: Connection, look: _Here, asked: Characteristic) -> str:
    """The activity for which this person has no qualification today, so that nobody types in vain; else nothing.

    For a test any method will do here; which one it takes is known when it is chosen.
    """
    if asked.kind != _NDT and look.rule.qualified == "role":
        return ""
    who, now = actor(), here().database.clock.now()
    activity = "ndt" if asked.kind == _NDT else "measuring"
    wanted = {"family": look.at.item.family, "activity": activity, "on": now}
    scopes = ("", *ndt.METHODS) if activity == "ndt" else ("",)
    held = any(authorised(connection, who.org_id, who.ref, scope=one, **wanted) for one in scopes)
    return "" if held else activity


def condemning(connection: Connection, item: Any) -> Values:
    """For the page of `condemn`: which component."""
    at = queries.bench(connection, item.org_id, item.id)
    return {**WORDS, **_SPOKEN, "at": at, "where": place_name(at)}


def setting(connection: Connection, target: Any) -> Values:
    """For the page of `set_bench`: what holds now, in the organisation or in one case."""
    case_id = "" if target is None else target.id
    rule = queries.rule_of(connection, actor().org_id, case_id)
    return {**_SPOKEN, "rule": rule}
