"""Small pictures for tests."""

from __future__ import annotations

import io
from itertools import count
from random import Random

import qrcode
from PIL import Image

from remanu.bench.labels import trials
from remanu.drawing import rescue


def png(colour: str = "navy") -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def label(text: str) -> bytes:
    """A picture of a label's square."""
    out = io.BytesIO()
    qrcode.make(text).save(out, "PNG")
    return out.getvalue()


def scratched(text: str) -> bytes:
    """A photo of a label so scratched that only the filters find its text."""
    shot, symbol = trials.CONDITIONS["scratches_30mm"].shot, trials.drawn(text, "Q")
    photos = (shot(symbol, Random(seed)) for seed in count())
    hidden = (one for one in photos if not rescue.plain(one))
    out = io.BytesIO()
    next(one for one in hidden if rescue.read(one, text.__eq__)).save(out, "PNG")
    return out.getvalue()


def beside(*texts: str) -> bytes:
    """One picture of several labels."""
    labels = [qrcode.make(text).get_image() for text in texts]
    both = Image.new("L", (sum(one.width for one in labels), max(one.height for one in labels)), 255)
    for number, one in enumerate(labels):
        both.paste(one, (sum(before.width for before in labels[:number]), 0))
    out = io.BytesIO()
    both.save(out, "PNG")
    return out.getvalue()
