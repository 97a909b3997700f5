"""The mask of a QR symbol, chosen on whole boards held as integers: the library's choice at a twentieth of its time.

A board is one integer, rows from the top, a bit a module from the left, and one clear bit behind each row, so that
no pattern is found across the edge of two rows. The four penalty rules of ISO/IEC 18004 become shifts, ANDs and bit
counts; columns are scored on a second, transposed board (labels.md §3).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from qrcode import util
from qrcode.main import QRCode

Cells = list[list[bool | None]]
MASKS = range(8)


@dataclass(frozen=True, slots=True)
class Frame:
    """What all symbols of one version share: where data goes, the masks, and which modules have neighbours."""

    size: int
    bits: int
    upright: itemgetter[Any]
    turned: itemgetter[Any]
    patterns: tuple[int, int]
    masks: tuple[tuple[int, int], ...]
    cells: int
    pairs: int


def choose(version: int, level: int, data: list[int]) -> tuple[int, ...]:
    """The rows of the symbol that holds these code words, each as an integer with its left module highest.

    `level` is the library's constant. Scored as the library does: without format and version information.
    """
    frame = _frame(version)
    boards = _boards(frame, data)
    mask = min(MASKS, key=lambda one: _penalty(frame, boards, one))
    final = boards[0] ^ frame.masks[mask][0] | _board(_skeleton(version, level, mask))
    return _rows(frame.size, final)


@lru_cache(maxsize=40)
def _frame(version: int) -> Frame:
    blank = _skeleton(version, 0, None)
    size = len(blank)
    order = _order(blank)
    bits = len(order) // 8 * 8
    free = [[cell is None for cell in row] for row in blank]
    masks: list[Cells] = [
        [[one and func(r, c) for c, one in enumerate(row)] for r, row in enumerate(free)]
        for func in map(util.mask_func, MASKS)
    ]
    full: Cells = [[True] * size] * size
    return Frame(
        size=size,
        bits=bits,
        upright=_getter(size, bits, {place: index for index, place in enumerate(order)}),
        turned=_getter(size, bits, {(c, r): index for index, (r, c) in enumerate(order)}),
        patterns=(_board(blank), _board(_turn(blank))),
        masks=tuple((_board(one), _board(_turn(one))) for one in masks),
        cells=_board(full),
        pairs=_board([[False, *row[1:]] for row in full]),
    )


def _skeleton(version: int, level: int, mask: int | None) -> Cells:
    """The library's own patterns of a version, None where data goes; format information only for a known mask."""
    code: QRCode[Any] = QRCode(version=version, error_correction=level)
    cells: Cells
    size = code.modules_count = version * 4 + 17
    code.modules = cells = [[None] * size for _ in range(size)]
    for row, column in ((0, 0), (size - 7, 0), (0, size - 7)):
        code.setup_position_probe_pattern(row, column)
    code.setup_position_adjust_pattern()
    code.setup_timing_pattern()
    code.setup_type_info(mask is None, mask or 0)
    if version >= 7:  # noqa: PLR2004 (smaller versions carry no version information)
        code.setup_type_number(mask is None)
    return cells


def _order(blank: Cells) -> list[tuple[int, int]]:
    """Where the data bits go, first to last: two columns at a time from the right, up and down in turn."""
    size = len(blank)
    right = chain(range(size - 1, 6, -2), range(5, 0, -2))
    return [
        (row, column)
        for turn, pair in enumerate(right)
        for row in (range(size) if turn % 2 else reversed(range(size)))
        for column in (pair, pair - 1)
        if blank[row][column] is None
    ]


def _getter(size: int, bits: int, places: dict[tuple[int, int], int]) -> itemgetter[Any]:
    """Picks for every bit of a board its character in the string of data bits, or the zero behind them."""
    wanted = (places.get((row, column), bits) for row in range(size) for column in range(size + 1))
    return itemgetter(*(min(index, bits) for index in wanted))


def _boards(frame: Frame, data: list[int]) -> tuple[int, int]:
    text = f"{int.from_bytes(bytes(data), 'big'):0{frame.bits}b}0"
    return int("".join(frame.upright(text)), 2), int("".join(frame.turned(text)), 2)


def _penalty(frame: Frame, boards: tuple[int, int], mask: int) -> int:
    upright = boards[0] ^ frame.masks[mask][0] | frame.patterns[0]
    turned = boards[1] ^ frame.masks[mask][1] | frame.patterns[1]
    equal = ~(upright ^ upright >> 1) & frame.pairs
    across = ~(turned ^ turned >> 1) & frame.pairs
    return (
        _long_runs(equal)
        + _long_runs(across)
        + 3 * _blocks(frame, upright, equal)
        + 40 * (_finders(frame, upright) + _finders(frame, turned))
        + _imbalance(frame, upright)
    )


def _long_runs(equal: int) -> int:
    """Rule 1: a run of five or more costs its length less two; four equal pairs in a row are a run of five."""
    fives = equal & equal >> 1 & equal >> 2 & equal >> 3
    return fives.bit_count() + 2 * (fives & ~(fives << 1)).bit_count()


def _blocks(frame: Frame, board: int, equal: int) -> int:
    """Rule 2: how many 2 by 2 blocks are of one colour."""
    stride = frame.size + 1
    return (equal & equal >> stride & ~(board ^ board >> stride)).bit_count()


def _finders(frame: Frame, dark: int) -> int:
    """Rule 3: how often 1011101 stands with four light modules on one side."""
    light = frame.cells ^ dark
    core = dark & light >> 1 & dark >> 2 & dark >> 3 & dark >> 4 & light >> 5 & dark >> 6
    quiet = light & light >> 1 & light >> 2 & light >> 3
    return (core & quiet >> 7).bit_count() + (quiet & core >> 4).bit_count()


def _imbalance(frame: Frame, board: int) -> int:
    """Rule 4: ten for each full 5 % that the dark share is away from a half, in the library's own floats."""
    percent = float(board.bit_count()) / (frame.size**2)
    return int(abs(percent * 100 - 50) / 5) * 10


def _board(cells: Cells) -> int:
    return int("".join("".join("1" if cell else "0" for cell in row) + "0" for row in cells), 2)


def _turn(cells: Cells) -> Cells:
    return [list(column) for column in zip(*cells, strict=True)]


def _rows(size: int, board: int) -> tuple[int, ...]:
    stride, whole = size + 1, (1 << size) - 1
    return tuple(board >> (stride * row + 1) & whole for row in reversed(range(size)))
