"""A label for thermal printers that read ZPL: the whole of it as one compressed bitmap (labels.md §6.2).

Fonts inside such printers print boxes for Chinese, and their own symbols know nothing of whole dots, so that neither
is used: what the printer burns is what the other drivers draw.
"""

from __future__ import annotations

import base64
import binascii
import zlib

from PIL import Image, ImageChops

from remanu.drawing.fields import LabelFields
from remanu.drawing.media import Media
from remanu.drawing.png import drawn
from remanu.drawing.template import Template
from remanu.errors import CannotDraw

_DARK = 128  # gray below which a dot is burnt
Shift = tuple[float, float]


def draw_zpl(
    label: LabelFields, template: Template, media: Media, *, shift: Shift = (0.0, 0.0), darkness: int = 0
) -> bytes:
    """One label as a ZPL format for a printer of `media.dpi` dots per inch, printed once.

    `shift` moves everything right and down by millimetres, as the printer's calibration asks; `darkness`, -30 to 30,
    is added to what is set at the printer. CannotDraw where the label would not be readable, or where the shift would
    push ink over the edge of the stock.
    """
    bitmap = _placed(drawn(label, template, media), media, shift)
    row = (bitmap.width + 7) // 8
    size = row * bitmap.height
    # A set bit is a dark dot in ZPL; Pillow sets bits of what is light.
    packed = base64.b64encode(_squeezed(ImageChops.invert(bitmap).tobytes()))
    check = binascii.crc_hqx(packed, 0)
    burn = f"^MD{darkness}" if darkness else ""
    page = f"^PW{bitmap.width}^LL{bitmap.height}^LH0,0{burn}"
    field = f"^FO0,0^GFA,{size},{size},{row},:Z64:{packed.decode()}:{check:04X}"
    return f"^XA{page}\n{field}^FS\n^XZ\n".encode()


def _squeezed(bits: bytes) -> bytes:
    squeezer = zlib.compressobj(zlib.Z_BEST_COMPRESSION, memLevel=zlib.DEF_MEM_LEVEL + 1)
    return squeezer.compress(bits) + squeezer.flush()


def _placed(image: Image.Image, media: Media, shift: Shift) -> Image.Image:
    """The drawing in the middle of its stock, moved by the shift, each dot dark or light."""
    dots = media.dpi / 25.4
    canvas = Image.new("L", (round(media.width * dots), round(media.height * dots)), 255)
    left = round((canvas.width - image.width) / 2 + shift[0] * dots)
    top = round((canvas.height - image.height) / 2 + shift[1] * dots)
    _check_edges(image, canvas, (left, top))
    canvas.paste(image, (left, top))
    return canvas.point(lambda gray: 255 if gray >= _DARK else 0).convert("1")


def _check_edges(image: Image.Image, canvas: Image.Image, corner: tuple[int, int]) -> None:
    ink = ImageChops.invert(image).getbbox()
    if ink is None:
        return
    left, top, right, bottom = ink[0] + corner[0], ink[1] + corner[1], ink[2] + corner[0], ink[3] + corner[1]
    if left < 0 or top < 0 or right > canvas.width or bottom > canvas.height:
        raise CannotDraw(why="outside-label", what="shift")
