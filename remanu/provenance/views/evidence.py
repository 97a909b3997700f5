"""What anybody may take away to check a part without us: events, proofs, checkpoint, certificate, the plate's photo."""

from __future__ import annotations

import base64
import json
from typing import Any

from flask import Response, request

from remanu.clock import parse_stamp
from remanu.drawing.certificate import draw_certificate
from remanu.drawing.paper import Print, blocks, document
from remanu.errors import BadInput, NotFound, UnknownCode
from remanu.ledger import checkpoint, fork, notes
from remanu.ledger.record import MAIN_LOG
from remanu.provenance import queries
from remanu.provenance.queries import Certificate, Known
from remanu.provenance.views.public import JSON, kept, look_up
from remanu.release import queries as release
from remanu.rules import identity
from remanu.web import uploads
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import here
from remanu.web.limits import at_most
from remanu.web.locale import current

_TEXT = "text/plain; charset=utf-8"
_EDGE = 800


@allow(EVERYBODY)
@at_most(30)
def events(code: str) -> Response:
    """The public chains of a part: canonical bytes and commitments, so that anybody may compute them again."""
    with here().database.reading() as connection:
        found = queries.find(connection, _item(code))
        if found is None:
            raise UnknownCode(read=code)
        links = queries.read(connection, found.org_id, found.item_id).links
    chains: dict[str, list[dict[str, Any]]] = {}
    for link in sorted(links, key=lambda one: (one.subject_id != found.item_id, one.subject_id, one.seq)):
        row = {
            "seq": link.seq,
            "event": link.id,
            "canonical": base64.b64encode(link.canonical).decode(),
            "commitment": link.commitment.hex(),
            "previous": None if link.previous is None else link.previous.hex(),
            "logged": link.idx is not None,
        }
        chains.setdefault(link.subject_id, []).append(row)
    return _json({"code": found.code, "hash": "SHA-256", "chains": list(chains.values())})


@allow(EVERYBODY)
@at_most(60)
def proof(code: str, event_id: str) -> Response:
    """That an event of this part stands in the log under the newest checkpoint, or that it is not logged yet."""
    with here().database.reading() as connection:
        found = queries.find(connection, _item(code))
        links = () if found is None else queries.read(connection, found.org_id, found.item_id).links
        if found is None or event_id not in {link.id for link in links}:
            raise NotFound(what="event")
        shown = checkpoint.inclusion(connection, found.org_id, event_id)
    if shown is None:
        return _json({"event": event_id, "logged": False})
    return _json(
        {
            "event": event_id,
            "logged": True,
            "index": shown.index,
            "entry": shown.entry.hex(),
            "proof": [one.hex() for one in shown.proof],
            "checkpoint": shown.under.note,
        }
    )


@allow(EVERYBODY)
@at_most(120)
def head() -> Response:
    """The newest checkpoint of the log, as it was signed."""
    with here().database.reading() as connection:
        signed = checkpoint.latest(connection)
    if signed is None:
        raise NotFound(what="checkpoint")
    return Response(signed.note, content_type=_TEXT)


@allow(EVERYBODY)
@at_most(120)
def key() -> Response:
    """The key that signs checkpoints, as verifiers configure it."""
    with here().database.reading() as connection:
        name = fork.name(connection, log_id=MAIN_LOG, origin=here().config.log_origin)
    return Response(notes.verifier_key(name, kept().key) + "\n", content_type=_TEXT)


@allow(EVERYBODY)
@at_most(60)
def certificate(code: str) -> Response:
    """A certificate as data: the very bytes whose digest was signed; `number` asks for an older one."""
    held = _certificate(_known(code))
    response = Response(held.record, content_type=JSON)
    response.set_etag(held.digest)
    response.make_conditional(request)
    return response


@allow(EVERYBODY)
@at_most(12)
def certificate_pdf(code: str) -> Response:
    """A certificate for printing, without the signer's name, which travels with the owner's copy alone."""
    known = _known(code)
    held = _certificate(known)
    name, now = (known.found, held.number, current()), here().database.clock.now()
    drawn = kept().papers.get(name, now)
    if drawn is None:
        drawn = draw_certificate(blocks(_paper(known, held), locale=current()), locale=current())
        kept().papers.put(name, now, drawn)
    response = Response(drawn, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{identity.group(known.found.code)}.pdf"'
    return response


@allow(EVERYBODY)
@at_most(60)
def photo(code: str) -> Response:
    """The photo of the data plate, drawn again from its pixels: no place, no date, no camera."""
    known = _known(code)
    digest, now = known.story.item.photo, here().database.clock.now()
    if not digest:
        raise NotFound(what="evidence")
    shown = kept().papers.get(("photo", digest), now)
    if shown is None:
        shown = uploads.rendition(here().storage.get(digest), edge=_EDGE)
        kept().papers.put(("photo", digest), now, shown)
    response = Response(shown, content_type="image/webp")
    response.set_etag(digest)
    response.make_conditional(request)
    return response


def _item(code: str) -> str:
    try:
        return identity.parse_item(code)
    except BadInput as error:
        raise NotFound(what="page") from error


def _known(code: str) -> Known:
    known = look_up(_item(code))
    if known is None:
        raise UnknownCode(read=code)
    return known


def _certificate(known: Known) -> Certificate:
    wanted = request.args.get("number")
    held = next((one for one in known.story.certificates if wanted in {None, one.number}), None)
    if held is None or not known.verdict.whole:
        # What does not verify is shown on the page with its reason, and is not given out as a paper.
        raise NotFound(what="certificate")
    return held


def _paper(known: Known, held: Certificate) -> Print:
    """What is printed on the public copy: everything but the signer's name and what binds to it."""
    with here().database.reading() as connection:
        log = release.logged(connection, known.found.org_id, held.event)
        record = held.record.decode()
        plain, at = json.loads(record), parse_stamp(held.issued_at)
        called = release.spoken_names(connection, known.found.org_id, plain["unit"], current())
    return Print(
        record=plain,
        document=document(record, "", held.authorisation),
        state=held.state,
        signed_at=at,
        authorisation=held.authorisation,
        signer=None,
        origin=log.origin if log else "",
        size=log.size if log else 0,
        root=log.root if log else b"",
        url=known.story.item.uri,
        demonstration=here().config.demonstration,
        class_word=release.class_word(plain, language=current(), on=at.date()),
        **called,
    )


def _json(values: dict[str, Any]) -> Response:
    return Response(json.dumps(values, separators=(",", ":")), content_type=JSON)
