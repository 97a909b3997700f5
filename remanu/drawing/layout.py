"""The one layout pass: fields and template become a display list, its symbols in whole dots of the device."""

from __future__ import annotations

from collections.abc import Iterator

from remanu.drawing.display import Area, Display, Mark, Run
from remanu.drawing.faces import ASCENT, DESCENT, millimetres, settled, split, width
from remanu.drawing.fields import LabelFields
from remanu.drawing.media import Media, media_names, read_media
from remanu.drawing.preflight import check, fits
from remanu.drawing.symbol import QUIET, Symbol, encode
from remanu.drawing.table import table_runs
from remanu.drawing.template import Code, Filled, Kind, Template, Text, read_template, template_names
from remanu.drawing.text import LEADING, Fitted, Style, fit
from remanu.errors import CannotDraw

# What more room would cure.
_CRAMPED = frozenset({"larger-than-media", "module-too-small", "text-too-long"})


def layout(label: LabelFields, template: Template, media: Media) -> Display:
    """The display list of one label on this stock, checked; CannotDraw says why a label would not be readable.

    Where it is room that is missing, `smallest` names the smallest stock of the catalogue that has it, or None: a roll
    for a roll and a sheet for a sheet, where there is one.
    """
    try:
        return _checked(label, template, media)
    except CannotDraw as refusal:
        if refusal.details["why"] not in _CRAMPED:
            raise
        raise CannotDraw(**refusal.details, smallest=smallest(label, template.kind, media)) from refusal


def smallest(label: LabelFields, kind: Kind, instead_of: Media) -> str | None:
    """The stock with the smallest labels on which some template of this kind holds these words, on its own printer."""
    stocks = sorted(map(read_media, media_names()), key=lambda one: distance(one, instead_of))
    return next((one.name for one in stocks if any(_holds(one, each, label) for each in drawings(kind, one))), None)


def drawings(kind: Kind, media: Media) -> list[Template]:
    """The templates of this kind that carry the symbol as often as the stock asks, whether they have room or not."""
    known = map(read_template, template_names())
    return [one for one in known if one.kind == kind and len(one.codes) == media.symbols]


def distance(one: Media, instead_of: Media) -> tuple[bool, bool, bool, float, str]:
    """How near a stock comes to another one: whoever has a printer for rolls, or letter paper, is not helped by A4."""
    kind, paper, symbols = (mine != other for mine, other in zip(_sort(one), _sort(instead_of), strict=True))
    return kind, paper, symbols, one.width * one.height, one.name


def _sort(media: Media) -> tuple[bool, float, int]:
    return media.grid is None, media.grid.page_width if media.grid else 0.0, media.symbols


def _holds(media: Media, template: Template, label: LabelFields) -> bool:
    if not fits(template, media):
        return False
    try:
        _checked(label, template, media)
    except CannotDraw:
        return False
    return True


def _checked(label: LabelFields, template: Template, media: Media) -> Display:
    display = Display(
        width=template.width,
        height=template.height,
        areas=tuple(Area(one.box, one.ink) for one in template.areas if _wanted(one, label)),
        marks=tuple(_mark(one, encode(label.payload), media) for one in template.codes),
        runs=(
            *(run for one in template.texts if _wanted(one, label) for run in _text(one, label)),
            *(run for one in template.tables for run in table_runs(one, label)),
        ),
    )
    check(display, template, media)
    return display


def _wanted(element: Filled | Text, label: LabelFields) -> bool:
    return not element.when or bool(label.value(element.when))


def _mark(code: Code, symbol: Symbol, media: Media) -> Mark:
    """The symbol in the middle of its square, as large as whole dots allow, begun on a whole dot."""
    dots = int(code.box.w / (symbol.whole * media.dot) + 1e-6)
    if dots * media.dot < max(code.min_module, media.min_module):
        raise CannotDraw(why="module-too-small", modules=symbol.whole, millimetres=code.box.w)
    module = dots * media.dot
    margin = (code.box.w - symbol.whole * module) / 2 + QUIET * module
    return Mark(_snap(code.box.x + margin, media), _snap(code.box.y + margin, media), module, symbol)


def _snap(place: float, media: Media) -> float:
    return round(place / media.dot) * media.dot


def _text(element: Text, label: LabelFields) -> Iterator[Run]:
    words = element.words[label.locale] if element.words else label.value(element.field)
    if not words:
        return
    weight = settled(words, label.locale, element.weight)
    style = Style(label.locale, element.size, element.min_size, element.lines, weight, element.cut)
    fitted = fit(words, element.box, style)
    for number, line in enumerate(fitted.lines):
        y = _first(element, fitted) + millimetres(number * LEADING * fitted.size)
        x = _left(element, millimetres(width(line, label.locale, weight) * fitted.size))
        for span in split(line, label.locale, weight):
            yield Run(x, y, fitted.size, span, element.ink)
            x += millimetres(span.width * fitted.size)


def _first(element: Text, fitted: Fitted) -> float:
    """The first baseline: the ink of all lines stands in the middle of the box, or at its top."""
    if element.valign == "top":
        return element.box.y + millimetres(ASCENT * fitted.size)
    below = (len(fitted.lines) - 1) * LEADING + DESCENT - ASCENT
    return element.box.y + (element.box.h - millimetres(below * fitted.size)) / 2


def _left(element: Text, taken: float) -> float:
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[element.align]
    return element.box.x + share * (element.box.w - taken)
