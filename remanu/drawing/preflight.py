"""The last look before a label is drawn: it refuses what could not be read or would be cut off.

It trusts neither template nor layout, only the display list that every driver draws.
"""

from __future__ import annotations

from itertools import combinations

from remanu.drawing.display import Area, Box, Display, Mark, Run
from remanu.drawing.faces import load
from remanu.drawing.media import Media
from remanu.drawing.template import Template
from remanu.errors import CannotDraw

_SLACK = 1e-6
_TOLERANCE = 0.05  # millimetres within which labels are cut


def fits(template: Template, media: Media) -> bool:
    """Whether the drawing is no larger than a label of this stock."""
    return template.width <= media.width + _TOLERANCE and template.height <= media.height + _TOLERANCE


def check(display: Display, template: Template, media: Media) -> None:
    """CannotDraw when the label is larger than its stock, or something on it is hit, hidden, small or missing."""
    if not fits(template, media):
        raise CannotDraw(why="larger-than-media", template=template.name, media=media.name)
    _modules(display, media)
    _quiet_zones(display)
    _edges(display)
    _texts(display)


def _modules(display: Display, media: Media) -> None:
    for mark in display.marks:
        dots = mark.module / media.dot
        if mark.module < media.min_module - _SLACK:
            raise CannotDraw(
                why="module-too-small", millimetres=round(mark.module, 3), least=media.min_module
            )
        if abs(dots - round(dots)) > _SLACK:
            raise CannotDraw(why="module-off-dots", dots=round(dots, 3))


def _quiet_zones(display: Display) -> None:
    """Nothing may lie in a symbol or in the four modules around it."""
    for mark in display.marks:
        zone = mark.box
        if any(item is not mark and box.meets(zone) for item, box in _boxes(display)):
            raise CannotDraw(why="quiet-zone")


def _boxes(display: Display) -> list[tuple[Area | Mark | Run, Box]]:
    items: list[Area | Mark | Run] = [*display.areas, *display.runs, *display.marks]
    return [(item, item.box) for item in items]


def _edges(display: Display) -> None:
    label = Box(0, 0, display.width, display.height)
    for item, box in _boxes(display):
        if not box.within(label):
            raise CannotDraw(why="outside-label", what=type(item).__name__.lower())


def _texts(display: Display) -> None:
    """Every glyph is there, no text lies on another, and each stands on the colour that shows it."""
    for run in display.runs:
        glyphs = load(run.span.face).face.charToGlyph
        for character in run.span.text:
            if ord(character) not in glyphs:
                raise CannotDraw(why="missing-glyph", character=character, code=f"U+{ord(character):04X}")
        if _ground(run, display) == run.ink:
            raise CannotDraw(why="no-contrast", text=run.span.text)
    boxes = [(run.span.text, run.box) for run in display.runs]
    for (one, box), (other, place) in combinations(boxes, 2):
        if box.meets(place):
            raise CannotDraw(why="texts-overlap", texts=[one, other])


def _ground(run: Run, display: Display) -> str:
    """The colour under the middle of a text: the last area there, else the stock's white."""
    box = run.box
    middle = Box(box.x + box.w / 2, run.y - box.h / 4, 0.1, 0.1)
    under = [area.ink for area in display.areas if middle.within(area.box)]
    return under[-1] if under else "white"
