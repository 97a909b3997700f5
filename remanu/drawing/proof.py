"""A proof on plain paper: the labels in the outlines of all cells, to be held against a sheet before it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from remanu.drawing.fields import LabelFields
from remanu.drawing.media import Media
from remanu.drawing.pdf import POINT, draw_pdf
from remanu.drawing.template import Template
from remanu.rules.calibration import PLAIN, Calibration

_HAIR, _GRAY = 0.1, 0.5


def draw_proof(
    labels: Sequence[LabelFields],
    template: Template,
    media: Media,
    *,
    start: int = 1,
    calibration: Calibration = PLAIN,
) -> bytes:
    """What `draw_pdf` draws, with a gray hairline of a tenth of a millimetre around every cell, used or free.

    CannotDraw as there.
    """

    def outlined(canvas: Any) -> None:
        canvas.saveState()
        canvas.setLineWidth(_HAIR * POINT)
        canvas.setStrokeGray(_GRAY)
        for corner in _corners(media):
            _outline(canvas, corner, media, calibration)
        canvas.restoreState()

    return draw_pdf(labels, template, media, start=start, calibration=calibration, ground=outlined)


def _corners(media: Media) -> Iterator[tuple[float, float]]:
    """Left and top of every cell; a roll has one."""
    if media.grid is None:
        yield 0.0, 0.0
        return
    yield from map(media.grid.origin, range(media.grid.places))


def _outline(canvas: Any, corner: tuple[float, float], media: Media, calibration: Calibration) -> None:
    left, top = calibration.drawn_at(*corner)
    right, bottom = calibration.drawn_at(corner[0] + media.width, corner[1] + media.height)
    height = canvas._pagesize[1]  # noqa: SLF001 (it has no public reader)
    canvas.rect(left * POINT, height - bottom * POINT, (right - left) * POINT, (bottom - top) * POINT)
