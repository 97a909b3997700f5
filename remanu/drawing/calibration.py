"""The page that a printer is calibrated by: four crosses at known places, a ruler, and what to measure."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from remanu.drawing.faces import Locale, settled, split
from remanu.drawing.pdf import POINT, register
from remanu.rules.calibration import ACROSS, DOWN, LEFT, TOP

A4, LETTER = (210.0, 297.0), (215.9, 279.4)
_ARM, _SIZE, _LINE = 5.0, 10.0, 6.0


def draw_calibration(lines: Sequence[str], *, locale: Locale, page: tuple[float, float] = A4) -> bytes:
    """One page in millimetres, `lines` of instruction in its middle; the same bytes for the same lines."""
    target = BytesIO()
    register("NotoSansSC-Regular")
    size = (page[0] * POINT, page[1] * POINT)
    canvas = Canvas(target, pagesize=size, invariant=1, initialFontName="NotoSansSC-Regular", lang="und")
    canvas.setViewerPreference("PrintScaling", "None")
    canvas.setLineWidth(0.1 * POINT)
    left, top, across, down = (float(one) for one in (LEFT, TOP, ACROSS, DOWN))
    for x in (left, left + across):
        for y in (top, top + down):
            _cross(canvas, x, page[1] - y)
    _ruler(canvas, left, page[1] - top - down / 2)
    for number, line in enumerate(lines):
        _write(canvas, line, locale, (left + 20, page[1] - top - 30 - number * _LINE))
    canvas.save()
    return target.getvalue()


def _cross(canvas: Any, x: float, y: float) -> None:
    canvas.line((x - _ARM) * POINT, y * POINT, (x + _ARM) * POINT, y * POINT)
    canvas.line(x * POINT, (y - _ARM) * POINT, x * POINT, (y + _ARM) * POINT)


def _ruler(canvas: Any, left: float, y: float) -> None:
    """A hundred millimetres: whoever reads less has a print that was fitted to its page."""
    canvas.line(left * POINT, y * POINT, (left + 100) * POINT, y * POINT)
    for step in range(101):
        height = 5 if step % 10 == 0 else 3 if step % 5 == 0 else 1.5
        canvas.line((left + step) * POINT, y * POINT, (left + step) * POINT, (y + height) * POINT)


def _write(canvas: Any, line: str, locale: Locale, place: tuple[float, float]) -> None:
    x = place[0] * POINT
    for span in split(line, locale, settled(line, locale, "Regular")):
        register(span.face)
        canvas.setFont(span.face, _SIZE)
        canvas.drawString(x, place[1] * POINT, span.text)
        x += span.width * _SIZE
