"""What a printer does to places on a sheet, from four lengths that somebody measured on a calibration page.

A printer puts what is drawn at x to `shift + scale * x`: drawn backwards, it lands where it belongs (labels.md §6.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from remanu.errors import BadInput

LEFT, TOP = Decimal(20), Decimal(20)
"""Where the first cross of the page is drawn, from the left and the upper edge in millimetres."""
ACROSS, DOWN = Decimal(160), Decimal(200)
"""From the first cross to the one beside it and to the one below it."""
_FARTHEST = Decimal(10)
_STRAIGHT = Decimal("0.03")
_PLACES, _RATIO = Decimal("0.01"), Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Shift in millimetres, right and down, and scale as a ratio; text of decimals, since events hold no floats."""

    shift_x: str = "0.00"
    shift_y: str = "0.00"
    scale_x: str = "1.0000"
    scale_y: str = "1.0000"

    def drawn_at(self, x: float, y: float) -> tuple[float, float]:
        """Where to draw what has to land at (x, y), in millimetres."""
        return (x - float(self.shift_x)) / float(self.scale_x), (y - float(self.shift_y)) / float(self.scale_y)


PLAIN = Calibration()


def measured(*, left: Decimal, top: Decimal, across: Decimal, down: Decimal) -> Calibration:
    """The calibration behind four measured lengths in millimetres.

    BadInput `not-this-page` where a length is so far off that another page, or another unit, was measured.
    """
    for name, value, drawn in (("across", across, ACROSS), ("down", down, DOWN)):
        if abs(value / drawn - 1) > _STRAIGHT:
            raise BadInput(name, "not-this-page")
    for name, value, drawn in (("left", left, LEFT), ("top", top, TOP)):
        if abs(value - drawn) > _FARTHEST:
            raise BadInput(name, "not-this-page")
    scale_x, scale_y = (across / ACROSS).quantize(_RATIO), (down / DOWN).quantize(_RATIO)
    shifts = ((left - scale_x * LEFT).quantize(_PLACES), (top - scale_y * TOP).quantize(_PLACES))
    return Calibration(str(shifts[0] + 0), str(shifts[1] + 0), str(scale_x), str(scale_y))
