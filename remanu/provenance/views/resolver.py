"""Digital Links under this host: from a GS1 key to its part or product, and what this resolver is (labels.md §1.5)."""

from __future__ import annotations

import json

from flask import Response, render_template, request
from werkzeug.routing import BaseConverter

from remanu.errors import BadInput, NotFound
from remanu.families.gs1 import dictionary
from remanu.parts.queries import Row
from remanu.parts.queries import identifiers as held
from remanu.provenance.views import choosing, links, public
from remanu.provenance.views.choosing import HTML, JSON
from remanu.recognition.queries import jurisdictions
from remanu.rules import gs1, gs1_link, identifiers, resolver
from remanu.rules.gs1 import Elements
from remanu.rules.resolver import Level
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import here
from remanu.web.limits import at_most
from remanu.web.negotiation import wants_json
from remanu.web.words import PROBLEMS, REASONS

_BAD, _MISSING = 400, 404
_KEYS = tuple(dict.fromkeys(ais[0] for ais in identifiers.KEYS.values()))


class PrimaryKey(BaseConverter):
    """A first part of a path that is a primary key of a Digital Link."""

    regex = "(?:00|01|253|255|401|402|414|415|417|8003|8004|8006|8010|8013|8017|8018)"


class Stem(BaseConverter):
    """The code of a label that rides in front of a Digital Link (labels.md §1.2)."""

    regex = "[0-9A-Za-z]{6}"


@allow(EVERYBODY)
@at_most(240)
def digital_link(stem: str = "", **_parts: str) -> Response:
    """A Digital Link under this host: to the part or product that has the key, or what was asked of it."""
    path = _raw_path()
    try:
        read = gs1_link.read(f"{here().config.label_origin}{path}{_query()}", dictionary())
        gs1.check_pairs(read.elements, dictionary())
    except BadInput as error:
        return _malformed(str(error.details["why"]))
    with here().database.reading() as connection:
        part = held.minted_part(connection, identifiers.of_elements(read.path))
        product = None if part else held.minted_under(connection, gs1.bracketed(read.path[:1]) + "(")
    if part is not None:
        return _of_key(part.code, read.path, path, stem=stem)
    if product is not None:
        return _of_product(product, read.path)
    return _unknown(gs1.bracketed(read.path))


def _of_key(code: str, said: Elements, path: str, *, stem: str) -> Response:
    """The links of a part by its key: of each level of it up to the primary key, then those of our own address."""
    known = public.look_up(code)
    if known is None:
        return _unknown(gs1.bracketed(said))
    origin, what = here().config.label_origin, links.described(known)
    levels = [Level(origin + path, what, links.of_part(known, stem.upper()))]
    if len(said) > 1:
        levels.append(Level(origin + _address(said), what, links.of_product(_address(said))))
    response = choosing.chosen(levels[0].offered, [*levels, *links.levels_of_part(known, "", origin)])
    choosing.expose(response, path)
    return response


def _address(said: Elements) -> str:
    """The path of the primary key alone."""
    return gs1_link.write(said[:1], dictionary(), stem="")


def _of_product(row: Row, said: Elements) -> Response:
    """The product of a key, also where the serial behind it is not known here: one walks up (labels.md §1.5)."""
    address = _address(said)
    if request.args.get("format") == "html" and len(said) == 1:
        return Response(render_template("provenance/product.html", product=row, key=gs1.bracketed(said)))
    level = links.level_of_product(row, address, here().config.label_origin)
    response = choosing.chosen(level.offered, [level])
    choosing.expose(response, address)
    return response


def _query() -> str:
    given = request.query_string.decode("latin-1")
    return f"?{given}" if given else ""


def _raw_path() -> str:
    """The path as it was sent, where the server hands it on: a slash inside a value does not part the path then."""
    sent = str(request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or "").partition("?")[0]
    return (
        sent if sent.startswith("/") else gs1_link.rejoined(request.path.rstrip("/"), dictionary())
    ).rstrip("/")


def _malformed(why: str) -> Response:
    if wants_json():
        return Response(json.dumps({"code": "bad-input", "why": why}), _BAD, content_type=JSON)
    return _nothing(_BAD, PROBLEMS["bad-input"][0], REASONS[why])


def _unknown(key: str) -> Response:
    if wants_json():
        return Response(json.dumps({"code": "unknown-code", "read": key}), _MISSING, content_type=JSON)
    return _nothing(_MISSING, *PROBLEMS["unknown-code"])


def _nothing(status: int, title: str, advice: str) -> Response:
    page = render_template("provenance/nothing.html", code="foreign", heading=title, advice=advice)
    return Response(page, status=status, content_type=HTML)


@allow(EVERYBODY)
@at_most(60)
def description() -> Response:
    """What this resolver is, for other resolvers; only where keys of GS1 are in use here."""
    with here().database.reading() as connection:
        if not held.keys_in_use(connection):
            raise NotFound(what="page")
    told = {
        "name": "remanu",
        "resolverRoot": here().config.label_origin,
        "supportedPrimaryKeys": list(_KEYS),
        "supportedLinkType": [{"namespace": resolver.VOCABULARY, "prefix": "gs1:"}],
        "linkTypeDefaultCanBeLinkset": False,
        "supportedContextValuesEnumerated": sorted(jurisdictions()),
        # Compressed addresses are never printed, and none is read.
        "compression": "not supported",
    }
    return Response(json.dumps(told), content_type=JSON)
