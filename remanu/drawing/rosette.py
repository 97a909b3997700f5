"""A figure of interlaced curves, drawn from a digest: calm ornament that no two certificates share.

It is nobody's mark and proves nothing. All of it is computed in decimals, because the same certificate has to have the
same bytes on every machine, and the last digit of a sine in binary is a matter of the machine.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import lru_cache

Point = tuple[Decimal, Decimal]
_STEPS = 720
_STRANDS = 4
_RINGS = ((14, 9, "0.82", "0.15"), (8, 7, "0.52", "0.14"), (5, 4, "0.25", "0.10"))
"""For each ring: fewest lobes, how many more there may be, middle radius and depth of the lobes."""
_EVERY = 4
_PLACES = Decimal("0.1")
_SIZE = 100


@lru_cache(maxsize=1)
def _circle() -> tuple[Point, ...]:
    """Cosine and sine of each step of a turn, by turning one step again and again."""
    with localcontext() as context:
        context.prec = 40
        angle = 2 * _pi() / _STEPS
        cosine, sine = _series(angle, 0), _series(angle, 1)
        points = [(Decimal(1), Decimal(0))]
        for _ in range(_STEPS - 1):
            x, y = points[-1]
            points.append((x * cosine - y * sine, x * sine + y * cosine))
    return tuple(points)


def _series(angle: Decimal, first: int) -> Decimal:
    """Cosine (0) or sine (1) of a small angle by its series."""
    term = total = angle**first if first else Decimal(1)
    for n in range(first + 1, first + 40, 2):
        term = -term * angle * angle / (n * (n + 1))
        total += term
    return total


def _pi() -> Decimal:
    """By Machin's formula."""
    return 4 * (4 * _inverse(5) - _inverse(239))


def _inverse(n: int) -> Decimal:
    power = total = Decimal(1) / n
    for k in range(1, 40):
        power /= -n * n
        total += power / (2 * k + 1)
    return total


def paths(digest: str) -> list[str]:
    """The strands of every ring as path data, in a square of 200 units around the middle, for a digest in hex."""
    given = bytes.fromhex(digest)
    return [
        _strand(
            least + given[2 * ring] % more,
            turn=given[2 * ring + 1] * _STEPS // 256 + strand * _STEPS // _STRANDS,
            middle=Decimal(middle),
            depth=Decimal(depth),
        )
        for ring, (least, more, middle, depth) in enumerate(_RINGS)
        for strand in range(_STRANDS)
    ]


def _strand(lobes: int, *, turn: int, middle: Decimal, depth: Decimal) -> str:
    circle = _circle()
    corners = []
    for step in range(0, _STEPS, _EVERY):
        radius = _SIZE * (middle + depth * circle[(lobes * step + turn) % _STEPS][0])
        x, y = circle[step]
        corners.append((radius * x, radius * y))
    # From the middle of one side to the middle of the next, bent towards the corner: no edge is left to see.
    bent = [(one, _between(one, after)) for one, after in zip(corners, corners[1:] + corners[:1], strict=True)]
    start = _between(corners[-1], corners[0])
    return f"M{_at(start)}{''.join(f'Q{_at(corner)} {_at(end)}' for corner, end in bent)}Z"


def _between(one: Point, other: Point) -> Point:
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)


def _at(point: Point) -> str:
    return f"{_short(point[0])} {_short(point[1])}"


def _short(value: Decimal) -> str:
    return f"{value.quantize(_PLACES).normalize():f}"


@lru_cache(maxsize=32)
def svg(digest: str, *, colour: str, width: str) -> str:
    """The figure as a picture of its own, in lines of this colour and width."""
    drawn = "".join(f'<path d="{one}"/>' for one in paths(digest))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-100 -100 200 200">'
        f'<g fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round">{drawn}</g></svg>'
    )
