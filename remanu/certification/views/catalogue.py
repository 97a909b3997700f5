"""The catalogue of recognised remanufactured products for anybody: search, one entry with its units, and a feed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from remanu.certification import queries
from remanu.certification.schemas import about, told, words
from remanu.certification.views.register import page_of
from remanu.families.loader import load_all
from remanu.rules.certification import Line
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import here
from remanu.web.limits import at_most
from remanu.web.locale import current, gettext

ATOM = "http://www.w3.org/2005/Atom"


_ASKED = ("q", "family", "country", "batch")


def given_() -> dict[str, Any]:
    """What the address asks for, without what it leaves empty."""
    return {name: request.args[name] for name in _ASKED if request.args.get(name)}


@allow(EVERYBODY)
@at_most(240)
def products() -> ResponseReturnValue:
    """Certificates by family, maker, model, body and country; a page at a time."""
    after, today = request.args.get("after", ""), about.today_anywhere()
    with here().database.reading() as connection:
        found = queries.entries(connection, about.asked(), after=after, limit=queries.PAGE + 1)
        known = queries.countries(connection)
        lost = queries.lost(connection, found, today)
    rows, more = page_of(found)
    given = {name: request.args.get(name, "") for name in _ASKED}
    return render_template(
        "certification/products.html",
        rows=[(row, told.summary(row, today)["state"], lost.get(row.id)) for row in rows],
        given=given,
        asked=given_(),
        further={**{name: value for name, value in given.items() if value}, "after": rows[-1].id}
        if more
        else None,
        after=after,
        families=[(one.id, one.names.text(current())) for one in load_all().values()],
        countries=known,
        named=about.named,
        family_word=about.family_word,
    )


@allow(EVERYBODY)
@at_most(240)
def entry(certification_id: str) -> ResponseReturnValue:
    """One certificate: how it stands, scope, history, accreditations behind it, and the units that it covers."""
    after, today = request.args.get("after", ""), about.today_anywhere()
    with here().database.reading() as connection:
        found = queries.find_entry(connection, certification_id, today)
        units, cursor = queries.units(connection, found.row, today, after=after)
        behind = queries.accreditations_of(connection, found.row.org_id)
        lost = queries.lost(connection, [found.row], today).get(found.row.id)
        made = queries.originals(connection, found.row.id)
        late = queries.overdue_since(connection, found.row, today)
    return render_template(
        "certification/entry.html",
        entry=found,
        row=found.row,
        now=found.now,
        lines=[(about.line_word(one), one in found.now.paused) for one in found.now.lines],
        history=[(one, json.loads(one.facts)) for one in found.history],
        behind=[(one, one.on(today).state) for one in behind],
        units=units,
        lost=lost,
        originals=made,
        late=late,
        after=after,
        cursor=cursor,
        words=words,
        named=about.named,
        family_word=about.family_word,
        line_word=lambda facts: about.line_word(Line(**facts)),
    )


@allow(EVERYBODY)
@at_most(240)
def feed() -> Response:
    """What happened last to the entries that the address asks for, as an Atom feed (RFC 4287)."""
    with here().database.reading() as connection:
        changes = queries.changes(connection, about.asked())
    return Response(_atom(changes), content_type="application/atom+xml; charset=utf-8")


def _atom(changes: list[queries.Row]) -> bytes:
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")
    origin = here().config.label_origin
    given = given_()
    address = f"{origin}{url_for('certification.products', **given)}"
    _put(root, "id", address)
    _put(root, "title", gettext("Catalogue of recognised remanufactured products"))
    _put(root, "updated", changes[0].at.isoformat() if changes else _never().isoformat())
    _link(root, "alternate", address)
    _link(root, "self", f"{origin}{url_for('certification.feed', **given)}")
    for one in changes:
        _entry(root, one, origin)
    found: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def _never() -> Any:
    # A feed has a date, and an empty one changed never: the day it is asked for says nothing.
    return here().database.clock.now()


def _entry(root: ET.Element, one: queries.Row, origin: str) -> None:
    holder, said = about.named(one, "holder"), gettext(words.VERB_WORDS[one.verb])
    here_ = ET.SubElement(root, f"{{{ATOM}}}entry")
    _put(here_, "id", f"urn:uuid:{one.event_id}")
    _put(here_, "title", f"{one.number}: {said}")
    _put(here_, "updated", one.at.isoformat())
    author = ET.SubElement(here_, f"{{{ATOM}}}author")
    _put(author, "name", about.named(one, "body"))
    _link(here_, "alternate", f"{origin}{url_for('certification.entry', certification_id=one.id)}")
    day = date.fromisoformat(one.on_day).isoformat()
    _put(here_, "summary", f"{holder} · {about.family_word(one.family)} · {one.scheme} · {day}")


def _put(parent: ET.Element, name: str, value: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = value


def _link(parent: ET.Element, rel: str, href: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href})


ROUTES = (
    ("/recognised-products", products),
    ("/recognised-products/feed.atom", feed),
    ("/recognised-products/<certification_id>", entry),
)
