"""A label as PNG at a printer's resolution: every module a whole number of dots, every glyph where it was measured."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from remanu.drawing.display import Area, Display, Mark, Run
from remanu.drawing.faces import FOLDER, load
from remanu.drawing.fields import LabelFields
from remanu.drawing.layout import layout
from remanu.drawing.media import Media
from remanu.drawing.symbol import QUIET
from remanu.drawing.template import Template

_GRAY = {"black": 0, "white": 255}


def draw_png(label: LabelFields, template: Template, media: Media, *, dpi: int) -> bytes:
    """One label in gray at `dpi` dots per inch, laid out for these dots whatever the stock's own printer has."""
    target = BytesIO()
    # Squeezing harder takes longer than drawing and saves a sixth of the bytes.
    drawn(label, template, replace(media, dpi=dpi)).save(target, "PNG", dpi=(dpi, dpi), compress_level=1)
    return target.getvalue()


def drawn(label: LabelFields, template: Template, media: Media) -> Image.Image:
    """One label in gray, a pixel a dot of the stock's printer; CannotDraw where it would not be readable."""
    display = layout(label, template, media)
    scale = media.dpi / 25.4
    image = Image.new("L", (round(display.width * scale), round(display.height * scale)), 255)
    _draw(ImageDraw.Draw(image), display, scale)
    return image


def _draw(pen: ImageDraw.ImageDraw, display: Display, scale: float) -> None:
    for area in display.areas:
        _area(pen, area, scale)
    for mark in display.marks:
        _mark(pen, mark, scale)
    for run in display.runs:
        _run(pen, run, scale)


def _area(pen: ImageDraw.ImageDraw, area: Area, scale: float) -> None:
    box = area.box
    corners = (box.x, box.y, box.x + box.w, box.y + box.h)
    left, top, right, bottom = (round(one * scale) for one in corners)
    # Pillow counts the last row and column in; a hairline stays one dot.
    pen.rectangle((left, top, max(left, right - 1), max(top, bottom - 1)), fill=_GRAY[area.ink])


def _mark(pen: ImageDraw.ImageDraw, mark: Mark, scale: float) -> None:
    """The white square with its quiet zone, then the dark runs, all in whole dots."""
    left, top, dots = (round(one * scale) for one in (mark.x, mark.y, mark.module))
    edge, side = QUIET * dots, mark.symbol.whole * dots
    pen.rectangle((left - edge, top - edge, left - edge + side - 1, top - edge + side - 1), fill=255)
    for column, row, length in mark.symbol.runs():
        x, y = left + column * dots, top + row * dots
        pen.rectangle((x, y, x + length * dots - 1, y + dots - 1), fill=0)


def _run(pen: ImageDraw.ImageDraw, run: Run, scale: float) -> None:
    """Glyph by glyph: FreeType rounds each advance to whole dots, which adds up to millimetres in a long line."""
    pixels = run.size * scale * 25.4 / 72
    edge, widths = _edge(pixels), load(run.span.face).face.charWidths
    x, y = run.x * scale, round(run.y * scale)
    for one in run.span.text:
        whole, quarter = divmod(round(x * 4), 4)
        glyph = _glyph(run.span.face, pixels, one, quarter)
        pen.bitmap((whole - edge, y - 2 * edge), glyph, fill=_GRAY[run.ink])
        x += widths[ord(one)] / 1000 * pixels


def _edge(pixels: float) -> int:
    """Dots left free beside a glyph; its baseline lies twice as far below the upper edge."""
    return int(pixels * 0.6) + 2


@lru_cache(maxsize=4096)
def _glyph(face: str, pixels: float, character: str, quarter: int) -> Image.Image:
    """One glyph in gray, moved right by quarters of a dot."""
    edge = _edge(pixels)
    image = Image.new("L", (4 * edge, 3 * edge), 0)
    place = edge + quarter / 4, 2 * edge
    ImageDraw.Draw(image).text(place, character, font=_font(face, pixels), fill=255, anchor="ls")
    return image


@lru_cache(maxsize=64)
def _font(face: str, pixels: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / f"{face}.ttf", pixels, layout_engine=ImageFont.Layout.BASIC)
