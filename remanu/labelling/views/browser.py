"""Labels for the browser's own print command: one page a label, in the size of its stock, and nothing beside it.

Where a driver of the computer knows the printer, this needs neither PDF nor network. Dots are those of the stock's
printer, so that a module stays whole (labels.md §6.2). Sheets are printed from the PDF, which knows its places.
"""

from __future__ import annotations

import base64

from flask import Response, render_template, request

from remanu.drawing.png import draw_png
from remanu.errors import BadInput
from remanu.labelling import queries
from remanu.labelling.queries import Stock
from remanu.labelling.views.labels import asked_ids, drawn_fields
from remanu.web.access import allow
from remanu.web.context import actor, here

_READERS = "read:workshop"
_MOST = 200


@allow(_READERS)
def browser_print() -> str:
    """The labels, each on a page of its own; at most 200, of one kind, on one roll."""
    ids = asked_ids()
    if len(ids) > _MOST:
        raise BadInput("ids", "too-many")
    with here().database.reading() as connection:
        rows = queries.find_labels(connection, actor().org_id, ids)
        stock = queries.stock_together(connection, rows, request.args.get("media", ""))
        _check_roll(stock)
        said = [drawn_fields(connection, row) for row in rows]
    images = [draw_png(one, stock.template, stock.media, dpi=stock.media.dpi) for one in said]
    sources = ["data:image/png;base64," + base64.b64encode(one).decode() for one in images]
    labels = list(zip(said, sources, strict=True))
    return render_template("labelling/browser.html", labels=labels, stock=stock)


def _check_roll(stock: Stock) -> None:
    if stock.media.grid is not None:
        raise BadInput("media", "sheet-in-browser")


@allow(_READERS)
def browser_css() -> Response:
    """The size of the page and of what is drawn on it: the policy of pages lets no style stand in them."""
    name = queries.known_media(request.args.get("media", ""))
    with here().database.reading() as connection:
        stock = queries.stock_named(connection, actor().org_id, request.args.get("drawing", ""), name)
    return Response(_css(stock), mimetype="text/css")


def _css(stock: Stock) -> str:
    media, template = stock.media, stock.template
    return f"""@page {{ size: {media.width:g}mm {media.height:g}mm; margin: 0; }}
body {{ margin: 0; }}
.paper {{ width: {media.width:g}mm; height: {media.height:g}mm; display: flex; align-items: center;
  justify-content: center; overflow: hidden; break-after: page; break-inside: avoid; background: #fff; }}
.paper:last-child {{ break-after: auto; }}
.paper img {{ display: block; width: {template.width:g}mm; height: {template.height:g}mm; image-rendering: pixelated; }}
.said {{ margin: 16px; font: 16px/1.5 system-ui, sans-serif; max-width: 60ch; }}
@media screen {{ .paper {{ margin: 16px; outline: 1px solid #888; }} }}
@media print {{ .said {{ display: none; }} }}
"""


ROUTES = (
    ("/labels/print", browser_print),
    ("/labels/print.css", browser_css),
)
