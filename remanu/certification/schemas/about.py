"""What the forms of certification act on, what they offer to choose from, and what they show beside it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import request, url_for
from sqlalchemy.engine import Connection

from remanu.certification import queries
from remanu.certification.queries import Accredited, File
from remanu.certification.schemas import words
from remanu.certification.schemas.fields import token
from remanu.certification.schemas.words import ACTIVITY_WORDS, EVERY, EVERY_WORD, STATUS_WORDS
from remanu.families.loader import load_all
from remanu.ledger.kinds import Recorded
from remanu.rules import text
from remanu.rules.accreditation import Area
from remanu.rules.certification import STATUSES, Line
from remanu.web import acts, shape
from remanu.web.acts import Field, On, Values
from remanu.web.context import actor, here
from remanu.web.locale import current, gettext
from remanu.web.words import CLASSES

Row = queries.Row
_QUERY, _SHORT = 80, 40
Choices = Sequence[tuple[str, str]]


def today() -> date:
    """The day in the organisation's zone."""
    return queries.local_day(here().database.clock.now(), actor().zone)


def today_anywhere() -> date:
    """The day for readers without an organisation: that of UTC."""
    return queries.local_day(here().database.clock.now(), "UTC")


def asked() -> queries.Asked:
    """What an address looks for in the catalogue."""
    return queries.Asked(
        words=tuple(text.search_words(request.args.get("q", "")[:_QUERY])),
        family=request.args.get("family", "")[:_SHORT],
        country=request.args.get("country", "")[:_SHORT].upper(),
        batch=request.args.get("batch", "")[:_SHORT],
    )


def _find_file(connection: Connection, org_id: str, file_id: str) -> File:
    return queries.find_file(connection, org_id, file_id, today())


def _nothing(_connection: Connection, _org_id: str, _target_id: str) -> None:
    """A verb that begins something has nothing to find."""


def begins(path: str, endpoint: str) -> On:
    """Where something new begins."""
    return On(path, _nothing, lambda _row: "", lambda _row: url_for(endpoint))


ON_FILE = On(
    "certification/files/<target_id>",
    _find_file,
    lambda file: str(file.state),
    lambda file: url_for("certification.file", file_id=file.id),
    chain=lambda file: str(file.id),
)
ON_INCOMING = On(
    "certification/incoming/<target_id>",
    queries.find_incoming,
    lambda _row: "",
    lambda _row: url_for("certification.desk"),
)
ON_APPLICATION = On(
    "certification/applications/<target_id>",
    queries.find_application,
    lambda row: str(row.state or ""),
    lambda row: url_for("certification.application", application_id=row.id),
)
ON_SCHEME = On(
    "certification/schemes/<target_id>",
    queries.find_scheme,
    lambda row: str(row.state),
    lambda _row: url_for("certification.schemes"),
    chain=lambda row: str(row.id),
)
ON_ACCREDITATION = On(
    "certification/accreditations/<target_id>",
    queries.find_accreditation,
    lambda one: str(one.row.state),
    lambda one: url_for("certification.accreditation", accreditation_id=one.row.id),
    chain=lambda one: str(one.row.id),
)
ON_COMPLAINT = On(
    "certification/complaints/<target_id>",
    queries.find_complaint,
    lambda row: str(row.state),
    lambda row: url_for("certification.file", file_id=row.certification_id),
    chain=lambda row: str(row.id),
)
ON_OUTSIDE = On(
    "certification/outside/<target_id>",
    queries.find_outside,
    lambda row: str(row.state),
    lambda row: url_for("certification.outside_record", record_id=row.id),
    chain=lambda row: str(row.id),
)


def _with(schema: type[shape.Form], offered: Mapping[str, Choices]) -> list[Field]:
    return [replace(one, choices=offered.get(one.name, one.choices)) for one in acts.plain_fields(schema)]


def named(row: Any, prefix: str = "name") -> str:
    """A name of a row in the reader's language, out of three columns."""
    locale = {"en": "en", "zh-Hans": "zh_hans", "zh-Hant": "zh_hant"}[current()]
    return str(getattr(row, f"{prefix}_{locale}"))


