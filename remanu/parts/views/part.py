"""One part as insiders see it: what stops it, what is next, what it consists of, and what was done to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.accounts import queries as accounts
from remanu.catalogue.queries import pack_of
from remanu.errors import Damaged
from remanu.families.places import in_order, place_names
from remanu.inspection import queries as inspection
from remanu.labelling import queries as labelling
from remanu.ledger import kinds, seal
from remanu.ledger.kinds import Recorded
from remanu.parts import queries
from remanu.parts.events import Step
from remanu.parts.queries import CaseView, Row
from remanu.parts.schemas import HOLD_WORDS, MARK_WORDS
from remanu.parts.schemas.lives import ORIGIN_WORDS
from remanu.parts.schemas.offered import offered
from remanu.parts.schemas.told import status
from remanu.parts.views import doing
from remanu.release import queries as release
from remanu.web import acts
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.locale import current, gettext
from remanu.web.shell import role
from remanu.web.signs import sign
from remanu.web.words import GATES, N_

_KINDS = {"parts.register": N_("Entered in the record")}
_NOBODY = N_("Name erased")


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history: what, by whom in which role, when, and the sign of the state it led to."""

    words: str
    who: str
    at: datetime
    kind: str
    href: str = ""


@allow("read:workshop")
def part(item_id: str) -> ResponseReturnValue:
    """One part: holds and warnings, the next step, marks, counters, lives, components, history."""
    who, database = actor(), here().database
    with database.reading() as connection:
        item = queries.find_item(connection, who.org_id, item_id)
        case = queries.case_about(connection, who.org_id, item.id)
        pack = pack_of(connection, item)
        places = place_names(pack, current())
        routes = in_order(pack, queries.routes(connection, who.org_id, case.id) if case else ())
        told = offered(connection, who, item, case=case, verbs=acts.all_verbs(), now=database.clock.now())
        seen = doing.Seen(item, case, routes, places)
        first = doing.first(connection, told, seen)
        events = _events(queries.history(connection, who.org_id, item.id))
        page = {
            "item": item,
            "case": case,
            "routes": routes,
            "places": places,
            **_shown(connection, item),
            "whole": seen.whole,
            "route": next((row for row in routes if row.item_id == item.id), None),
            "first": first,
            "others": doing.others(told, seen, but=first),
            "holds": _holds(connection, case, events),
            "nonconformities": _open(connection, item, case),
            "scanned": _scanned(connection, item),
            "labels": labelling.labels_of(connection, who.org_id, item.id),
            "history": _history(connection, events),
            "evidence": _files(events),
            "findings": release.findings(connection, database.keyring, case) if case else [],
            "papers": release.certificates(connection, who.org_id, item.id),
            "gates": GATES,
        }
    return render_template("parts/part.html", **page)


def _open(connection: Connection, item: Row, case: CaseView | None) -> list[Row]:
    """What nobody has closed: of the whole unit on its own page, of a component on that of the component."""
    if case is None:
        return []
    found = inspection.open_nonconformities(connection, item.org_id, case.id)
    return [row for row in found if item.id in (case.item.id, row.item_id)]


def _files(events: Iterable[Recorded[Any]]) -> list[Any]:
    """Every cited file once, newest first."""
    cited = [file for one in events for file in getattr(one.body, "evidence", ())]
    return list({file.digest: file for file in cited}.values())


def _shown(connection: Connection, item: Row) -> dict[str, Any]:
    family, org_id = pack_of(connection, item), item.org_id
    return {
        "marks": queries.marks(connection, org_id, item.id),
        "readings": _newest(queries.standing(queries.counters(connection, org_id, item.id))),
        "counters": {one.code: one.names.text(current()) for one in family.counters},
        "lives": queries.lives(connection, org_id, item.id),
        "life": status(connection, item),
        "split": any(one.ratings for one in family.counters),
        "family": family.names.text(current()),
        "mark_words": MARK_WORDS,
        "origin_words": ORIGIN_WORDS,
    }


def _newest(readings: Iterable[Row]) -> list[Row]:
    return list({(row.counter, row.rating): row for row in readings}.values())


def _events(rows: Iterable[Row]) -> list[Recorded[Any]]:
    """The part's own events, newest first; one that cannot be read is left to `remanu verify` to name."""
    found = []
    for row in rows:
        try:
            found.append(kinds.read(here().registry, row.canonical))
        except Damaged:
            continue
    return found


def _history(connection: Connection, events: list[Recorded[Any]]) -> list[Happened]:
    names = accounts.names_of(
        connection, here().database.keyring, actor().org_id, sorted({one.actor_ref for one in events})
    )
    return [_line(one, names) for one in events]


def _line(done: Recorded[Any], names: Mapping[str, str]) -> Happened:
    step = getattr(done.body, "step", None)
    verb = acts.all_verbs().get(done.kind)
    words = gettext(verb.title if verb else _KINDS.get(done.kind, done.kind))
    by = dict.fromkeys((names.get(done.actor_ref, gettext(_NOBODY)), role(done.role)))
    return Happened(words, " · ".join(by), done.at, sign(step.target).kind if isinstance(step, Step) else "")


def _scanned(connection: Connection, item: Row) -> str:
    """The state of the label by which one came here; `unknown` for one that nobody issued for this part."""
    code = request.args.get("label", "")
    if not code:
        return ""
    label = labelling.find_by_code(connection, item.code, code) if code.isalnum() else None
    return str(label.state) if label else "unknown"


def _holds(connection: Connection, case: CaseView | None, events: list[Recorded[Any]]) -> list[dict[str, Any]]:
    """What stops the case, with the note that only the organisation reads."""
    if case is None or not case.holds:
        return []
    placed = {done.body.hold: done.id for done in events if done.kind == "parts.hold"}
    return [
        {
            "reason": HOLD_WORDS.get(row.reason, row.reason),
            "since": row.placed_at,
            "note": _note(connection, case.org_id, placed.get(row.id)),
        }
        for row in queries.open_holds(connection, case.org_id, case.id)
    ]


def _note(connection: Connection, org_id: str, event_id: str | None) -> str:
    if event_id is None:
        return ""
    found = seal.open_sealed(connection, here().database.keyring, org_id=org_id, event_id=event_id)
    return str(found.get("note", "")) if found else ""


ROUTES = (("/parts/<item_id>", part, ("GET",)),)
