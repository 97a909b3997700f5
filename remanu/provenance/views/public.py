"""The public page of a part: found, verified and told in two statements, or in one where nothing has changed."""

from __future__ import annotations

import hashlib
import json

from flask import Response, current_app, render_template, request
from werkzeug.exceptions import BadRequest

from remanu.errors import BadInput, NotFound, UnknownCode
from remanu.provenance import queries
from remanu.provenance.queries import Found, Known
from remanu.provenance.schemas import DocumentSchema
from remanu.provenance.views import choosing
from remanu.provenance.views import sheet as sheets
from remanu.provenance.views.findings import NOT_ISSUED, label_key
from remanu.provenance.views.kept import Answer, Kept
from remanu.provenance.views.tally import Tally
from remanu.rules import identity
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import here
from remanu.web.limits import at_most
from remanu.web.locale import current
from remanu.web.negotiation import wants_json
from remanu.web.words import PROBLEMS, REASONS

KEPT, TALLY = "remanu.provenance.kept", "remanu.provenance.tally"
HTML, JSON = "text/html; charset=utf-8", "application/json; charset=utf-8"
_DOCUMENT = DocumentSchema()
_OK, _BAD, _MISSING = 200, 400, 404


def kept() -> Kept:
    """This process's shelves; the log's key comes from outside the store, so that the store cannot replace it."""
    shelves: Kept | None = current_app.extensions.get(KEPT)
    if shelves is None:
        key = here().database.keyring.log_key().public_key().public_bytes_raw()
        shelves = current_app.extensions[KEPT] = Kept(key)
    return shelves


@allow(EVERYBODY)
@at_most(240)
def part(code: str, label: str | None = None) -> Response:
    """The page about a part, or the same as JSON; `label` is the label that was scanned."""
    try:
        item = identity.parse_item(code)
    except BadInput as error:
        return _malformed(str(error.details["why"]))
    known = look_up(item)
    if known is None:
        return _unknown(item)
    key = label_key(known, _read(label))
    if choosing.asked():
        response = choosing.of_part(known, key)
        choosing.expose(response, f"/{item}")
        return response
    answer = _answer(known, key)
    return _sent(answer, known.found, key)


def look_up(item: str) -> Known | None:
    """What everybody may know of a part; one statement where it was read within the minute, else two."""
    database = here().database
    now = database.clock.now()
    with database.reading() as connection:
        found = queries.find(connection, item)
        if found is None:
            return None
        return kept().record(found, now, lambda: queries.known(connection, found, key=kept().key, at=now))


def as_json() -> bool:
    """Whether the caller wants the document rather than the page: by the address, else by what it accepts."""
    asked = request.args.get("format")
    return asked == "json" if asked in {"json", "html"} else wants_json()


def _read(label: str | None) -> str | None:
    """The label's code, or that it was a paper; one that can be neither is one that was never issued."""
    if label is not None and label.rstrip(".)").upper() == identity.PAPER:
        return identity.PAPER
    try:
        return None if label is None else identity.parse_label(label)
    except BadInput:
        return NOT_ISSUED


def _answer(known: Known, key: str) -> Answer:
    shelf, now = kept().answers, here().database.clock.now()
    name = (known.found, known.verdict.at, key, current(), as_json())
    answer = shelf.get(name, now)
    if answer is None:
        answer = _drawn(known, key)
        shelf.put(name, known.verdict.at, answer)
    return answer


def _drawn(known: Known, key: str) -> Answer:
    page = sheets.sheet(known, key)
    if as_json():
        body = json.dumps(_DOCUMENT.dump(page), ensure_ascii=False, separators=(",", ":")).encode()
    else:
        body = render_template("provenance/part.html", page=page, stage_kind=sheets.stage_kind).encode()
    tag = hashlib.sha256(body).hexdigest()[:24]
    return Answer(body, JSON if as_json() else HTML, tag, _MISSING if key == NOT_ISSUED else _OK)


def _sent(answer: Answer, found: Found, key: str) -> Response:
    response = Response(answer.body, status=answer.status, content_type=answer.content_type)
    response.set_etag(answer.tag)
    response.headers["Link"] = f'</{found.code}?format=json>; rel="alternate"; type="application/json"'
    choosing.expose(response, f"/{found.code}")
    if request.method == "GET":
        _count(response, found, key)
    if answer.status == _OK:
        response.make_conditional(request)
    return response


def _count(response: Response, found: Found, key: str) -> None:
    tally: Tally = current_app.extensions[TALLY]
    database = here().database
    tally.count(found.org_id, found.item_id, "" if key == identity.PAPER else key, database.clock.now())
    response.call_on_close(lambda: tally.settle(database))


def _malformed(why: str) -> Response:
    """A text that is no code is a page that does not exist; one wrong character in a code is said in words."""
    if why != "check-character":
        raise NotFound(what="page")
    if wants_json():
        raise BadRequest
    return _nothing(_BAD, "malformed", PROBLEMS["bad-input"][0], REASONS[why])


def _unknown(item: str) -> Response:
    if as_json():
        raise UnknownCode(read=item)
    return _nothing(_MISSING, item, *PROBLEMS["unknown-code"])


def _nothing(status: int, code: str, title: str, advice: str) -> Response:
    page = render_template("provenance/nothing.html", code=code, heading=title, advice=advice)
    return Response(page, status=status, content_type=HTML)
