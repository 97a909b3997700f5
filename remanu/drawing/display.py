"""The display list: what stands where on one label, in millimetres from its upper left corner.

One layout pass makes it and every driver draws it, so that fitting, glyphs and quiet zone are checked once
(labels.md §6.3). Places are floats: they are drawn, never recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from remanu.drawing.faces import ASCENT, DESCENT, Span, millimetres
from remanu.drawing.symbol import QUIET, Symbol

Ink = Literal["black", "white"]
# Two boxes that share an edge do not overlap, whatever the last bit of a float says.
_SLACK = 0.01


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the label: left, top, width and height."""

    x: float
    y: float
    w: float
    h: float

    def meets(self, other: Box) -> bool:
        """Whether some ink of one could lie on the other."""
        return (
            self.x + _SLACK < other.x + other.w
            and other.x + _SLACK < self.x + self.w
            and self.y + _SLACK < other.y + other.h
            and other.y + _SLACK < self.y + self.h
        )

    def within(self, other: Box) -> bool:
        """Whether all of this box lies inside the other."""
        return (
            other.x - _SLACK <= self.x
            and other.y - _SLACK <= self.y
            and self.x + self.w <= other.x + other.w + _SLACK
            and self.y + self.h <= other.y + other.h + _SLACK
        )


@dataclass(frozen=True, slots=True)
class Area:
    """A filled rectangle."""

    box: Box
    ink: Ink


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one face that begin at `x` on the baseline `y`; `size` in points."""

    x: float
    y: float
    size: float
    span: Span
    ink: Ink

    @property
    def box(self) -> Box:
        """Where the run's ink can be."""
        em = millimetres(self.size)
        return Box(self.x, self.y - ASCENT * em, self.span.width * em, (ASCENT + DESCENT) * em)


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol whose first module begins at (x, y); a module measures `module`, in whole dots of the device."""

    x: float
    y: float
    module: float
    symbol: Symbol

    @property
    def box(self) -> Box:
        """The symbol with its quiet zone: white, and nobody else's."""
        quiet, side = QUIET * self.module, self.symbol.whole * self.module
        return Box(self.x - quiet, self.y - quiet, side, side)


@dataclass(frozen=True, slots=True)
class Display:
    """One label ready to be drawn: areas first, then symbols on white, then text."""

    width: float
    height: float
    areas: tuple[Area, ...]
    marks: tuple[Mark, ...]
    runs: tuple[Run, ...]
