"""Small pictures for tests."""

from __future__ import annotations

import io

import qrcode
from PIL import Image


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
