"""One photograph that journeys hand in as evidence, and an independent decoder for what they are handed."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image


def _photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "#446688").save(out, "PNG")
    return out.getvalue()


PHOTO = _photo()


def read(drawn: bytes) -> str:
    """What the symbol in a picture says."""
    return zxingcpp.read_barcode(Image.open(io.BytesIO(drawn)).convert("L")).text
