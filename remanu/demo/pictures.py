"""Pictures of a demonstration: drawings of data plates and of labels on parts, marked as what they are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from remanu.drawing.faces import FOLDER

# Grey, as a scanner of drawings would make it: a colour picture takes four times as long to pack.
_MODE, _SIZE = "L", (960, 640)
_STEEL, _EDGE, _INK, _PALE = "#c9cfd4", "#8b949c", "#22272c", "#59636e"
_MARK = "DEMO · drawn, not photographed"


def plate(lines: Sequence[str]) -> bytes:
    """A data plate with these lines as PNG; it says that it is drawn."""
    image = Image.new(_MODE, _SIZE, "#4b555e")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((60, 60, 900, 580), 28, fill=_STEEL, outline=_EDGE, width=6)
    for x, y in ((100, 100), (860, 100), (100, 540), (860, 540)):
        draw.ellipse((x - 16, y - 16, x + 16, y + 16), fill=_EDGE, outline=_PALE, width=3)
    for at, line in enumerate(lines):
        draw.text((150, 140 + at * 92), line, font=_face(58), fill=_INK)
    draw.text((150, 520), _MARK, font=_face(26), fill=_PALE)
    return _png(image)


def scene(words: str) -> bytes:
    """A plain picture that stands for a photograph of something done, as PNG."""
    image = Image.new(_MODE, _SIZE, "#e6e9eb")
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 920, 600), outline=_EDGE, width=4)
    draw.text((90, 260), words, font=_face(48), fill=_INK)
    draw.text((90, 540), _MARK, font=_face(26), fill=_PALE)
    return _png(image)


@cache
def _face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FOLDER / "NotoSansSC-Regular.ttf"), size)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
