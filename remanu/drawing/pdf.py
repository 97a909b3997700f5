"""Labels as PDF: modules as run-length rectangles in the content stream, text in embedded subsets (labels.md §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from remanu.drawing.display import Area, Display, Mark, Run
from remanu.drawing.faces import load
from remanu.drawing.fields import LabelFields
from remanu.drawing.layout import layout
from remanu.drawing.media import Media
from remanu.drawing.template import Template
from remanu.errors import CannotDraw
from remanu.rules.calibration import PLAIN, Calibration

POINT = 72 / 25.4  # points in a millimetre
_GRAY = {"black": "0", "white": "1"}
# Named at the start of every page; without a name reportlab lists a font that it does not embed.
_FIRST_FACE = "NotoSansSC-Regular"
Place = tuple[float, float]
Ground = Callable[[Any], None]
# Streams as plain bytes: text armour for seven-bit lines makes them a quarter longer.
rl_config.useA85 = 0


def _bare(_canvas: Any) -> None:
    """Nothing lies under the labels that are stuck on."""


def draw_pdf(
    labels: Sequence[LabelFields],
    template: Template,
    media: Media,
    *,
    start: int = 1,
    calibration: Calibration = PLAIN,
    ground: Ground = _bare,
) -> bytes:
    """All labels, one a page on rolls, in rows from place `start` on sheets; the same bytes for the same labels.

    Everything is drawn where the printer's calibration brings it back to its place, and in whole dots otherwise;
    `ground` draws on each page first. CannotDraw where a label would not be readable, or `no-such-place`.
    """
    target = BytesIO()
    canvas = _canvas(target, template, media)
    for number, (place, label) in enumerate(zip(_places(media, len(labels), start), labels, strict=True)):
        if number and place == 0:
            canvas.showPage()
        if number == 0 or place == 0:
            ground(canvas)
        _label(canvas, layout(label, template, media), _origin(place, template, media), calibration)
    canvas.save()
    return target.getvalue()


def _canvas(target: BytesIO, template: Template, media: Media) -> Any:
    register(_FIRST_FACE)
    canvas = Canvas(
        target, pagesize=_page(media), invariant=1, pageCompression=1, initialFontName=_FIRST_FACE, lang="und"
    )
    canvas.setTitle(template.name)
    # Print dialogs scale to fit unless a file asks them not to; a scaled sheet misses its labels.
    canvas.setViewerPreference("PrintScaling", "None")
    return canvas


def _page(media: Media) -> tuple[float, float]:
    grid = media.grid
    width, height = (grid.page_width, grid.page_height) if grid else (media.width, media.height)
    return width * POINT, height * POINT


def _places(media: Media, count: int, start: int) -> Iterator[int]:
    """The place of each label on its page, from 0; the next 0 begins a page."""
    each = media.grid.places if media.grid else 1
    if not 1 <= start <= each:
        raise CannotDraw(why="no-such-place", start=start, places=each)
    return ((start - 1 + number) % each for number in range(count))


def _origin(place: int, template: Template, media: Media) -> Place:
    """Left and top of the drawing, in the middle of its label and on whole dots."""
    left, top = media.grid.origin(place) if media.grid else (0.0, 0.0)
    x = left + (media.width - template.width) / 2
    y = top + (media.height - template.height) / 2
    return round(x / media.dot) * media.dot, round(y / media.dot) * media.dot


def _label(canvas: Any, display: Display, origin: Place, calibration: Calibration) -> None:
    """Everything of one label, drawn with its upper left corner at `origin`, millimetres growing downwards."""
    left, top = calibration.drawn_at(*origin)
    wide, high = 1 / float(calibration.scale_x), 1 / float(calibration.scale_y)
    x, y = left * POINT, canvas._pagesize[1] - top * POINT  # noqa: SLF001 (it has no public reader)
    canvas.addLiteral(f"q {wide:g} 0 0 {high:g} {x:.4f} {y:.4f} cm")
    for area in display.areas:
        canvas.addLiteral(_area(area))
    for mark in display.marks:
        canvas.addLiteral(_mark(mark))
    for run in display.runs:
        _run(canvas, run)
    canvas.addLiteral("Q")


def _area(area: Area) -> str:
    box = area.box
    left, bottom, width, height = (one * POINT for one in (box.x, -box.y - box.h, box.w, box.h))
    return f"{_GRAY[area.ink]} g {left:.4f} {bottom:.4f} {width:.4f} {height:.4f} re f 0 g"


def _mark(mark: Mark) -> str:
    """The white square with the quiet zone, then every run of dark modules, in units of one module."""
    unit, side = mark.module * POINT, mark.symbol.whole
    quiet = (side - mark.symbol.size) // 2
    runs = " ".join([f"{column} {row} {length} 1 re" for column, row, length in mark.symbol.runs()])
    place = f"{unit:.5f} 0 0 {-unit:.5f} {mark.x * POINT:.4f} {-mark.y * POINT:.4f} cm"
    return f"q {place} 1 g {-quiet} {-quiet} {side} {side} re f 0 g {runs} f Q"


def _run(canvas: Any, run: Run) -> None:
    register(run.span.face)
    canvas.setFont(run.span.face, run.size)
    if run.ink == "white":
        canvas.addLiteral("1 g")
    canvas.drawString(run.x * POINT, -run.y * POINT, run.span.text)
    if run.ink == "white":
        canvas.addLiteral("0 g")


def register(face: str) -> None:
    """Make a face known to the PDF library, once a process."""
    if face not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(load(face))
