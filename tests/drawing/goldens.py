"""How Chinese labels look, kept as text: a digest of each bitmap, and two of its characters in lengths of runs.

`python -m tests.drawing.goldens` writes them anew after a drawing was changed on purpose; look at the labels first.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from PIL import Image

from remanu.drawing.faces import FOLDER
from remanu.drawing.layout import layout
from remanu.drawing.media import read_media
from remanu.drawing.png import draw_png
from remanu.drawing.template import read_template
from tests.drawing import readback
from tests.drawing.specimens import PAIRS, SIMPLIFIED, TRADITIONAL

FILE = Path(__file__).with_name("goldens.json")
DPI = 203
LABELS = {label.locale: label for label in (SIMPLIFIED, TRADITIONAL)}
CASES = [(template, stock, locale) for template, stock in PAIRS for locale in LABELS]
_INK = "#"


def bitmap(label, template, stock):
    """The label in black and white, as a thermal printer burns it."""
    drawn = draw_png(label, read_template(template), read_media(stock), dpi=DPI)
    return readback.png(drawn).point(lambda gray: 255 if gray > 127 else 0)


def digest(image):
    """Of its size and its dots."""
    return hashlib.sha256(f"{image.size}".encode() + image.convert("1").tobytes()).hexdigest()


def crop(image, label, template, stock):
    """The first two Chinese characters of the label, where layout put them."""
    display = layout(label, read_template(template), replace(read_media(stock), dpi=DPI))
    run = next(one for one in display.runs if one.span.text[0] > "\u2e80" and len(one.span.text) > 1)
    box, dots = run.box, DPI / 25.4
    each = run.size * 25.4 / 72
    corners = (box.x, box.y, box.x + 2 * each, box.y + box.h)
    return image.crop(tuple(round(one * dots) for one in corners))


def lengths(image):
    """A picture as text, a row a line: `3.2#` is three light dots and two dark ones."""
    dots = list(image.convert("L").tobytes())
    rows = (dots[start : start + image.width] for start in range(0, len(dots), image.width))
    return [_row(row) for row in rows]


def _row(dots):
    signs = (_INK if dot < 128 else "." for dot in dots)
    return "".join(f"{len(list(same))}{sign}" for sign, same in groupby(signs))


def picture(rows):
    """The same for the eyes of who reads a failed test."""
    return "\n".join(_spelt(row) for row in rows)


def _spelt(row):
    signs, number = [], ""
    for sign in row:
        if sign.isdigit():
            number += sign
        else:
            signs.append(sign * int(number))
            number = ""
    return "".join(signs)


def unrolled(rows):
    """The picture that these rows describe."""
    lines = picture(rows).splitlines()
    image = Image.new("L", (len(lines[0]), len(lines)), 255)
    image.putdata([0 if sign == _INK else 255 for line in lines for sign in line])
    return image


def fonts():
    """What the labels are set in: other files, other pictures."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(FOLDER.glob("*.ttf"))}


def seen(label, template, stock):
    """What is kept of one label."""
    image = bitmap(label, template, stock)
    return {
        "size": list(image.size),
        "sha256": digest(image),
        "two": lengths(crop(image, label, template, stock)),
    }


def kept():
    """What was kept."""
    return json.loads(FILE.read_text("utf-8"))


def main():
    """Keep how the labels look now."""
    told = {
        f"{template} {locale}": seen(LABELS[locale], template, stock) for template, stock, locale in CASES
    }
    FILE.write_text(json.dumps({"fonts": fonts(), "dpi": DPI, "labels": told}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
