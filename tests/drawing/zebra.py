"""A thermal printer by our own eyes: reads the format as its manual says and gives what it would burn."""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from PIL import Image, ImageChops

_FIELD = re.compile(rb"\^FO(\d+),(\d+)\^GFA,(\d+),(\d+),(\d+),:Z64:([A-Za-z0-9+/=]+):([0-9A-F]{4})\^FS")


def burnt(sent: bytes) -> list[Image.Image]:
    """Every label of what was sent, dark dots on white; AssertionError where a printer would refuse or misread it."""
    formats = re.findall(rb"\^XA(.*?)\^XZ", sent, re.DOTALL)
    assert formats, "no label at all"
    return [_label(one) for one in formats]


def _label(text: bytes) -> Image.Image:
    width, height = (int(re.search(rb"\^" + name + rb"(\d+)", text)[1]) for name in (b"PW", b"LL"))
    paper = Image.new("L", (width, height), 255)
    left, top, sent, size, row, packed, check = _FIELD.search(text).groups()
    assert binascii.crc_hqx(packed, 0) == int(check, 16), "the check sum does not fit"
    bits = zlib.decompress(base64.b64decode(packed))
    assert int(sent) == int(size) == len(bits)
    drawing = Image.frombytes("1", (8 * int(row), len(bits) // int(row)), bits).convert("L")
    paper.paste(ImageChops.invert(drawing), (int(left), int(top)))
    return paper
