"""Places with a sign: what stands where, scanning parts to a place, and the sign for the printer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection
from werkzeug.routing import BaseConverter

from remanu.drawing.sign import draw_signs
from remanu.drawing.symbol import encode
from remanu.errors import BadInput, Conflict, NotFound, Refusal, UnknownCode
from remanu.families.gs1 import dictionary
from remanu.intake import actions, queries
from remanu.intake.queries import Row
from remanu.parts.queries import find_item
from remanu.parts.queries import identifiers as held
from remanu.parts.views.aims import in_force
from remanu.parts.views.scanning import read_photo
from remanu.rules import identity, seen
from remanu.rules.permissions import PERMISSIONS, READERS
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import actor, here, is_badge, shown, signed_in
from remanu.web.limits import at_most
from remanu.web.locale import current
from remanu.web.words import N_

_READERS = "read:workshop"
_ID = 36
# What is shorter may be the rest of a scan that was cut, and moves nothing.
_SHORTEST = 4


class PlaceCode(BaseConverter):
    """An address that can be meant as the code of a place: shorter than any code of a part."""

    regex = "[Pp][0-9A-Za-z-]{9,11}[.)]{0,3}"


def _may(verb: str) -> bool:
    return bool(actor().roles & PERMISSIONS[f"intake.{verb}"])


@allow(_READERS)
def places() -> ResponseReturnValue:
    """The places in use, with how many parts stand at each."""
    with here().database.reading() as connection:
        rows = queries.places(connection, actor().org_id)
        parts = queries.filled(connection, actor().org_id, [row.name for row in rows])
    return render_template("intake/places.html", rows=rows, parts=parts, may=_may("add_place"))


@allow(_READERS)
def place(place_id: str) -> ResponseReturnValue:
    """One place: its sign, what stands there, and the scanner that puts parts there."""
    return _page(place_id)


def _page(place_id: str, *, typed: str = "", problem: Refusal | None = None) -> ResponseReturnValue:
    put = _put()
    with here().database.reading() as connection:
        row = queries.find_place(connection, actor().org_id, place_id)
        standing, count = _standing(connection, row, put)
    page = render_template(
        "intake/place.html",
        row=row,
        standing=standing,
        count=count,
        symbol=encode(_payload(row)),
        grouped=identity.group_place(row.code),
        may_put=_may("move") and row.retired_at is None,
        may_retire=_may("retire_place") and row.retired_at is None,
        put=put,
        key=str(uuid4()),
        typed=typed,
        problem=problem,
    )
    return page, problem.status if problem else 200


def _standing(connection: Connection, row: Row, put: str) -> tuple[list[Row], int]:
    """What stands there and how much; nothing at a place that was given up, whose name another one may have by now."""
    if row.retired_at is not None:
        return [], 0
    standing = queries.standing_at(connection, row.org_id, row.name, first=put)
    return standing, queries.filled(connection, row.org_id, [row.name]).get(row.name, 0)


def _put() -> str:
    """The part that was put here just now: the address says so, and anybody may write an address."""
    item_id = request.args.get("put", "")[:_ID]
    return item_id if item_id.isprintable() else ""


def _payload(row: Row) -> str:
    return identity.payload(here().config.label_origin, row.code)


@dataclass(frozen=True, slots=True)
class _Scanned:
    """What was scanned at a place: another place, or a part, with the label where one was named."""

    place: str = ""
    item: str = ""
    label: str = ""


@allow("act:intake.move")
def put(place_id: str) -> ResponseReturnValue:
    """Each scan of a part moves it here; the sign of another place leads there, and scanning goes on."""
    try:
        found = _scanned(_given())
        if found.place:
            return redirect(url_for("intake.place", place_id=found.place), 303)
        if not _label_counts(found):
            return redirect(url_for("parts.part", item_id=found.item, label=found.label), 303)
        done = here().database.transact(lambda tx: actions.put_there(tx, actor(), place_id, found.item))
    except Refusal as problem:
        if problem.status in {401, 403, 404} and not isinstance(problem, UnknownCode):
            raise
        return _page(place_id, typed=shown(request.form.get("text", "")[:200]), problem=problem)
    flash(N_("The part stands here now.") if done else N_("The part stood here already."))
    return redirect(url_for("intake.place", place_id=place_id, put=found.item if done else None), 303)


def _given() -> str:
    """What was scanned or typed, or what the photo shows; BadInput where neither was sent."""
    text = request.form.get("text", "")
    if not text and not request.files.get("photo"):
        raise BadInput("text", "required")
    if is_badge(text):
        raise BadInput("code", "badge-scanned")
    return text or read_photo()


def _scanned(read: str) -> _Scanned:
    """BadInput with the reason, UnknownCode, or Conflict `which-part` where nothing of one's own is named by it."""
    known, org_id = seen.read(read, here().config.label_hosts, dictionary()), actor().org_id
    if known.scan is not None and known.scan.paper:
        raise BadInput("code", "paper-scanned")
    with here().database.reading() as connection:
        sign = queries.place_coded(connection, org_id, known.place) if known.place else None
        if sign is not None:
            return _Scanned(place=str(sign.id))
        answer = held.recognise(connection, known, org_id)
    label = known.scan.label or "" if known.scan else ""
    if answer.code and answer.owner == org_id:
        return _Scanned(item=answer.item_id, label=label)
    if len(answer.candidates) == 1 and answer.exact and len(read.strip()) >= _SHORTEST:
        return _Scanned(item=str(answer.candidates[0].id))
    if answer.candidates:
        raise Conflict(why="which-part")
    if known.scan is not None:
        raise UnknownCode(code=known.scan.item)
    raise BadInput("code", "unknown-place" if known.kind == "place" else known.why or "not-a-code")