def family_word(family: str) -> str:
    """A product family in words; `*` is every one."""
    known = load_all().get(family)
    return (
        gettext(EVERY_WORD) if family == EVERY else family if known is None else known.names.text(current())
    )


def line_word(one: Line) -> str:
    """A line of a scope in words."""
    site = "" if one.site == EVERY else f" · {one.site}"
    return f"{gettext(EVERY_WORD) if one.model == EVERY else one.model}{site}{_class_of(one)}"


def _class_of(one: Line) -> str:
    word = CLASSES.get(one.claim_class, one.claim_class)
    return "" if one.claim_class == EVERY else f" · {gettext(word)}"


def clause_word(code: str) -> str:
    """What a clause asks, by whichever checklist knows it; the codes of checklists do not meet."""
    known = {one.code: one.names for each in queries.checklists().values() for one in each.clauses}
    return known[code].text(current()) if code in known else ""


def area_word(one: Area) -> str:
    """A row of an accreditation in words."""
    edition = "" if one.edition == EVERY else f" · {one.edition}"
    return f"{family_word(one.category)} · {one.scheme}{edition}"


def _schemes(connection: Connection) -> list[tuple[str, str]]:
    rows = {row.code: row for row in reversed(queries.schemes(connection))}
    return [(code, f"{named(row)} ({code})") for code, row in rows.items()]


def _bodies(connection: Connection, role: str) -> list[tuple[str, str]]:
    found = queries.bodies(connection, role)
    return [(row.org_id, f"{named(row)}, {row.country}") for row in found if row.org_id != actor().org_id]


