"""Dirt and wear on a printed symbol, drawn with a seed: what oil, scratches and specks hide (labels.md §5.2).

A simulation, not a test of printed labels. Measures are millimetres of the label, places come from `random.Random`,
so that the same seed spoils the same modules everywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw

from remanu.drawing.symbol import QUIET, Symbol

INK, PAPER = 25, 235
_FINDER = 8  # modules of a finder pattern and the white line beside it
_TRIES = 1000


@dataclass(frozen=True, slots=True)
class Print:
    """A symbol on its label, finer than any camera sees it: modules of whole dots, `scale` dots a millimetre.

    `side` and `margin` are the symbol's side and its quiet zone in dots, `seen` the whole label's side in the photo.
    """

    image: Image.Image
    side: int
    margin: int
    module: int
    scale: float
    seen: int

    def before_the_lens(self) -> Image.Image:
        """The label as large as it is in the photo."""
        return self.image.resize((self.seen, self.seen), Image.Resampling.BICUBIC)


def printed(symbol: Symbol, *, millimetres: float, scale: float) -> Print:
    """The clean symbol, so many millimetres wide without its quiet zone, in a photo of `scale` pixels a millimetre."""
    dots = Image.new("L", (symbol.whole, symbol.whole), PAPER)
    pen = ImageDraw.Draw(dots)
    for column, row, length in symbol.runs():
        x, y = column + QUIET, row + QUIET
        pen.line((x, y, x + length - 1, y), fill=INK)
    module = 2 * math.ceil(millimetres * scale / symbol.size)
    side = module * symbol.size
    image = dots.resize((symbol.whole * module,) * 2, Image.Resampling.NEAREST)
    seen = round(millimetres * scale * symbol.whole / symbol.size)
    return Print(image, side, QUIET * module, module, side / millimetres, seen)


def blot(on: Print, dice: Random, *, share: float) -> None:
    """One round blot over `share` of the symbol's area, clear of the finder patterns, of any gray."""
    radius = on.side * math.sqrt(share / math.pi)
    for _ in range(_TRIES):
        x, y = (dice.uniform(radius, on.side - radius) for _ in "xy")
        if not any(_reaches(on, x, y, radius, corner) for corner in ((0, 0), (1, 0), (0, 1))):
            break
    else:
        raise ValueError(f"a blot of {share} finds no room beside the finder patterns")
    _disc(on, x, y, radius, dice.randint(INK, PAPER))


def oil(on: Print, dice: Random, *, millimetres: float) -> None:
    """A spot of so many millimetres across, anywhere in the symbol where no finder pattern is."""
    area = math.pi * (millimetres * on.scale / 2) ** 2
    blot(on, dice, share=area / on.side**2)


def spot(on: Print, dice: Random, *, millimetres: float) -> None:
    """A spot of any gray anywhere, on a finder pattern as well."""
    x, y = (dice.uniform(0, on.side) for _ in "xy")
    _disc(on, x, y, millimetres * on.scale / 2, dice.randint(INK, PAPER))


def scratches(on: Print, dice: Random, *, count: int) -> None:
    """Straight scratches of 0.1–0.3 × 4–15 mm anywhere: half took the ink away, half took dirt."""
    pen = ImageDraw.Draw(on.image)
    for _ in range(count):
        x, y = (on.margin + dice.uniform(0, on.side) for _ in "xy")
        angle, half = dice.uniform(0, math.pi), dice.uniform(4, 15) * on.scale / 2
        dx, dy = half * math.cos(angle), half * math.sin(angle)
        wide = max(1, round(dice.uniform(0.1, 0.3) * on.scale))
        pen.line((x - dx, y - dy, x + dx, y + dy), fill=dice.choice((INK, PAPER)), width=wide)


def specks(on: Print, dice: Random, *, per_cm2: float) -> None:
    """Specks of 0.3–0.8 mm anywhere."""
    for _ in range(round(per_cm2 * (on.side / on.scale / 10) ** 2)):
        spot(on, dice, millimetres=dice.uniform(0.3, 0.8))


def _reaches(on: Print, x: float, y: float, radius: float, corner: tuple[int, int]) -> bool:
    """Whether the disc touches the finder pattern in this corner: 0 for left or top, 1 for right or bottom."""
    reach = _FINDER * on.module
    gaps = (max(0.0, (on.side - at if far else at) - reach) for at, far in zip((x, y), corner, strict=True))
    return math.hypot(*gaps) < radius


def _disc(on: Print, x: float, y: float, radius: float, fill: int) -> None:
    x, y = x + on.margin, y + on.margin
    ImageDraw.Draw(on.image).ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
