"""Reads drawings back as a scanner and a reader would: symbols by zxing, pages and text by pdfium."""

from __future__ import annotations

import re
from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw


def symbols(image: Image.Image) -> list[str]:
    """What every QR symbol in the image says, in the order of the page."""
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    found.sort(key=lambda one: (round(one.position.top_left.y / 50), one.position.top_left.x))
    return [one.text for one in found]


def png(drawn: bytes) -> Image.Image:
    """The image of a PNG file."""
    return Image.open(BytesIO(drawn))


def pages(drawn: bytes, dpi: int) -> list[Image.Image]:
    """Every page of a PDF at this resolution, in gray."""
    with pypdfium2.PdfDocument(drawn) as document:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]


def text(drawn: bytes) -> str:
    """The text of a PDF as a reader copies it, in one line."""
    with pypdfium2.PdfDocument(drawn) as document:
        parts = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s+", " ", " ".join(parts))


def fonts(drawn: bytes) -> set[tuple[str, bool]]:
    """Every font that the text of a PDF is set in: its name without subset tag, and whether it is embedded."""
    with pypdfium2.PdfDocument(drawn) as document:
        objects = [one for page in document for one in page.get_objects(max_depth=8)]
        found = [one.get_font() for one in objects if hasattr(one, "get_font")]
        return {(font.get_base_name().rpartition("+")[2], bool(font.is_embedded)) for font in found}


def svg(drawn: str, dpi: int) -> Image.Image:
    """The symbols of an SVG as its path says, drawn by our own eyes rather than a browser's."""
    width, height = map(float, re.search(r'viewBox="0 0 (\S+) (\S+)"', drawn).groups())
    scale = dpi / 25.4
    image = Image.new("L", (round(width * scale), round(height * scale)), 255)
    pen = ImageDraw.Draw(image)
    for group in re.finditer(r'translate\((\S+) (\S+)\) scale\((\S+)\)".*?<path d="([^"]+)"', drawn):
        x, y, module = (float(one) * scale for one in group.groups()[:3])
        for column, row, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", group[4]):
            left, top = x + int(column) * module, y + int(row) * module
            pen.rectangle(
                (round(left), round(top), round(left + int(length) * module) - 1, round(top + module) - 1), 0
            )
    return image
