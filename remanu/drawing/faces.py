"""The vendored fonts: which face sets which character, and how wide it is.

Noto Sans SC and TC each hold the glyph forms of one region and lack characters of the other, and both lack letters
such as `Ł`: so a text is split into runs, each set in the first face of the locale's list that has it (stack.md §1.3).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from reportlab.pdfbase.ttfonts import TTFont

from remanu.errors import CannotDraw

Locale = Literal["en", "zh-Hans", "zh-Hant"]
Weight = Literal["Regular", "SemiBold"]
FOLDER = Path(__file__).parent.parent / "static" / "fonts"
FAMILIES: dict[Locale, tuple[str, ...]] = {
    "en": ("NotoSansSC", "NotoSansTC", "NotoSans"),
    "zh-Hans": ("NotoSansSC", "NotoSansTC", "NotoSans"),
    "zh-Hant": ("NotoSansTC", "NotoSansSC", "NotoSans"),
}
# Ink of a line in parts of the type size: from the ring of Å and the top of 国 down to the tail of g.
ASCENT, DESCENT = 0.92, 0.24
_POINT = 25.4 / 72
# Marks that both scripts use: the Chinese faces draw them a full square wide, which tears English text apart.
SHARED = "·–—‘’“”…"
# A Latin word, and Chinese text up to the next letter or space, stay in one face where one has it whole.
_PIECES = re.compile(rf"[{SHARED}]|[^\s\u2e80-\uffef{SHARED}]+|\s+|[\u2e80-\uffef]+")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters set in one face, and their width in parts of the type size."""

    face: str
    text: str
    width: float


def millimetres(points: float) -> float:
    """Type sizes are given in points of 1/72 inch, places in millimetres."""
    return points * _POINT


@lru_cache(maxsize=8)
def load(name: str) -> TTFont:
    """The parsed face of this name, as reportlab takes it."""
    return TTFont(name, str(FOLDER / f"{name}.ttf"))


@lru_cache(maxsize=4096)
def settled(text: str, locale: Locale, weight: Weight) -> Weight:
    """The weight that can set the whole text: SemiBold holds few Chinese characters, and none changes in the middle."""
    faces = _faces(locale, weight)
    return weight if all(_first(faces, one) for one in text) else "Regular"


@lru_cache(maxsize=4096)
def split(text: str, locale: Locale, weight: Weight = "Regular") -> tuple[Span, ...]:
    """The text in runs of one face; CannotDraw `missing-glyph` names a character that no face has."""
    spans: list[Span] = []
    for piece in _PIECES.findall(text):
        english = locale == "en" and piece in SHARED
        faces = _faces(locale, weight)[:: -1 if english else 1]
        for part in (piece,) if _first(faces, piece) else piece:
            _append(spans, _holder(faces, part), part)
    return tuple(spans)


@lru_cache(maxsize=16384)
def width(text: str, locale: Locale, weight: Weight = "Regular") -> float:
    """Width of the text in parts of the type size."""
    return sum(span.width for span in split(text, locale, weight))


def _faces(locale: Locale, weight: Weight) -> tuple[str, ...]:
    return tuple(f"{family}-{weight}" for family in FAMILIES[locale])


def _first(faces: tuple[str, ...], text: str) -> str | None:
    """The first of these faces that shows every character; none shows what is invisible."""
    codes = set(map(ord, text))
    if any(unicodedata.category(one).startswith("C") for one in text):
        return None
    return next((name for name in faces if load(name).face.charToGlyph.keys() >= codes), None)


def _holder(faces: tuple[str, ...], text: str) -> str:
    found = _first(faces, text)
    if found is None:
        raise CannotDraw(why="missing-glyph", character=text, code=f"U+{ord(text):04X}")
    return found


def _append(spans: list[Span], face: str, text: str) -> None:
    widths = load(face).face.charWidths
    added = sum(widths[ord(one)] for one in text) / 1000
    if spans and spans[-1].face == face:
        last = spans.pop()
        text, added = last.text + text, last.width + added
    spans.append(Span(face, text, added))
