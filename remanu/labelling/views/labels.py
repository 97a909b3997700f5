"""Pages of labels: one label with its drawing and what comes next, lists, and the drawings themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.drawing.fields import LabelFields
from remanu.drawing.pdf import draw_pdf
from remanu.drawing.png import draw_png
from remanu.drawing.proof import draw_proof
from remanu.drawing.svg import draw_svg
from remanu.drawing.zpl import draw_zpl
from remanu.errors import BadInput
from remanu.labelling import queries, schemas
from remanu.labelling.events import LIVE
from remanu.labelling.queries import Row
from remanu.parts.queries import find_item
from remanu.rules import lifecycle
from remanu.rules.calibration import PLAIN, Calibration
from remanu.rules.permissions import PERMISSIONS
from remanu.rules.states import STATES
from remanu.web.access import allow
from remanu.web.acts import Values, all_verbs
from remanu.web.context import actor, here
from remanu.web.locale import gettext
from remanu.web.shell import role
from remanu.web.words import N_

_READERS = "read:workshop"
_WAITING = frozenset({"reserved", "printed", "applied"})
_STATES = (*(one.name for one in STATES.values() if one.name in LIVE), "superseded", "lost", "revoked", "destroyed")
_SCREEN_DPI = 300
_LARGEST_DPI = 1200
_DIGITS = 9
# The way of a label that goes as it should; everything else stands in the sheet.
_NEXT = {"reserved": "print", "printed": "apply", "applied": "read_back"}


@allow(_READERS)
def labels() -> ResponseReturnValue:
    """Labels of one part, or all that wait for somebody, with the way to print a sheet."""
    item_id, wanted = request.args.get("item", ""), request.args.get("state", "")
    with here().database.reading() as connection:
        item = find_item(connection, actor().org_id, item_id) if item_id else None
        rows = _listed(connection, item, wanted)
        presses = queries.printers(connection, actor().org_id)
    last = rows[-1].id if item is None and len(rows) == queries.PAGE else ""
    return render_template(
        "labelling/labels.html",
        item=item,
        rows=rows,
        chosen=wanted,
        last=last,
        states=_STATES,
        stocks=queries.stocks(),
        printers=presses,
        **_words(),
    )


def _listed(connection: Connection, item: Row | None, wanted: str) -> Sequence[Row]:
    if item is not None:
        rows = queries.labels_of(connection, item.org_id, item.id)
        return [row for row in rows if wanted in {"", row.state}]
    states = frozenset({wanted}) if wanted in _STATES else _WAITING
    return queries.labels_in(connection, actor().org_id, states, after=request.args.get("after", ""))


@allow(_READERS)
def label(label_id: str) -> ResponseReturnValue:
    """One label: how it looks, where it stands, and what may be done with it next."""
    with here().database.reading() as connection:
        row = queries.find_label(connection, actor().org_id, label_id)
        item = find_item(connection, row.org_id, row.item_id)
        said = drawn_fields(connection, row)
        others = {one.id: one for one in queries.labels_of(connection, row.org_id, row.item_id)}
        stock = queries.stock_for(connection, row)
    first, more = _offered(row)
    return render_template(
        "labelling/label.html",
        label=row,
        item=item,
        said=said,
        stock=stock,
        replaces=others.get(row.replaces),
        replaced_by=others.get(row.replaced_by),
        first=first,
        more=more,
        **_words(),
    )


def _words() -> Values:
    return {
        "kinds": schemas.KIND_WORDS,
        "placements": schemas.PLACEMENT_WORDS,
        "reasons": schemas.WHY_WORDS,
    }


def _offered(row: Row) -> tuple[Values | None, list[Values]]:
    """The next step of the label, and what else SM-8 permits; grey with the roles where the person may not."""
    offered = [(step.action, _offer(row, step)) for step in lifecycle.allowed("SM-8", row.state)]
    first = next((one for verb, one in offered if verb == _NEXT.get(row.state)), None)
    return first, [one for verb, one in offered if verb != _NEXT.get(row.state)]


def _offer(row: Row, step: lifecycle.Transition) -> Values:
    verb = all_verbs()[f"labelling.{step.action}"]
    needs = "" if actor().roles & step.roles else ", ".join(sorted(map(role, step.roles)))
    return {
        "href": url_for(f"labelling.{step.action}", target_id=row.id),
        "label": gettext(verb.title),
        "reason": gettext(N_("This needs one of these roles:")) + f" {needs}." if needs else "",
    }


def drawn_fields(connection: Connection, row: Row) -> LabelFields:
    """What the drawing of this label says, with DEMO, VOID or PROOF: PROOF for whoever may not print."""
    words = queries.words_of(connection, row)
    said = queries.drawn(row, words, demonstration=here().config.demonstration)
    return said if actor().roles & PERMISSIONS["labelling.print"] else queries.as_proof(said)


def _one(label_id: str) -> tuple[Row, LabelFields, queries.Stock]:
    with here().database.reading() as connection:
        row = queries.find_label(connection, actor().org_id, label_id)
        return row, drawn_fields(connection, row), queries.stock_for(connection, row)


@allow(_READERS)
def label_pdf(label_id: str) -> Response:
    """The label as PDF, one page on rolls, at `start` on a sheet."""
    row, said, stock = _one(label_id)
    drawing = draw_pdf([said], stock.template, stock.media, start=_number("start", 1))
    return _file(drawing, "application/pdf", f"{_name(row)}.pdf")


@allow(_READERS)
def label_svg(label_id: str) -> Response:
    """The label as SVG in millimetres."""
    row, said, stock = _one(label_id)
    return _file(draw_svg(said, stock.template, stock.media), "image/svg+xml", f"{_name(row)}.svg")


@allow(_READERS)
def label_png(label_id: str) -> Response:
    """The label as PNG in whole dots of a printer of `dpi` dots per inch."""
    row, said, stock = _one(label_id)
    dpi = _number("dpi", _SCREEN_DPI, most=_LARGEST_DPI)
    return _file(draw_png(said, stock.template, stock.media, dpi=dpi), "image/png", f"{_name(row)}.png")


@allow(_READERS)
def label_zpl(label_id: str) -> Response:
    """The label for a thermal printer of `dpi` dots per inch, the stock's own where none are named."""
    row, said, stock = _one(label_id)
    dpi = _number("dpi", stock.media.dpi, most=_LARGEST_DPI)
    sent = draw_zpl(said, stock.template, replace(stock.media, dpi=dpi))
    return _file(sent, "application/octet-stream", f"{_name(row)}.zpl")


