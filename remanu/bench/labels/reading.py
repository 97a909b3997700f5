"""Whether what was drawn is read back: every label of the sheets as a printer of 203 or 300 dpi prints them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from remanu.drawing import rescue
from remanu.errors import Misconfigured

DPIS = (203, 300)


@dataclass(frozen=True, slots=True)
class Readback:
    """Labels on paper, those read back once each, and readings of what no label says."""

    labels: int
    right: int
    wrong: int

    @property
    def rate(self) -> float:
        """Share of the labels that were read."""
        return self.right / self.labels


def read_back(drawn: bytes, payloads: Sequence[str], *, dpi: int) -> Readback:
    """Every page at this resolution, read by the reader alone; a label found twice counts as wrong."""
    found = Counter(text for page in pages(drawn, dpi) for text in rescue.plain(page))
    right = sum(found[payload] == 1 for payload in payloads)
    return Readback(len(payloads), right, found.total() - right)


def pages(drawn: bytes, dpi: int) -> Iterator[Image.Image]:
    """The pages of a PDF in gray; Misconfigured where the renderer that comes with the tests is not installed."""
    try:
        import pypdfium2  # noqa: PLC0415
    except ImportError as error:
        raise Misconfigured(
            setting="pypdfium2", why="not installed", value="pip install remanu[test]"
        ) from error
    with pypdfium2.PdfDocument(drawn) as document:
        for page in document:
            yield page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
