"""What a photo of a symbol says, read once more through filters where dirt and scratches hide it (labels.md §5.2).

Runs of the reader cost a hundredth of a second, filters up to a quarter: so they come in the order of their yield, and
how many pixels are looked at is bounded whatever was sent. No text is believed for one reading alone: it is certain
by its own check character, or a second picture says the same.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import zxingcpp
from PIL import Image, ImageFilter

from remanu.errors import BadInput

# More than a phone takes; refused before a pixel is unpacked.
PIXELS = 50_000_000
_SHARP, _EDGES, _SMALL = 2400, (1000, 500), 500
_AGREEING = 2
_FORMATS = zxingcpp.BarcodeFormats(
    (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.Code128)
)
Steps = tuple[ImageFilter.Filter, ...]
_GENTLE: Steps = (ImageFilter.GaussianBlur(1.5),)
# Noise and halftones; dark scratches and specks; both; light scratches.
_FILTERS: tuple[Steps, ...] = (
    _GENTLE,
    (ImageFilter.MaxFilter(3), ImageFilter.MinFilter(3)),
    (ImageFilter.MedianFilter(5),),
    (ImageFilter.MinFilter(3), ImageFilter.MaxFilter(3)),
)
# What is worth its time on a small picture alone: larger spots.
_STRONG: tuple[Steps, ...] = (
    (ImageFilter.MedianFilter(7),),
    (ImageFilter.GaussianBlur(2.5),),
    (ImageFilter.MinFilter(5), ImageFilter.MaxFilter(5)),
)
# The middle and the four quarters, overlapping, in parts of the photo: left, top, right, bottom.
_CROPS = (
    (0.25, 0.25, 0.75, 0.75),
    (0.0, 0.0, 0.55, 0.55),
    (0.45, 0.0, 1.0, 0.55),
    (0.0, 0.45, 0.55, 1.0),
    (0.45, 0.45, 1.0, 1.0),
)


def read(photo: Image.Image, certain: Callable[[str], bool]) -> tuple[str, ...]:
    """The texts of the symbols on a photo, first what is `certain` by itself; empty where none can be believed.

    BadInput `photo` `no-symbol` for a picture that is too large to look at, before it is unpacked.
    """
    if photo.width * photo.height > PIXELS:
        raise BadInput("photo", "no-symbol")
    seen: Counter[str] = Counter()
    for frame in frames(photo):
        found = plain(frame)
        seen.update(set(found))
        believed = tuple(text for text in found if certain(text)) or tuple(
            text for text in found if seen[text] >= _AGREEING
        )
        if believed:
            return believed
    return ()


def plain(image: Image.Image) -> list[str]:
    """What the reader alone makes of one gray picture: each text once, in the order in which it was found."""
    found: list[Any] = zxingcpp.read_barcodes(image, formats=_FORMATS)
    return list(dict.fromkeys(str(one.text) for one in found if one.text))


def frames(photo: Image.Image) -> Iterator[Image.Image]:
    """The pictures that are tried, one after the other: at most 25, and no two of them with the same pixels."""
    sharp = _gray(photo)
    yield sharp
    if max(sharp.size) <= _EDGES[0]:
        # Spots on a finder pattern hide it in one sampling and not in another.
        yield sharp.resize((sharp.width * 2, sharp.height * 2), Image.Resampling.LANCZOS)
    yield from _filtered(sharp)
    for crop in _CROPS:
        part = sharp.crop(_box(sharp, crop))
        # Of a photo of one or two pixels, which anybody may send, a part can be empty.
        if 0 in part.size:
            continue
        yield part
        yield _through(part, *_GENTLE)


def _filtered(sharp: Image.Image) -> Iterator[Image.Image]:
    """Each size that is smaller than the photo, or the photo itself where none is, through every filter."""
    smaller = [_shrunk(sharp, edge) for edge in _EDGES if edge < max(sharp.size)]
    yield from smaller
    for small in smaller or [sharp]:
        steps = (*_FILTERS, *_STRONG) if max(small.size) <= _SMALL else _FILTERS
        yield from (_through(small, *one) for one in steps)


def _gray(photo: Image.Image) -> Image.Image:
    """The photo in gray, its longer side at most 2,400 pixels; a JPEG is unpacked at a part of its size."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        photo.draft("L", (_SHARP, _SHARP))
        photo.thumbnail((_SHARP, _SHARP))
        return photo.convert("L")


def _shrunk(image: Image.Image, edge: int) -> Image.Image:
    small = image.copy()
    small.thumbnail((edge, edge))
    return small


def _through(image: Image.Image, *steps: ImageFilter.Filter) -> Image.Image:
    for step in steps:
        image = image.filter(step)
    return image


def _box(image: Image.Image, crop: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    left, top, right, bottom = crop
    return (
        int(left * image.width),
        int(top * image.height),
        int(right * image.width),
        int(bottom * image.height),
    )
