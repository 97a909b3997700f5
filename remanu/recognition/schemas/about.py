"""What the forms of recognition act on, what they offer to choose from, and what they show beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import request, url_for
from sqlalchemy.engine import Connection

from remanu.certification.schemas.about import family_word, named, today, today_anywhere
from remanu.ledger.kinds import Recorded
from remanu.recognition import queries
from remanu.recognition.events.agreements import Line, TermRule
from remanu.recognition.schemas import words
from remanu.rules.agreements import ANY
from remanu.web import acts, shape
from remanu.web.acts import Field, On, Values
from remanu.web.context import actor, signed_in
from remanu.web.locale import current, gettext
from remanu.web.words import CLASSES

__all__ = ["named", "today", "today_anywhere"]
Row = queries.Row


def _nothing(_connection: Connection, _org_id: str, _target_id: str) -> None:
    """A verb that begins something has nothing to find."""


def begins(path: str, endpoint: str) -> On:
    """Where something new begins."""
    return On(path, _nothing, lambda _row: "", lambda _row: url_for(endpoint))


_PAGES = {"draft": "recognition.draft", "discarded": "recognition.draft"}
ON_AGREEMENT = On(
    "agreements/<target_id>",
    queries.find_agreement,
    lambda row: str(row.state),
    lambda row: url_for(_PAGES.get(row.state, "recognition.agreement"), agreement_id=row.id),
    chain=lambda row: str(row.id),
)
ON_ARRANGEMENT = On(
    "arrangements/<target_id>",
    queries.find_arrangement,
    lambda _row: "",
    lambda row: url_for("recognition.arrangement", arrangement_id=row.id),
    chain=lambda row: str(row.id),
)
ON_SIGNATORY = On(
    "signatories/<target_id>",
    queries.find_signatory,
    lambda row: str(row.state),
    lambda row: url_for("recognition.arrangement", arrangement_id=row.arrangement_id),
    chain=lambda row: str(row.id),
)


def side(code: str) -> str:
    """A jurisdiction in the reader's language, with its code."""
    known = queries.jurisdictions().get(code)
    return code if known is None else f"{known.names.text(current())} ({code})"


def _with(schema: type[shape.Form], offered: Mapping[str, Sequence[tuple[str, str]]]) -> list[Field]:
    return [replace(one, choices=offered.get(one.name, one.choices)) for one in acts.plain_fields(schema)]


def drafting(connection: Connection, _target: Any, schema: type[shape.Form]) -> list[Field]:
    """The sides to choose from, and the texts that a draft may begin with."""
    sides = [(code, side(code)) for code in queries.jurisdictions()]
    own = [one for one in queries.agreements(connection) if one.org_id == actor().org_id]
    texts = [(str(one.id), f"{one.code} · {one.revision}") for one in own]
    return _with(schema, {"home": sides, "there": sides, "base": texts})


def copying(connection: Connection, _target: Any) -> Mapping[str, Any]:
    """The text to begin with where one is revised."""
    base = request.args.get("base", "")
    if not base:
        return {}
    row = queries.find_agreement(connection, actor().org_id, base)
    kept = {
        name: getattr(row, name) for name in ("code", "name_en", "name_zh_hans", "name_zh_hant", "source")
    }
    sides = {"home": row.home, "there": row.there, "covers_from": row.covers_from or row.in_force}
    return {"suggested": {**kept, **sides, "basis": row.basis, "base": row.id, "former_tail": "yes"}}


def lines_to_strike(_connection: Connection, row: Row, schema: type[shape.Form]) -> list[Field]:
    """The lines of the draft by their numbers."""
    lines = queries.lines_of(row)
    offered = [(str(one.no), f"{one.no} · {', '.join(one.categories)} · {one.scheme}") for one in lines]
    return _with(schema, {"no": offered})


def signing(connection: Connection, _row: Row, schema: type[shape.Form]) -> list[Field]:
    """The accreditation bodies of this record, by name; another one is typed."""
    known = [(str(one.org_id), named(one, "name")) for one in queries.accreditors(connection)]
    return _with(schema, {"accreditor": known})


def about_agreement(connection: Connection, row: Row) -> Mapping[str, Any]:
    """What is decided about: names, sides, state and lines."""
    return {
        "agreement": row,
        "agreement_name": named(row, "name"),
        "home": side(row.home),
        "there": side(row.there),
        "lines": [line_said(one) for one in queries.lines_of(row)],
        "former": queries.in_place_of(connection, row) if row.state == "draft" else None,
    }


def about_signatory(_connection: Connection, row: Row) -> Mapping[str, Any]:
    """What is confirmed or ended."""
    return {"signatory": row, "schemes": json.loads(row.schemes)}


def standing(row: Row, day: date) -> str:
    """How an agreement stands on a day, as a key of `words.STATES`."""
    on = day.isoformat()
    if row.state != "approved":
        return str(row.state)
    if row.ends is not None and row.ends <= on:
        return "ended"
    paused = any(
        one["since"] <= on and (one["until"] is None or on < one["until"])
        for one in json.loads(row.suspended)
    )
    return "suspended" if paused else ("later" if on < row.in_force else "in_force")


def is_stewards(row: Row) -> bool:
    """Whether whoever reads keeps this row as a steward."""
    who = signed_in()
    return who is not None and "steward" in who.actor.roles and bool(who.actor.org_id == row.org_id)


def offered(row: Row) -> list[str]:
    """What its steward may do with an approved agreement as it stands."""
    paused = any(one["until"] is None for one in json.loads(row.suspended))
    ends = [] if row.ends is not None else ["end_agreement"]
    return ["resume_agreement" if paused else "suspend_agreement", *ends]


def line_said(one: Line) -> dict[str, Any]:
    """One line in words: what it takes, at which level, what it asks."""
    return {
        "no": one.no,
        "categories": [_every(each) if each == "*" else family_word(each) for each in one.categories],
        "scheme": one.scheme,
        "editions": [_every(each) for each in one.editions],
        "counterpart": f"{one.scheme_there} {one.edition_there}",
        "equivalence": gettext(words.EQUIVALENCE_WORDS[one.equivalence]),
        "level": gettext(words.LEVEL_WORDS[one.level]),
        "classes": [gettext(CLASSES[each]) if each in CLASSES else _every(each) for each in one.classes],
        "every_class": ANY in one.classes,
        "taken": [term_said(each) for each in one.terms if each.accepted],
        "excluded": [term_said(each) for each in one.terms if not each.accepted],
        "arrangements": [_every(each) for each in one.arrangements],
        "asks": [gettext(words.CONDITION_WORDS[each]) for each in one.asks],
        "differences": one.differences,
    }


def _every(code: str) -> str:
    return gettext("every one") if code == "*" else code


def term_said(one: TermRule) -> str:
    """A status word with what it is about."""
    about = [
        words.LEVELS_OF_PART.get(one.level or ""),
        words.SIDES.get(one.side or ""),
        None if one.by_maker is None else words.MAKERS[one.by_maker],
    ]
    said = [gettext(each) for each in about if each]
    return f"{_every(one.term)} ({', '.join(said)})" if said else _every(one.term)


def ident(done: Recorded[Any]) -> Values:
    """The id of what began."""
    return {"id": done.subject.id}


def page_of_draft(_target: Any, answer: Values) -> str:
    """Where to go once an agreement is drafted."""
    return url_for("recognition.draft", agreement_id=answer["more"]["id"])


def page_of_arrangement(_target: Any, answer: Values) -> str:
    """Where to go once an arrangement is recorded."""
    return url_for("recognition.arrangement", arrangement_id=answer["more"]["id"])
