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
from remanu.parts.queries import CaseView, Row, links
from remanu.parts.schemas import HOLD_WORDS, MARK_WORDS
from remanu.parts.schemas.counted import counted
from remanu.parts.schemas.lives import ORIGIN_WORDS, split_counters
from remanu.parts.schemas.offered import offered
from remanu.parts.schemas.told import status
from remanu.parts.views import aims, doing
from remanu.release import queries as release
from remanu.rules import identity
from remanu.rules.permissions import READERS, RELAY
from remanu.web import acts
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.locale import current, gettext
from remanu.web.shell import role
from remanu.web.signs import sign
from remanu.web.words import GATES, N_

_KINDS = {
    "parts.register": N_("Entered in the record"),
    "exchange.receive_notice": N_("Heard what another record says of the part"),
}
_NOBODY = N_("Name erased")
_RELAYED = N_("From the other record")
_DOUBTING = frozenset({"release.revoke_release", "release.review_release"})
DOUBTS = {
    "revoked": N_("Its release was revoked"),
    "under-review": N_("Its release is under review"),
    "scrapped": N_("It was given up"),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history: what, by whom in which role, when, and the sign of the state it led to."""

    words: str
    who: str
    at: datetime
    kind: str
    href: str = ""


# From here on a dossier stands, and what is still open in it is the question.
_HANDED_IN = frozenset({"TEST_PASSED", "SUBMITTED", "RELEASED", "LABELLED"})


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
        papers = release.certificates(connection, who.org_id, item.id)
        linked = any(one.kind == "parts.link_record" for one in events)
        others = links.links_of(connection, who.org_id, item.id) if linked else []
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
            "wanted": aims.AIMS[asked].words if (asked := request.args.get("wanted", "")) in aims.AIMS else "",
            "labels": labelling.labels_of(connection, who.org_id, item.id),
            "history": _history(connection, events),
            "evidence": _files(events),
            "findings": release.findings(connection, database.keyring, case) if case else [],
            "papers": papers,
            "records": others,
            "reached": _reached(connection, item, events, papers=papers, records=others),
            "doubts": DOUBTS,
            "gates": GATES,
            "dossier": case is not None and case.state in _HANDED_IN and bool(who.roles & READERS["certifier"]),
        }
    return render_template("parts/part.html", **page)


def _reached(
    connection: Connection, item: Row, events: list[Recorded[Any]], *, papers: list[Row], records: list[Row]
) -> list[Row]:
    """The assemblies that came under review because of this part."""
    if not records and not any(one.state == "REVOKED" or one.doubted for one in papers):
        return []
    told = {one.commitment.hex() for one in events if one.kind in _DOUBTING}
    told |= {digest for one in records for digest in (one.digest, one.heard_digest) if digest}
    return release.reached_by(connection, item.org_id, told)


def _open(connection: Connection, item: Row, case: CaseView | None) -> list[Row]:
    """What nobody has closed: of the whole unit on its own page, of a component on that of the component."""
    if case is None:
        return []
    found = inspection.open_nonconformities(connection, item.org_id, case.id)
    return [row for row in found if item.id in (case.item.id, row.item_id)]


def _files(events: Iterable[Recorded[Any]]) -> list[Any]:
    """Every cited file once, newest first."""
    # What shows that somebody is who he says he is stands under the same name in a signature, and is no file.
    kept = (getattr(one.body, "evidence", ()) for one in events)
    cited = [file for found in kept if isinstance(found, tuple) for file in found]
    return list({file.digest: file for file in cited}.values())


def _shown(connection: Connection, item: Row) -> dict[str, Any]:
    family, org_id = pack_of(connection, item), item.org_id
    return {
        "marks": queries.marks(connection, org_id, item.id),
        "readings": counted(queries.counters(connection, org_id, item.id), family, here().database.clock.now()),
        "lives": queries.lives(connection, org_id, item.id),
        "life": status(connection, item),
        "split": bool(split_counters(family)),
        "family": family.names.text(current()),
        "mark_words": MARK_WORDS,
        "origin_words": ORIGIN_WORDS,
    }


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
    if done.role == RELAY:
        by = dict.fromkeys([gettext(_RELAYED)])
    return Happened(words, " · ".join(by), done.at, sign(step.target).kind if isinstance(step, Step) else "")


def _scanned(connection: Connection, item: Row) -> str:
    """The state of the label by which one came here; `unknown` for one that nobody issued, `paper` for a paper."""
    code = request.args.get("label", "")
    if code == identity.PAPER:
        return "paper"
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
