"""Scanning: camera, typed code or photo, and where what was read leads."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from PIL import Image

from remanu.catalogue.queries import instrument_numbered
from remanu.drawing import rescue
from remanu.errors import BadInput, Refusal, TooLarge, UnknownCode
from remanu.families.gs1 import dictionary
from remanu.intake import queries as intake
from remanu.parts.queries import Row, find_item
from remanu.parts.queries import identifiers as held
from remanu.parts.views import aims
from remanu.rules import envelope, identity, seen
from remanu.rules.identity import Scan
from remanu.rules.permissions import READERS
from remanu.web import uploads
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import here, is_badge, signed_in
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
        if "badge" in request.args:
            raise BadInput("code", "badge-scanned")
        if any(is_badge(one) for one in (read, request.args.get("keys", ""))):
            # Neither the address nor any link of the page keeps it.
            return redirect(url_for("parts.scan", badge="read"), 303)
        return _lead(_likelier(read, request.args.get("keys", ""))) if read else _page()
    except Refusal as problem:
        if problem.code not in {"bad-input", "unknown-code", "unsafe-file", "too-large"}:
            raise
        return _page(read, problem), problem.status


def _likelier(read: str, keys: str) -> str:
    """What a hand scanner typed by the places of its keys, where that is a code and what the layout made of it is none.

    A code that is only found between changed signs may itself have changed where it has no check character, as the
    label's behind the part's.
    """
    if not keys or _ours(read) is not None:
        return read
    return keys if _ours(keys) is not None or (_is_ours(keys) and not _is_ours(read)) else read


def _is_ours(read: str) -> bool:
    found = seen.read(read, here().config.label_hosts, dictionary())
    return found.scan is not None or bool(found.place)


def _page(read: str = "", problem: Refusal | None = None) -> str:
    part = _first()
    aim = request.args.get("do", "look")
    aim = "install" if part is not None else aim if aim in aims.AIMS else "look"
    return render_template(
        "parts/scan.html",
        read=read[:_LONGEST],
        problem=problem,
        reader=signed_in() is not None,
        aim=aim,
        part=part,
        asked="/scan" + ("?" + urlencode(_kept(aim, part)) if aim != "look" else ""),
        pills=aims.pills(aim) if _reader() else (),
    )


def _kept(aim: str, part: Row | None) -> dict[str, str]:
    """What stays in the address while somebody scans."""
    return {"do": aim} if part is None else {"do": "into", "part": str(part.id)}


def _first() -> Row | None:
    """The part that was scanned first, where the next scan says what it goes into; None without one of one's own."""
    org_id, item_id = _reader(), request.args.get("part", "")
    if org_id is None or request.args.get("do") != "into" or not item_id.isprintable():
        return None
    with here().database.reading() as connection:
        return find_item(connection, org_id, item_id)


def _lead(read: str) -> ResponseReturnValue:
    """To the part's page where it is ours and one may read it, else to what anybody may see."""
    tool = _instrument(read)
    if tool is not None:
        return redirect(url_for("inspection.take_instrument", instrument_id=tool), 303)
    found = seen.read(read, here().config.label_hosts, dictionary())
    sign = _sign(found)
    return redirect(sign, 303) if sign else _to_part(found)


def _sign(found: seen.Seen) -> str:
    """The page of a place of one's own, or what its sign says to anybody else; nothing where none was scanned."""
    org_id = _reader()
    if found.place and org_id:
        with here().database.reading() as connection:
            row = intake.place_coded(connection, org_id, found.place)
        if row is not None:
            return url_for("intake.place", place_id=row.id)
    return f"/{found.place}" if found.kind == "place" else ""


def _to_part(found: seen.Seen) -> ResponseReturnValue:
    org_id = _reader()
    with here().database.reading() as connection:
        answer = held.recognise(connection, found, org_id)
    if answer.code and org_id == answer.owner:
        return _own(answer.item_id, found)
    if answer.code:
        return redirect(_public(replace(found.scan or Scan(answer.code), item=answer.code)), 302)
    if len(answer.candidates) == 1 and answer.exact:
        return _own(answer.candidates[0].id, found)
    if found.scan is not None and not answer.candidates:
        raise UnknownCode(code=found.scan.item)
    if found.kind in {"gs1", "mark"} or answer.candidates:
        return _told(answer, signed=org_id is not None)
    raise BadInput("code", found.why)


def _reader() -> str | None:
    """The organisation whose parts whoever asks may read."""
    who = signed_in()
    return who.actor.org_id if who is not None and who.actor.roles & READERS["workshop"] else None


def _own(item_id: str, found: seen.Seen) -> ResponseReturnValue:
    """To the part; or to the form that gives it the mark for which one looked for a part."""
    mark = request.args.get("mark", "")[:_LONGEST]
    if mark:
        return redirect(url_for("parts.add_identifier", target_id=item_id, value=mark), 303)
    aim = request.args.get("do", "look")
    label = _behind(found.scan)
    first = _first()
    if first is not None:
        return _into(first, item_id, label)
    wanted = aim if aim in aims.AIMS and aim != "look" else None
    target = aims.way(item_id, wanted, label) if wanted else None
    return redirect(target or url_for("parts.part", item_id=item_id, label=label, wanted=wanted), 303)


def _behind(scan: Scan | None) -> str | None:
    """What stood behind the part's code: its label, or that it was a paper, which no act takes for the part."""
    if scan is None:
        return None
    return identity.PAPER if scan.paper else scan.label


def _into(first: Row, item_id: str, label: str | None) -> ResponseReturnValue:
    """To the form that fits the part scanned first into this one; BadInput `into-itself` where it is the same."""
    if first.id == item_id:
        raise BadInput("code", "into-itself")
    target = aims.way(item_id, "fit", label)
    if target is None:
        return redirect(url_for("parts.part", item_id=item_id, label=label, wanted="install"), 303)
    return redirect(f"{target}?{urlencode({'code': first.code})}", 303)


def _told(answer: held.Answer, *, signed: bool) -> ResponseReturnValue:
    """The parts that it may be; or what was read of a code that nobody here knows, and what may be done about it."""
    page = render_template(
        "parts/seen.html", answer=answer, read=envelope.shown(answer.seen.text), signed=signed
    )
    return page, 300 if answer.candidates else 404


def _instrument(read: str) -> str | None:
    """The instrument whose number this is, for whoever may measure with it here."""
    who, number = signed_in(), read.strip()
    if who is None or not who.actor.roles & READERS["workshop"] or len(number) > _NUMBER:
        return None
    with here().database.reading() as connection:
        row = instrument_numbered(connection, who.actor.org_id, number)
    return None if row is None else str(row.id)


def _public(named: Scan) -> str:
    behind = identity.PAPER if named.paper else named.label
    return f"/{named.item}/{behind}" if behind else f"/{named.item}"


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
    """The item or place that an address or a code of ours names: its check character vouches for the reading."""
    hosts = here().config.label_hosts
    with suppress(BadInput):
        return identity.parse_scan(read, hosts).item
    with suppress(BadInput):
        return identity.parse_place_scan(read, hosts)
    return None


ROUTES = (("/scan", scan, ("GET", "POST")),)
