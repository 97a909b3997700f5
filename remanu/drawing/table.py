"""Rows of caption and value: one size of type for all, closed up where a field is empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from remanu.drawing.display import Box, Run
from remanu.drawing.faces import ASCENT, DESCENT, Locale, millimetres, split, width
from remanu.drawing.fields import LabelFields
from remanu.drawing.template import Row, Table
from remanu.drawing.text import LEADING, Style, fit, sizes
from remanu.errors import CannotDraw

CAPTION = 0.86  # captions are set a little smaller than what they explain
GAP = 0.6  # millimetres between the longest caption and the values


@dataclass(frozen=True, slots=True)
class _Line:
    """One row that has something to say; `indent` is where its value begins."""

    row: Row
    caption: str
    value: str
    indent: float
    locale: Locale

    def fits(self, table: Table, em: float) -> bool:
        """Whether the caption keeps off the value, and a value that may not be cut keeps inside the box."""
        spills = self.caption and width(self.caption, self.locale) * CAPTION * em > self.indent - GAP
        wide = not self.row.cut and width(self.value, self.locale) * em > table.box.w - self.indent
        return not spills and not wide


def table_runs(table: Table, label: LabelFields) -> Iterator[Run]:
    """The rows that have something to say; CannotDraw `text-too-long` names the fields that do not fit."""
    lines = [line for row in table.rows if (line := _line(table, row, label)).value]
    if not lines:
        return
    size = _size(table, lines)
    y = table.box.y + millimetres(ASCENT * size)
    for line in lines:
        yield from _drawn(table, line, y, size)
        y += millimetres(LEADING * size)


def _line(table: Table, row: Row, label: LabelFields) -> _Line:
    caption = row.caption.get(label.locale, "")
    return _Line(row, caption, label.value(row.field), table.caption if caption else 0.0, label.locale)


def _size(table: Table, lines: list[_Line]) -> float:
    """The largest size at which all rows find room and what may not be cut is whole."""
    tall = (len(lines) - 1) * LEADING + ASCENT + DESCENT
    for size in sizes(table.size, table.min_size):
        em = millimetres(size)
        if tall * em <= table.box.h and all(line.fits(table, em) for line in lines):
            return size
    em = millimetres(table.min_size)
    wide = [line.row.field for line in lines if not line.fits(table, em)]
    raise CannotDraw(why="text-too-long", fields=wide or [line.row.field for line in lines])


def _drawn(table: Table, line: _Line, y: float, size: float) -> Iterator[Run]:
    """The caption, and the value in the size of the table; one that may be cut is set smaller first."""
    room = Box(0, 0, table.box.w - line.indent, table.box.h)
    fitted = fit(line.value, room, Style(line.locale, size, table.min_size, cut=line.row.cut))
    parts = ((line.caption, 0.0, size * CAPTION), (fitted.lines[0], line.indent, fitted.size))
    for text, indent, points in parts:
        x = table.box.x + indent
        for span in split(text, line.locale):
            yield Run(x, y, points, span, "black")
            x += millimetres(span.width * points)
