"""Choosing one link of a part out of many, for our own addresses and those of GS1 alike (labels.md §1.5).

A page that nobody asked to choose from is served before anything of this is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from flask import Response, render_template, request

from remanu.errors import NotFound
from remanu.provenance.queries import Known
from remanu.provenance.views import links
from remanu.provenance.views.findings import NOT_ISSUED
from remanu.rules import resolver
from remanu.rules.identity import PAPER
from remanu.rules.resolver import LINKSET, Level, Offered, Wish
from remanu.web.context import here
from remanu.web.locale import current
from remanu.web.negotiation import wants_json

HTML, JSON = "text/html; charset=utf-8", "application/json; charset=utf-8"
_TURNED, _SEVERAL = 307, 300
_PDF, _PAGE = "application/pdf", "text/html"
_JSON_CONTEXT = (
    f'<{resolver.CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
)


def asked() -> bool:
    """Whether a request wants to choose: a link type, context, link set or document; never where it names a form."""
    if "format" in request.args:
        return False
    accept = request.headers.get("Accept", "")
    document = LINKSET in accept or (_PDF in accept and _PAGE not in accept)
    return document or "linkType" in request.args or "context" in request.args


def of_part(known: Known, key: str) -> Response:
    """What a request that chooses among the links of a part gets."""
    label = "" if key in {"", NOT_ISSUED, PAPER} else key
    origin = here().config.label_origin
    return chosen(links.of_part(known, label), links.levels_of_part(known, label, origin))


def expose(response: Response, address: str) -> None:
    """Say in a header where the link set is, beside what stands there already."""
    response.headers.add("Link", f'<{address}?linkType=linkset>; rel="linkset"; type="{LINKSET}"')


def chosen(offered: Sequence[Offered], levels: list[Level]) -> Response:
    """The link that answers the request, the link set, or a list; NotFound where the type asked for is not there."""
    wish = _wish()
    if wish.link_type in resolver.EVERYTHING or _wants_linkset():
        return _linkset(levels)
    found = resolver.choose(offered, wish)
    if not found:
        raise NotFound(what="link")
    if len(found) > 1:
        return _several(found, levels)
    return Response(status=_TURNED, headers={"Location": _passed_on(found[0].path)})


def _wish() -> Wish:
    types = tuple((name, quality) for name, quality in request.accept_mimetypes)
    return Wish(
        link_type=resolver.link_type(request.args.get("linkType", "")),
        types=types,
        language=resolver.TAGS[current()],
        context=request.args.get("context", ""),
    )


def _wants_linkset() -> bool:
    return request.accept_mimetypes.best_match((_PAGE, LINKSET), default=_PAGE) == LINKSET


def _linkset(levels: list[Level]) -> Response:
    body = json.dumps(resolver.linkset(levels, here().config.label_origin), ensure_ascii=False)
    response = Response(body, content_type=LINKSET)
    response.headers.add("Link", _JSON_CONTEXT)
    return response


def _several(found: Sequence[Offered], levels: list[Level]) -> Response:
    """A list of links that answer equally well, as a page or as a link set of them alone."""
    if wants_json():
        told = {"links": [{"href": one.path, "title": one.title, "type": one.type} for one in found]}
        return Response(json.dumps(told, ensure_ascii=False), _SEVERAL, content_type=JSON)
    page = render_template("provenance/choices.html", links=found, what=levels[0].description)
    return Response(page, _SEVERAL, content_type=HTML)


def _passed_on(path: str) -> str:
    """The target with every pair of the request's query; ours come first, so that they decide."""
    given = request.query_string.decode("latin-1")
    between = "&" if "?" in path else "?"
    return f"{path}{between}{given}" if given else path
