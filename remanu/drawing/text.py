"""Text measured and fitted: broken into lines, shrunk to the smallest size, then cut short or refused.

What identifies a part (code, numbers) is never cut: a shortened serial number is a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from remanu.drawing.display import Box
from remanu.drawing.faces import ASCENT, DESCENT, Locale, Weight, millimetres, width
from remanu.errors import CannotDraw

LEADING = 1.22  # from baseline to baseline, in parts of the type size
_STEP = 0.25  # points
_EASE = 0.5  # type sizes by which lines are let out until they are even
_ELLIPSIS = "…"
# Lines break behind spaces and hyphens, and between Chinese characters; closing marks never begin a line.
_CLOSING = ",.;:!?)、。,.;:!?)」』》】…"
_ATOMS = re.compile(rf"(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+?(?:-|(?=[\s\u2e80-\uffef]|$)))[{_CLOSING}]*\s*")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text may be set: largest and smallest size in points, lines, weight, and whether it may be cut."""

    locale: Locale
    size: float
    min_size: float
    lines: int = 1
    weight: Weight = "Regular"
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines that fit, and the size in points at which they do."""

    size: float
    lines: tuple[str, ...]


def fit(text: str, box: Box, style: Style) -> Fitted:
    """The text at the largest size at which it fits; CannotDraw `text-too-long` where it fits at none."""
    for size in sizes(style.size, style.min_size):
        lines = _broken(text, box.w / millimetres(size), style)
        if lines and len(lines) <= _room(box, size, style.lines):
            return Fitted(size, lines)
    room = _room(box, style.min_size, style.lines)
    if not style.cut or not room:
        raise CannotDraw(why="text-too-long", text=text)
    return Fitted(style.min_size, _shortened(text, box.w / millimetres(style.min_size), style, room))


def sizes(largest: float, smallest: float) -> Iterator[float]:
    """Type sizes from the largest down to the smallest, in quarter points."""
    steps = int((largest - smallest) / _STEP)
    yield from (largest - step * _STEP for step in range(steps + 1))
    if largest - steps * _STEP > smallest:
        yield smallest


def one_line(text: str, limit: float, style: Style) -> str:
    """The text, or as much of it as fits in `limit` type sizes, with an ellipsis."""
    if width(text, style.locale, style.weight) <= limit:
        return text
    for end in range(len(text) - 1, 0, -1):
        shorter = text[:end].rstrip() + _ELLIPSIS
        if width(shorter, style.locale, style.weight) <= limit:
            return shorter
    return _ELLIPSIS


def _room(box: Box, size: float, most: int) -> int:
    """How many lines of this size the box holds, at most so many."""
    fitting = (box.h / millimetres(size) - (ASCENT + DESCENT)) / LEADING + 1
    return min(most, max(0, int(fitting + 1e-6)))


def _broken(text: str, limit: float, style: Style) -> tuple[str, ...]:
    """The text in lines no wider than `limit` type sizes; none where one word alone is wider."""
    if width(text, style.locale, style.weight) <= limit:
        return (text,)
    lines = _even(text, limit, style) if style.lines > 1 else ()
    return lines if all(width(line, style.locale, style.weight) <= limit for line in lines) else ()


def _even(text: str, limit: float, style: Style) -> tuple[str, ...]:
    """As few lines as greed finds, but of like length, so that no character is left alone on the last."""
    lines = _greedy(text, limit, style)
    widest = width(text, style.locale, style.weight) / len(lines)
    while widest < limit:
        evened = _greedy(text, widest, style)
        if len(evened) == len(lines):
            return evened
        widest += _EASE
    return lines


def _greedy(text: str, limit: float, style: Style) -> tuple[str, ...]:
    lines = [""]
    for atom in _ATOMS.findall(text):
        if lines[-1] and width((lines[-1] + atom).rstrip(), style.locale, style.weight) > limit:
            lines.append("")
        lines[-1] += atom
    return tuple(line.rstrip() for line in lines)


def _shortened(text: str, limit: float, style: Style, room: int) -> tuple[str, ...]:
    lines = _greedy(text, limit, style) if room > 1 else (text,)
    kept, rest = lines[: room - 1], lines[room - 1 :]
    last = " ".join(rest) if rest else ""
    return tuple(one_line(line, limit, style) for line in (*kept, last) if line)