def applying(connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    """Bodies, schemes and families that a workshop may choose from, and its certificates that may be extended."""
    own = [one for one in queries.applications(connection, actor().org_id) if one.number]
    return _with(
        schema,
        {
            "body": _bodies(connection, "certification_body"),
            "scheme": _schemes(connection),
            "family": [(one.id, one.names.text(current())) for one in load_all().values()],
            "extends": [(one.id, f"{one.number} · {family_word(one.family)}") for one in own],
        },
    )


def accrediting(connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    """Bodies and schemes that an accreditor may choose from."""
    families = [(one.id, one.names.text(current())) for one in load_all().values()]
    return _with(
        schema,
        {
            "body": _bodies(connection, "certification_body"),
            "scheme": _schemes(connection),
            "categories": [*families, (EVERY, gettext(EVERY_WORD))],
        },
    )


def drafting(_connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    """Checklists by their names."""
    known = queries.checklists().values()
    return _with(schema, {"checklist": [(one.code, one.names.text(current())) for one in known]})


def areas_of(_connection: Connection, target: Accredited, schema: type[shape.Form]) -> Sequence[Field]:
    """The rows of the accreditation's scope."""
    areas = target.on(today()).areas
    return _with(schema, {"areas": [(token(one), area_word(one)) for one in areas]})


def scope_of(_connection: Connection, target: File, schema: type[shape.Form]) -> Sequence[Field]:
    """The lines of the certificate's scope; before there is one, those that were applied for."""
    return _with(schema, {"lines": [(token(one), line_word(one)) for one in lines_of(target)]})


def lines_of(file: File) -> tuple[Line, ...]:
    """The scope, or what was applied for."""
    return file.now.lines or file.happened[0].lines


def editions_of(connection: Connection, target: File, schema: type[shape.Form]) -> Sequence[Field]:
    """Editions that the certificate may move to."""
    rows = [
        one for one in queries.editions(connection, target.row.scheme) if one.edition != target.now.edition
    ]
    return _with(schema, {"edition": [(one.edition, f"{one.standard} {one.edition}") for one in rows]})


def reports_of(_connection: Connection, target: File, schema: type[shape.Form]) -> Sequence[Field]:
    """The activities of determination that the scheme asks for."""
    return _activities(target, schema, queries.DETERMINATION)


def watched_by(_connection: Connection, target: File, schema: type[shape.Form]) -> Sequence[Field]:
    """The activities of surveillance that the scheme names."""
    return _activities(target, schema, queries.SURVEILLANCE)


def _activities(target: File, schema: type[shape.Form], kinds: Collection[str]) -> list[Field]:
    named_there = [one for one in json.loads(target.scheme.activities) if one in kinds]
    # A scheme that names none leaves the whole list: the refusal then says why none of it will do.
    offered = {"activities": [(one, ACTIVITY_WORDS[one]) for one in named_there]} if named_there else {}
    return _with(schema, offered)


def clauses_of(_connection: Connection, target: File, schema: type[shape.Form]) -> Sequence[Field]:
    """One control a clause, in the order of the checklist."""
    asked = queries.checklists()[target.scheme.checklist].clauses
    choices = [(one, STATUS_WORDS[one]) for one in STATUSES]
    each = [
        Field(f"clauses.{one.code}", f"{one.code} {one.names.text(current())}", "choice", choices=choices)
        for one in asked
    ]
    return [*each, *acts.plain_fields(schema)]


def about_file(_connection: Connection, target: File) -> Mapping[str, Any]:
    """Whose certification it is, for the head of a form."""
    return {
        "about": f"{named(target.row, 'holder')} · {family_word(target.family)}",
        "number": target.row.number or "",
    }


def checked(connection: Connection, target: File) -> Mapping[str, Any]:
    """What was said of the clauses before stands in the form."""
    said = queries.clauses(connection, target.row.org_id, target.id)
    before = {f"clauses.{code}": status for code, status in said.items()}
    return {"suggested": before, **about_file(connection, target)}


def granting(connection: Connection, target: File) -> Mapping[str, Any]:
    """The whole scope and a year from today stand in the form."""
    ticked = {f"lines.{at}": token(one) for at, one in enumerate(lines_of(target))}
    days = {"valid_from": today().isoformat(), "valid_to": (today() + timedelta(days=365)).isoformat()}
    return {"suggested": {**ticked, **days}, **about_file(connection, target)}


def about_application(connection: Connection, target: Row) -> Mapping[str, Any]:
    """To whom the application went; the clauses that wait for an answer stand in the form."""
    open_ = queries.to_answer(connection, target)
    suggested = {"wish": "corrected", "clauses": "\n".join(open_)} if open_ else {}
    about = f"{named(target, 'body')} · {family_word(target.family)}"
    return {"about": about, "number": target.number or "", "suggested": suggested}


def about_incoming(connection: Connection, target: Row) -> Mapping[str, Any]:
    """From whom the application came, and what it asks for."""
    former = target.extends and queries.opened_for(connection, target.body_org, target.extends)
    return {
        "about": f"{named(target, 'holder')} · {family_word(target.family)}",
        "number": "",
        "asked": target,
        "lines": [line_word(Line(**one)) for one in json.loads(target.lines)],
        "extends": former.number if former else "",
    }


def about_scheme(_connection: Connection, target: Row) -> Mapping[str, Any]:
    """Which scheme it is."""
    return {"about": named(target), "number": target.code}


def about_accreditation(_connection: Connection, target: Accredited) -> Mapping[str, Any]:
    """Which accreditation it is."""
    return {"about": target.row.number, "number": ""}


def about_outside(connection: Connection, target: Row) -> Mapping[str, Any]:
    """The record that is confirmed, with the address of the document."""
    own = {"own_work": queries.is_own_work(connection, target)}
    return {**own, "record": target, "models": json.loads(target.models), "words": words, "family_word": family_word}


def answered(connection: Connection, target: Row) -> Mapping[str, Any]:
    """About which certification the complaint is."""
    return about_file(connection, _find_file(connection, actor().org_id, target.certification_id))


def ident(done: Recorded[Any]) -> Values:
    """The id of what began."""
    return {"id": done.subject.id}


def numbered(done: Recorded[Any]) -> Values:
    """The number that was given."""
    return {"id": done.subject.id, "number": done.body.number}


def to(endpoint: str, name: str) -> Any:
    """Where to go once something new began: its own page."""
    return lambda _target, answer: url_for(endpoint, **{name: answer["more"]["id"]})
