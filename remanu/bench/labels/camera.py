"""What a camera makes of a label: turned and tilted in perspective, bent, faint, blurred and noisy, with a seed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageFilter

_TABLE = 150  # gray of what lies around the label
_DISTANCE = 8.0  # label widths between label and camera: a quarter of a metre for 31 mm
_STRIPS = 48
_SPREAD = 256 / math.sqrt(12)  # standard deviation of one evenly distributed byte
_SUMMED = 4
_MIDDLE = 128

Row = tuple[float, float, float]
Matrix = tuple[Row, Row, Row]


def photographed(
    label: Image.Image, dice: Random, *, tilt: float, about: Sequence[float] | None = None
) -> Image.Image:
    """The label as large as it is, turned by any angle and tilted by `tilt` degrees.

    It tilts about any axis, or about one that makes with its upper edge one of the angles `about`, in degrees.
    """
    turned = dice.uniform(0, 2 * math.pi)
    axis = dice.uniform(0, 2 * math.pi) if about is None else turned + math.radians(dice.choice(about))
    side = label.width
    out = int(side * 1.5)
    return label.transform(
        (out, out),
        Image.Transform.PERSPECTIVE,
        _coefficients(_view(side, turned, math.radians(tilt), axis), out, side),
        resample=Image.Resampling.BICUBIC,
        fillcolor=_TABLE,
    )


def bent(label: Image.Image, *, degrees: float) -> Image.Image:
    """The label around an upright cylinder, its edges `degrees` to the left and right of the nearest line."""
    wide, tall = label.size
    most = math.radians(degrees)
    seen = int(wide * math.sin(most) / most)
    edges = [seen * number // _STRIPS for number in range(_STRIPS + 1)]
    mesh = []
    for left, right in pairwise(edges):
        a, b = (_along(at, seen, most) * wide for at in (left, right))
        mesh.append(((left, 0, right, tall), (a, 0, a, tall, b, tall, b, 0)))
    return label.transform((seen, tall), Image.Transform.MESH, mesh, resample=Image.Resampling.BICUBIC)


def faint(image: Image.Image, *, contrast: float) -> Image.Image:
    """The image with this share of its contrast left."""
    return image.point([round(_MIDDLE + (gray - _MIDDLE) * contrast) for gray in range(256)])


def blurred(image: Image.Image, dice: Random, *, blur: float, noise: float) -> Image.Image:
    """Out of focus by `blur` pixels, then with grain of `noise` gray levels (both one standard deviation)."""
    soft = image.filter(ImageFilter.GaussianBlur(blur)) if blur else image
    grain = _grain(soft.size, dice)
    weak = grain.point([round(_MIDDLE + (gray - _MIDDLE) * noise * 2 / _SPREAD) for gray in range(256)])
    return ImageChops.add(soft, weak, 1, -_MIDDLE)


def _grain(size: tuple[int, int], dice: Random) -> Image.Image:
    """Nearly normal grain around the middle: the mean of four even ones, so half an even one's spread."""
    first, *others = (Image.frombytes("L", size, dice.randbytes(size[0] * size[1])) for _ in range(_SUMMED))
    for number, other in enumerate(others, 2):
        first = Image.blend(first, other, 1 / number)
    return first


def _along(at: int, seen: int, most: float) -> float:
    """Where on the flat label, from 0 to 1, stands what the camera sees in column `at` of `seen`."""
    return (math.asin((2 * at / seen - 1) * math.sin(most)) / most + 1) / 2


def _view(side: int, turned: float, tilted: float, axis: float) -> Matrix:
    """From places on the label, its middle 0, to places in the picture, its middle 0, as one homography."""
    c, s = math.cos(axis), math.sin(axis)
    cos, sin = math.cos(tilted), math.sin(tilted)
    tilt: Matrix = (
        (c * c + s * s * cos, c * s * (1 - cos), 0.0),
        (c * s * (1 - cos), s * s + c * c * cos, 0.0),
        (-s * sin / (_DISTANCE * side), c * sin / (_DISTANCE * side), 1.0),
    )
    a, b = math.cos(turned), math.sin(turned)
    return _times(tilt, ((a, -b, 0.0), (b, a, 0.0), (0.0, 0.0, 1.0)))


def _coefficients(view: Matrix, out: int, side: int) -> tuple[float, ...]:
    """The eight numbers with which Pillow finds for every pixel of the picture its place on the label."""
    middle: Matrix = ((1.0, 0.0, -out / 2), (0.0, 1.0, -out / 2), (0.0, 0.0, 1.0))
    corner: Matrix = ((1.0, 0.0, side / 2), (0.0, 1.0, side / 2), (0.0, 0.0, 1.0))
    back = _times(_times(corner, _inverse(view)), middle)
    return tuple(value / back[2][2] for row in back for value in row)[:8]


def _times(one: Matrix, other: Matrix) -> Matrix:
    columns = tuple(zip(*other, strict=True))
    first, second, third = (
        tuple(sum(a * b for a, b in zip(row, column, strict=True)) for column in columns) for row in one
    )
    return _row(first), _row(second), _row(third)


def _row(values: tuple[float, ...]) -> Row:
    return values[0], values[1], values[2]


def _inverse(matrix: Matrix) -> Matrix:
    """By cofactors; its scale does not matter to a homography."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
