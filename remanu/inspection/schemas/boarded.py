"""What the pages about a nonconformity show: the part, what deviates, the concession, and what may be done next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.engine import Connection

from remanu.accounts.queries import person_of
from remanu.inspection import queries
from remanu.inspection.events import Deviates, Terms
from remanu.inspection.schemas import context, words
from remanu.parts import queries as parts
from remanu.rules import duties, lifecycle
from remanu.rules.actor import Actor
from remanu.rules.permissions import PERMISSIONS
from remanu.web import locale
from remanu.web.acts import Values
from remanu.web.shell import role
from remanu.web.words import N_, REASONS

WORDS: Values = {
    "causes": words.CAUSE_WORDS,
    "outcomes": words.OUTCOME_WORDS,
    "decisions": words.DECISION_WORDS,
    "refusals": words.REFUSAL_WORDS,
    "recall_words": words.RECALL_WORDS,
    "zones": words.ZONES,
}
_NEEDS = N_("This needs one of these roles: %(roles)s")
_FIRST = (
    "review_nonconformity",
    "approve_concession",
    "verify_nonconformity",
    "decide_nonconformity",
)
"""What the page asks for first, where it may be done."""


def board(connection: Connection, row: Any) -> Values:
    """What was raised about which part, what deviates on it now, and the concession that was asked for."""
    at = queries.bench(connection, row.org_id, row.item_id)
    found = queries.results(connection, row.org_id, row.case_id, row.item_id)
    asked = None if row.concession_id is None else queries.find_concession(connection, row.org_id, row.concession_id)
    return {
        **WORDS,
        "item": at.item,
        "where": context.place_name(at) if at.position else "",
        "note": context.noted(connection, row),
        "deviations": _lines(at, queries.deviations(at.family, at.item.component, found)),
        "concession": None if asked is None else _concession(connection, at, asked),
    }


def to_approve(connection: Connection, row: Any) -> Values:
    """What is approved, and the sentence that is signed under it."""
    meaning = N_("I approve, for the design authority, that the part is used as it is, on these terms and no others.")
    return {**board(connection, row), "meaning": meaning}


def _lines(at: queries.Bench, found: Iterable[Deviates]) -> list[Values]:
    names = {one.code: one.names for one in at.family.characteristics_of(at.item.component)}
    return [
        {
            "name": names[one.characteristic].text(locale.current())
            if one.characteristic in names
            else one.characteristic,
            "one": one,
        }
        for one in found
    ]


def _concession(connection: Connection, at: queries.Bench, row: Any) -> Values:
    terms: Terms = queries.terms_of(row)
    return {
        "row": row,
        "terms": terms,
        "lines": _lines(at, terms.deviations),
        "used": len(queries.uses(connection, row.org_id, row.id)),
    }


def offered(connection: Connection, who: Actor, row: Any) -> list[Values]:
    """What SM-3 allows from here, the first one first; `reason` says why it is not this person who does it."""
    steps = lifecycle.allowed("SM-3", row.state) if row.closed_at is None else ()
    acts = _acts(connection, row) if steps else {}
    person = person_of(connection, who.org_id, who.ref)
    offers = [_offer(who, row, step.action, own=_own(person, row, step.action, acts)) for step in steps]
    return sorted(offers, key=lambda one: (bool(one["reason"]), one["verb"] not in _FIRST))


def _acts(connection: Connection, row: Any) -> Mapping[str, list[duties.Act]]:
    case = parts.find_case(connection, row.org_id, row.case_id)
    return {
        "approve_concession": queries.acts_about(connection, row, since=case.opened_at),
        "verify_nonconformity": queries.acts_about(connection, row, since=row.raised_at),
    }


def _own(person: str, _row: Any, verb: str, acts: Mapping[str, list[duties.Act]]) -> bool:
    return bool(duties.barred_by(verb, person, acts=acts.get(verb, ())))


def _offer(who: Actor, row: Any, verb: str, *, own: bool) -> Values:
    may = PERMISSIONS[f"inspection.{verb}"]
    reason = ""
    if not who.roles & may:
        reason = locale.gettext(_NEEDS) % {"roles": ", ".join(role(one) for one in sorted(may))}
    elif own:
        reason = locale.gettext(REASONS["own-work"])
    return {
        "verb": verb,
        "kind": f"inspection.{verb}",
        "href": f"/nonconformities/{row.id}/{verb}",
        "reason": reason,
    }
