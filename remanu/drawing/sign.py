"""The sign of a place in the workshop: its name, a symbol that is read from two metres, and its code."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from remanu.drawing.faces import Locale, settled, split
from remanu.drawing.pdf import POINT, register
from remanu.drawing.symbol import QUIET, Symbol

PAGE = (148.0, 210.0)
_FIRST_FACE = "NotoSansSC-Regular"
_SIDE = 110.0  # mm with the quiet zone
_NAME, _LEAST, _CODE = 40.0, 12.0, 26.0  # points
_ROOM = PAGE[0] - 20
_TITLE = 200


def draw_signs(signs: Sequence[tuple[str, Symbol, str]], *, locale: Locale) -> bytes:
    """A page of A5 for each name, symbol and code; a name grows smaller until it fits; same signs, same bytes."""
    target = BytesIO()
    register(_FIRST_FACE)
    size = (PAGE[0] * POINT, PAGE[1] * POINT)
    canvas = Canvas(target, pagesize=size, invariant=1, initialFontName=_FIRST_FACE, lang="und")
    canvas.setTitle(", ".join(name for name, *_ in signs)[:_TITLE])
    canvas.setViewerPreference("PrintScaling", "None")
    for name, symbol, code in signs:
        _middle(canvas, name, locale, 175, _NAME)
        _symbol(canvas, symbol, ((PAGE[0] - _SIDE) / 2, 45))
        _middle(canvas, code, "en", 25, _CODE)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _symbol(canvas: Any, symbol: Symbol, place: tuple[float, float]) -> None:
    module = _SIDE / symbol.whole
    top = symbol.size + QUIET
    for column, row, length in symbol.runs():
        left, bottom = place[0] + (column + QUIET) * module, place[1] + (top - row - 1) * module
        canvas.rect(left * POINT, bottom * POINT, length * module * POINT, module * POINT, stroke=0, fill=1)


def _middle(canvas: Any, line: str, locale: Locale, y: float, most: float) -> None:
    spans = list(split(line, locale, settled(line, locale, "Regular")))
    wide = sum(span.width for span in spans)
    size = max(_LEAST, min(most, _ROOM * POINT / wide))
    x = (PAGE[0] * POINT - wide * size) / 2
    for span in spans:
        register(span.face)
        canvas.setFont(span.face, size)
        canvas.drawString(x, y * POINT, span.text)
        x += span.width * size
