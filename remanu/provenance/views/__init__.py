"""Pages of provenance: for anybody at the address on the label, and for supervisors of an organisation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.routing import BaseConverter

from remanu.provenance.schemas import VERBS
from remanu.provenance.views import (
    evidence,
    inbox,
    oddities,
    place,
    public,
    recognised,
    report,
    resolver,
    supervision,
)
from remanu.provenance.views.tally import Tally
from remanu.web.acts import publish_pages
from remanu.web.context import cookie


class PartCode(BaseConverter):
    """A first part of an address that can be meant as an item code, read by `identity.parse_item`."""

    regex = "[0-9A-Za-z-]{13,19}[.)]{0,3}"


class LabelCode(BaseConverter):
    """A second part that can be meant as a label code."""

    regex = "[0-9A-Za-z-]{1,12}[.)]{0,3}"


# Printed addresses are read with a slash behind them, in any case, and are answered where they are: browsers keep a
# permanent redirect for years, and the frameworks' own are permanent (labels.md §1.4).
_OPEN: tuple[tuple[str, Callable[..., ResponseReturnValue]], ...] = (
    ("/<part_code:code>", public.part),
    ("/<part_code:code>/", public.part),
    ("/<part_code:code>/<label_code:label>", public.part),
    ("/<part_code:code>/<label_code:label>/", public.part),
    ("/<part_code:code>/recognised", recognised.recognised),
    ("/<part_code:code>/recognised/<there>", recognised.recognised),
    ("/<part_code:code>/events", evidence.events),
    ("/<part_code:code>/proof/<event_id>", evidence.proof),
    ("/<part_code:code>/certificate.json", evidence.certificate),
    ("/<part_code:code>/certificate.pdf", evidence.certificate_pdf),
    ("/<part_code:code>/photo.webp", evidence.photo),
    ("/<gs1_key:ai>/<path:rest>", resolver.digital_link),
    ("/<gs1_stem:stem>/<gs1_key:ai>/<path:rest>", resolver.digital_link),
    ("/.well-known/gs1resolver", resolver.description),
    ("/log/checkpoint", evidence.head),
    ("/log/key", evidence.key),
)
_METHODS = "GET, HEAD, OPTIONS"


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("provenance", __name__)
    blueprint.record_once(_prepare)
    publish_pages(VERBS, blueprint)
    for address, view in _OPEN:
        blueprint.add_url_rule(address, view.__name__, view)
    blueprint.add_url_rule("/<part_code:code>/report", "report", report.form)
    blueprint.add_url_rule("/<part_code:code>/report", "send", report.send, methods=["POST"])
    blueprint.add_url_rule("/<part_code:code>/place", "ask_place", place.ask_place)
    blueprint.add_url_rule("/<part_code:code>/place", "tell_place", place.tell_place, methods=["POST"])
    blueprint.add_url_rule("/reports", "reports", inbox.reports)
    blueprint.add_url_rule("/reports", "settle", inbox.settle, methods=["POST"])
    blueprint.add_url_rule("/readings", "readings", oddities.readings)
    blueprint.add_url_rule("/readings", "settle_reading", oddities.settle_reading, methods=["POST"])
    blueprint.add_url_rule("/supervision", "supervision", supervision.supervision)
    blueprint.after_request(_open_to_all)
    return blueprint


def _prepare(state: BlueprintSetupState) -> None:
    app: Any = state.app
    app.url_map.converters.update(
        part_code=PartCode, label_code=LabelCode, gs1_key=resolver.PrimaryKey, gs1_stem=resolver.Stem
    )
    app.url_map.merge_slashes = False
    app.extensions[public.TALLY] = Tally()


def _open_to_all(response: Response) -> Response:
    """Any site may read what is public, but never with somebody's session (ASVS 3.4.2)."""
    names = {view.__name__ for _, view in _OPEN}
    if (request.endpoint or "").partition(".")[2] in names and cookie() not in request.cookies:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = _METHODS
        response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
        # What anybody may read may also be shown beside other things.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