def _label_counts(found: _Scanned) -> bool:
    """Whether the label that was scanned is in force; the part's page warns of one that is not."""
    if not found.label:
        return True
    with here().database.reading() as connection:
        item = find_item(connection, actor().org_id, found.item)
        return in_force(connection, item.code, found.label)


@allow(_READERS)
def sign_pdf(place_id: str) -> Response:
    """The sign on a page of A5 to hang up: name, symbol, code."""
    with here().database.reading() as connection:
        row = queries.find_place(connection, actor().org_id, place_id)
    return _drawn([row], f"place-{row.code}.pdf")


@allow(_READERS)
def signs_pdf() -> Response:
    """The signs of all places in use, a page each; NotFound where there are none."""
    with here().database.reading() as connection:
        rows = queries.places(connection, actor().org_id)
    if not rows:
        raise NotFound(what="place")
    return _drawn(rows, "places.pdf")


def _drawn(rows: list[Row], name: str) -> Response:
    signs = [(row.name, encode(_payload(row)), identity.group_place(row.code)) for row in rows]
    response = Response(draw_signs(signs, locale=current()), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@allow(EVERYBODY)
@at_most(240)
def sign(code: str) -> ResponseReturnValue:
    """What the symbol of a sign leads to: the place, for those whose it is; nobody else learns whether it is there."""
    try:
        known = identity.parse_place(code)
    except BadInput:
        raise NotFound(what="page") from None
    who = signed_in()
    if who is not None and who.actor.roles & READERS["workshop"]:
        with here().database.reading() as connection:
            row = queries.place_coded(connection, who.actor.org_id, known)
        if row is not None:
            return redirect(url_for("intake.place", place_id=row.id), 303)
    return render_template("intake/sign.html", grouped=identity.group_place(known), signed=who is not None)


ROUTES = (
    ("/places", "places", places, ("GET",)),
    ("/places/signs.pdf", "signs_pdf", signs_pdf, ("GET",)),
    ("/places/<place_id>", "place", place, ("GET",)),
    ("/places/<place_id>/parts", "put_part", put, ("POST",)),
    ("/places/<place_id>/sign.pdf", "sign_pdf", sign_pdf, ("GET",)),
    ("/<place_code:code>", "sign", sign, ("GET",)),
    ("/<place_code:code>/", "sign", sign, ("GET",)),
)
