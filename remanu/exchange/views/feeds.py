"""Atom feeds of changes to releases, of a part and of an organisation: anybody may follow them and nobody is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

from flask import Response, request

from remanu.clock import stamp
from remanu.errors import BadInput, NotFound, UnknownCode
from remanu.exchange.queries import changes
from remanu.exchange.queries.changes import Change
from remanu.provenance.queries import Found, find
from remanu.rules import identity
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import here
from remanu.web.limits import at_most
from remanu.web.locale import current, gettext
from remanu.web.words import N_, REASONS

ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml; charset=utf-8"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
WORDS = {
    "released": N_("Released"),
    "superseded": N_("Certificate corrected"),
    "under-review": N_("Under review"),
    "sound": N_("Found sound"),
    "revoked": N_("Release revoked"),
}
_OF_PART, _OF_ALL = N_("Changes to the release of this part"), N_("Changes to releases")
_NAMES = {"en": "name_en", "zh-Hans": "name_zh_hans", "zh-Hant": "name_zh_hant"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Everything that stands around the entries."""

    id: str
    page: str
    title: str
    author: str
    entries: list[Change]


@allow(EVERYBODY)
@at_most(60)
def of_part(code: str) -> Response:
    """What changed about the release of one part."""
    with here().database.reading() as connection:
        found = part_of(connection, code)
        entries = changes.changes(connection, found.org_id, found.item_id)
    names = dict(zip(_NAMES, found.names, strict=True))
    author = names[current()] or names["en"] or found.code
    return _sent(
        Feed(
            id=f"{found.uri}/feed",
            page=str(found.uri),
            title=gettext(_OF_PART),
            author=author,
            entries=entries,
        )
    )


@allow(EVERYBODY)
@at_most(60)
def of_organisation(org_id: str) -> Response:
    """What changed about the releases of one organisation."""
    with here().database.reading() as connection:
        body = changes.organisation(connection, _known(org_id))
        if body is None:
            raise NotFound(what="organisation")
        entries = changes.changes(connection, body.org_id)
    address = f"{here().config.label_origin}/feeds/{body.org_id}"
    author = str(body._mapping[_NAMES[current()]] or body.name_en)  # noqa: SLF001 -- the row's own public name for it
    return _sent(
        Feed(
            id=address,
            page=here().config.label_origin,
            title=f"{gettext(_OF_ALL)} · {author}",
            author=author,
            entries=entries,
        )
    )


def part_of(connection: Any, code: str) -> Found:
    """The part that an address names; NotFound for what is no code, UnknownCode for one without a record."""
    try:
        item = identity.parse_item(code)
    except BadInput as error:
        raise NotFound(what="page") from error
    found = find(connection, item)
    if found is None or found.uri is None:
        raise UnknownCode(read=item)
    return found


def _known(org_id: str) -> str:
    try:
        return str(UUID(org_id))
    except ValueError as error:
        raise NotFound(what="organisation") from error


def _sent(feed: Feed) -> Response:
    body = drawn(feed)
    response = Response(body, content_type=TYPE)
    response.set_etag(hashlib.sha256(body).hexdigest()[:24])
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.make_conditional(request)
    return response


def drawn(feed: Feed) -> bytes:
    """The feed as Atom (RFC 4287), element by element: nothing is pasted into text."""
    root = ET.Element("feed", {"xmlns": ATOM, _LANGUAGE: current()})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", stamp(max((one.at for one in feed.entries), default=_NEVER)))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.id)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    for one in feed.entries:
        _entry(root, one)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _entry(root: ET.Element, one: Change) -> None:
    entry = _add(root, "entry")
    named = " ".join(filter(None, (one.name, one.serial)))
    # The same for ever and of no other entry, and nothing that the house keeps to itself.
    name = hashlib.sha256(f"{one.what}:{one.id}".encode()).hexdigest()[:24]
    _add(entry, "id", f"{one.uri}#{one.what}-{name}")
    _add(entry, "title", f"{gettext(WORDS[one.what])} · {named}")
    _add(entry, "updated", stamp(one.at))
    _add(entry, "link", rel="alternate", type="text/html", href=one.uri)
    _add(entry, "category", term=one.what, label=gettext(WORDS[one.what]))
    _add(entry, "summary", " · ".join(_summary(one)))


def _summary(one: Change) -> Iterable[str]:
    yield one.number
    if one.reason:
        yield gettext(REASONS.get(one.reason, one.reason))
    for part in one.affected:
        yield " ".join(filter(None, (part["name"], part["serial"], part["uri"])))


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, name, attributes)
    made.text = text or None
    return made
