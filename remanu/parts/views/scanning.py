"""Scanning: camera, typed code or photo, and where what was read leads."""

from __future__ import annotations

import io

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from PIL import Image

from remanu.catalogue.queries import instrument_numbered
from remanu.drawing import rescue
from remanu.errors import BadInput, Refusal, TooLarge, UnknownCode
from remanu.parts import queries
from remanu.rules import identity
from remanu.rules.identity import Scan
from remanu.rules.permissions import READERS
from remanu.web import uploads
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import here, signed_in
from remanu.web.limits import at_most, hold

_LONGEST = 2048
# As long as the number of an instrument may be.
_NUMBER = 40
_PHOTOS = 30


@allow(EVERYBODY)
# All tablets of a hall may stand behind one address.
@at_most(600)
def scan() -> ResponseReturnValue:
    """Show the scanner, or lead from a scanned text (`text` or `code`) or a photo to the part."""
    read = request.args.get("text") or request.args.get("code") or ""
    try:
        if request.method == "POST":
            read = request.form.get("text") or read_photo()
        return _lead(read) if read else _page()
    except Refusal as problem:
        if problem.code not in {"bad-input", "unknown-code", "unsafe-file", "too-large"}:
            raise
        return _page(read, problem), problem.status


def _page(read: str = "", problem: Refusal | None = None) -> str:
    return render_template(
        "parts/scan.html", read=read[:_LONGEST], problem=problem, reader=signed_in() is not None
    )


def _lead(read: str) -> ResponseReturnValue:
    """To the part's page where it is ours and one may read it, else to what anybody may see."""
    tool = _instrument(read)
    if tool is not None:
        return redirect(url_for("inspection.take_instrument", instrument_id=tool), 303)
    named = identity.parse_scan(read, here().config.label_hosts)
    with here().database.reading() as connection:
        row = queries.by_code(connection, named.item)
    if row is None:
        raise UnknownCode(code=named.item)
    who = signed_in()
    if who is not None and who.actor.org_id == row.org_id and who.actor.roles & READERS["workshop"]:
        return redirect(url_for("parts.part", item_id=row.item_id, label=named.label), 303)
    return redirect(_public(named), 302)


def _instrument(read: str) -> str | None:
    """The instrument whose number this is, for whoever may measure with it here."""
    who, number = signed_in(), read.strip()
    if who is None or not who.actor.roles & READERS["workshop"] or len(number) > _NUMBER:
        return None
    with here().database.reading() as connection:
        row = instrument_numbered(connection, who.actor.org_id, number)
    return None if row is None else str(row.id)


def _public(named: Scan) -> str:
    return f"/{named.item}/{named.label}" if named.label else f"/{named.item}"


def read_photo() -> str:
    """The text of the symbol on the photo that was sent; reading one takes hundreds of times a scan's work."""
    hold("scan.photo", _PHOTOS)
    sent = request.files.get("photo")
    content = sent.stream.read(uploads.FILE_LIMIT + 1) if sent else b""
    if len(content) > uploads.FILE_LIMIT:
        raise TooLarge(limit=uploads.FILE_LIMIT)
    if not uploads.media_type(content).startswith("image/"):
        raise BadInput("photo", "no-symbol")
    with Image.open(io.BytesIO(content)) as image:
        found = rescue.read(image, lambda text: _ours(text) is not None)
    if not found:
        raise BadInput("photo", "no-symbol")
    if len({_ours(text) for text in found}) > 1:
        raise BadInput("photo", "several-parts")
    return found[0]


def _ours(read: str) -> str | None:
    """The item that an address or a code of ours names: its check character vouches for the reading."""
    try:
        return identity.parse_scan(read, here().config.label_hosts).item
    except BadInput:
        return None


ROUTES = (("/scan", scan, ("GET", "POST")),)