@allow(_READERS)
def sheet() -> Response:
    """Several labels on one stock, from place `start`; `ids` may be repeated or parted by commas."""
    return _sheet(draw_pdf, "labels")


@allow(_READERS)
def proof() -> Response:
    """The same sheet with the outlines of its cells, for plain paper to be held against it."""
    return _sheet(draw_proof, "proof")


def asked_ids() -> list[str]:
    """The labels that were ticked, each once; `ids` may be repeated or parted by commas."""
    ids = [one for text in request.args.getlist("ids") for one in text.split(",") if one]
    if not ids:
        raise BadInput("ids", "nothing-chosen")
    return list(dict.fromkeys(ids))


def _sheet(draw: Callable[..., bytes], name: str) -> Response:
    ids = asked_ids()
    with here().database.reading() as connection:
        rows = queries.find_labels(connection, actor().org_id, ids)
        stock = queries.stock_together(connection, rows, request.args.get("media", ""))
        said = [drawn_fields(connection, row) for row in rows]
        bent = _calibration(connection, request.args.get("printer", ""))
    drawing = draw(said, stock.template, stock.media, start=_number("start", 1), calibration=bent)
    return _file(drawing, "application/pdf", f"{name}-{len(rows)}.pdf")


def _calibration(connection: Connection, printer: str) -> Calibration:
    """What was measured of the printer that was chosen, if one was."""
    if not printer:
        return PLAIN
    return queries.calibration_of(queries.find_printer(connection, actor().org_id, printer))


def _number(name: str, missing: int, *, most: int = 1000) -> int:
    text = request.args.get(name, "")
    if not text:
        return missing
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS and 0 < int(text) <= most):
        raise BadInput(name, "not-a-number")
    return int(text)


def _name(row: Row) -> str:
    return f"{row.kind}-{row.item_code}-{row.code}"


def _file(content: bytes | str, media_type: str, name: str) -> Response:
    how = "attachment" if request.args.get("download") else "inline"
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return response


ROUTES = (
    ("/labels", labels),
    ("/labels/sheet.pdf", sheet),
    ("/labels/proof.pdf", proof),
    ("/labels/<label_id>", label),
    ("/labels/<label_id>.pdf", label_pdf),
    ("/labels/<label_id>.svg", label_svg),
    ("/labels/<label_id>.png", label_png),
    ("/labels/<label_id>.zpl", label_zpl),
)
