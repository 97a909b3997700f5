"""Files, entries and accreditations as values without a language: what JSON answers and what pages put into words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import url_for

from remanu.certification import queries
from remanu.certification.queries import Accredited, CoveredUnit, Entry, File, Filed
from remanu.rules import certification
from remanu.rules.accreditation import Area
from remanu.rules.certification import Line

Row = queries.Row
Told = dict[str, Any]


def line(one: Line) -> Told:
    """A line of a scope."""
    return {"model": one.model, "site": one.site, "class": one.claim_class}


def area(one: Area) -> Told:
    """A row of an accreditation."""
    return {"family": one.category, "scheme": one.scheme, "edition": one.edition}


def names(row: Any, prefix: str) -> Told:
    """A name in three languages."""
    return {name: getattr(row, f"{prefix}_{name}") for name in ("en", "zh_hans", "zh_hant")}


def scope(now: certification.Standing) -> Told:
    """How a certificate stands: state, what is in scope, what of it is suspended."""
    return {
        "state": now.state,
        "part": now.part,
        "lines": [line(one) for one in now.lines],
        "suspended": [line(one) for one in sorted(now.paused)] if now.state == "SUSPENDED" else [],
        "edition": now.edition,
    }


def step(row: Row) -> Told:
    """One step with its facts; the digest is that of its event."""
    return {
        "verb": row.verb,
        "on": row.on_day,
        "at": row.at.isoformat(),
        "event": row.event_id,
        "digest": row.digest,
        "facts": {name: value for name, value in json.loads(row.facts).items() if name != "words"},
    }


def day(one: date | None) -> str | None:
    """A day as text."""
    return None if one is None else one.isoformat()


def marked(row: Row) -> Told:
    """A released unit that stopping its certificate would mark."""
    return {
        "code": row.code,
        "name": row.name,
        "part_number": row.part_number,
        "serial": row.serial,
        "certificate": row.number,
        "released_at": row.issued_at.isoformat(),
    }


def summary(row: Row, today: date, lost: date | None = None) -> Told:
    """A row of the catalogue; `lost` is since when its accreditation is lost."""
    state = certification.expired(_standing(row), today).state
    return {
        "id": row.id,
        "number": row.number,
        "state": state,
        "family": row.family,
        "scheme": row.scheme,
        "edition": row.edition,
        "batch": row.batch,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "holder": {**names(row, "holder"), "country": row.holder_country},
        "body": {**names(row, "body"), "country": row.body_country},
        "accreditation_lost_on": day(lost),
        "address": url_for("certification.entry", certification_id=row.id),
    }


def _standing(row: Row) -> certification.Standing:
    days = (date.fromisoformat(row.valid_from), date.fromisoformat(row.valid_to))
    return certification.Standing(state=row.state, valid=days)


def entry(one: Entry, units: Iterable[CoveredUnit], behind: Iterable[Accredited], today: date) -> Told:
    """An entry of the catalogue: how it stands, its history, the units that it covers, the accreditations behind."""
    return {
        **summary(one.row, today),
        **scope(one.now),
        "suspended_until": one.row.suspended_until,
        "surveillance_due": one.row.due_on,
        "history": [step(each) for each in one.history],
        "units": [unit(each) for each in units],
        "accreditations": [accreditation(each, today) for each in behind],
    }


def unit(one: CoveredUnit) -> Told:
    """A released unit that an entry covers."""
    return {
        "code": one.code,
        "name": one.name,
        "model": one.model,
        "certificate": one.number,
        "released": one.released.isoformat(),
        "state": one.state,
        "claim": one.covering.claim,
        "accreditation_lost_on": day(one.covering.lost_on),
    }


def accreditation(one: Accredited, today: date) -> Told:
    """An accreditation: how it stands, its scope and what was decided."""
    now = one.on(today)
    return {
        "id": one.row.id,
        "number": one.row.number,
        "accreditor": {**names(one.row, "owner"), "country": one.row.country},
        "body": one.row.body_org,
        "state": now.state,
        "scope": [area(each) for each in now.areas],
        "suspended": [area(each) for each in sorted(now.paused)] if now.state == "SUSPENDED" else [],
        "valid_from": one.row.valid_from,
        "valid_to": one.row.valid_to,
        "address": url_for("certification.accreditation", accreditation_id=one.row.id),
    }


def scheme(row: Row, editions: Iterable[Row], today: date) -> Told:
    """A scheme as its list of activities, with its editions."""
    return {
        "id": row.id,
        "code": row.code,
        "revision": row.revision,
        "names": names(row, "name"),
        "owner": {**names(row, "owner"), "country": row.country},
        "activities": json.loads(row.activities),
        "status_words": json.loads(row.statuses),
        "checklist": row.checklist,
        "retroactive": row.retroactive,
        "surveillance_days": row.surveillance_days,
        "grace_days": row.grace_days,
        "suspension_days": row.suspension_days,
        "editions": [
            {
                "standard": one.standard,
                "edition": one.edition,
                "from": one.applies_from,
                "transition_end": one.transition_end,
                "in_force": queries.edition_in_force(one, today),
            }
            for one in editions
        ],
    }


def file(one: File, clauses: Mapping[str, str], requests: Iterable[Row], complaints: Iterable[Row]) -> Told:
    """A body's own file."""
    row = one.row
    return {
        "id": one.id,
        "number": row.number,
        "holder": {**names(row, "holder"), "country": row.holder_country},
        "application": row.application,
        "extends": row.extends,
        "family": one.family,
        "scheme": row.scheme,
        **scope(one.now),
        "applied": [line(each) for each in one.happened[0].lines],
        "edition": one.now.edition or row.edition,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "surveillance_due": row.due_on,
        "answer_by": row.answer_by,
        "clauses": dict(clauses),
        "requests": [
            {"id": each.id, "wish": each.wish, "asked_at": each.asked_at.isoformat()} for each in requests
        ],
        "complaints": [
            {"id": each.id, "kind": each.kind, "state": each.state, "outcome": each.outcome}
            for each in complaints
        ],
        "history": [step(each) for each in reversed(one.steps)],
    }


def filed(one: Filed) -> Told:
    """A file with the act that cites it."""
    return {"digest": one.digest, "media_type": one.media_type, "shows": one.shows, "act": one.kind}


def application(row: Row) -> Told:
    """A workshop's application and how it stands at the body."""
    return {
        "id": row.id,
        "body": {**names(row, "body"), "country": row.body_country},
        "scheme": row.scheme,
        "family": row.family,
        "edition": row.edition,
        "lines": json.loads(row.lines),
        "applied_at": row.applied_at.isoformat(),
        "state": row.state,
        "number": row.number,
        "certification": row.certification if row.number else None,
        "answer_by": row.answer_by,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "surveillance_due": row.due_on,
    }


def outside(row: Row) -> Told:
    """A document of an outside body."""
    kept = (
        "id",
        "kind",
        "number",
        "issuer",
        "country",
        "about",
        "scheme",
        "edition",
        "family",
        "says",
        "valid_from",
    )
    more = ("valid_to", "source", "seen_on", "digest", "state")
    return {**{name: getattr(row, name) for name in (*kept, *more)}, "models": json.loads(row.models)}
