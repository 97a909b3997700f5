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
_NAME, _SMALL, _CODE = 40.0, 20.0, 26.0  # points
_ROOM = PAGE[0] - 20
_TITLE = 200


def draw_signs(signs: Sequence[tuple[str, Symbol, str]], *, locale: Locale) -> bytes:
    """A page of A5 for each name, symbol and code; a long name is broken and grows smaller; same signs, same bytes."""
    target = BytesIO()
    register(_FIRST_FACE)
    size = (PAGE[0] * POINT, PAGE[1] * POINT)
    canvas = Canvas(target, pagesize=size, invariant=1, initialFontName=_FIRST_FACE, lang="und")
    canvas.setTitle(", ".join(name for name, *_ in signs)[:_TITLE])
    canvas.setViewerPreference("PrintScaling", "None")
    for name, symbol, code in signs:
        _name(canvas, name, locale)
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


def _name(canvas: Any, name: str, locale: Locale) -> None:
    """In as few lines as leave it large, at most three; however long it is, none of it is cut."""
    lines = next((tried for n in (1, 2) if _size(tried := _parted(name, n), locale) >= _SMALL), _parted(name, 3))
    size = _size(lines, locale)
    for number, line in enumerate(lines):
        _middle(canvas, line, locale, 180 - number * size * 1.3 / POINT, size)


def _size(lines: Sequence[str], locale: Locale) -> float:
    return min(_NAME, *(_ROOM * POINT / _width(line, locale) for line in lines))


def _width(line: str, locale: Locale) -> float:
    return sum(span.width for span in split(line, locale, settled(line, locale, "Regular")))


def _parted(name: str, lines: int) -> list[str]:
    """The name in lines about as long as each other, broken at spaces where there are some near."""
    found, rest = [], name
    for left in range(lines, 1, -1):
        middle = len(rest) // left
        space = rest.rfind(" ", 1, middle + len(rest) // 6 + 1)
        at = space if space > middle // 2 else max(1, middle)
        found.append(rest[:at].strip())
        rest = rest[at:].strip()
    return [one for one in (*found, rest) if one]


def _middle(canvas: Any, line: str, locale: Locale, y: float, most: float) -> None:
    spans = list(split(line, locale, settled(line, locale, "Regular")))
    wide = sum(span.width for span in spans)
    size = min(most, _ROOM * POINT / wide)
    x = (PAGE[0] * POINT - wide * size) / 2
    for span in spans:
        register(span.face)
        canvas.setFont(span.face, size)
        canvas.drawString(x, y * POINT, span.text)
        x += span.width * size
