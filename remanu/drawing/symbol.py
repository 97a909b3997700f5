"""The QR symbol of a printed address: level Q, raised to H where the symbol does not grow (labels.md §0 no. 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from qrcode import constants, util
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode

from remanu.drawing import boards, codewords
from remanu.errors import CannotDraw

QUIET = 4  # modules of white on every side; part of the symbol, so that nothing can be laid into it
Level = Literal["Q", "H"]
_LEVELS: dict[Level, int] = {"Q": constants.ERROR_CORRECT_Q, "H": constants.ERROR_CORRECT_H}
_DARK = re.compile("1+")
# What a changed library would raise inside the boards; the library's own choice of mask is the same, only slower.
_SURPRISES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
# Black on white whatever the terminal's own colours are: a light symbol on dark is not read by every phone.
_PAPER, _PLAIN = "\x1b[38;5;16;48;5;231m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol: `rows` from the top, each an integer whose highest of `size` bits is the left module."""

    rows: tuple[int, ...]
    version: int
    level: Level

    @property
    def size(self) -> int:
        """Modules along one side, without the quiet zone."""
        return len(self.rows)

    @property
    def whole(self) -> int:
        """Modules along one side with the quiet zone of four on either hand."""
        return self.size + 2 * QUIET

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Dark modules as (column, row, length), each run a rectangle of one module's height."""
        for number, row in enumerate(self.rows):
            for found in _DARK.finditer(f"{row:0{self.size}b}"):
                begin, end = found.span()
                yield begin, number, end - begin


@lru_cache(maxsize=512)
def encode(payload: str) -> Symbol:
    """The symbol of these very characters; CannotDraw where no symbol can hold them."""
    code: QRCode[Any] = QRCode(error_correction=_LEVELS["Q"])
    code.add_data(payload)
    version = _version(code.data_list)
    level: Level = (
        "H" if _bits(code.data_list, version) <= util.BIT_LIMIT_TABLE[_LEVELS["H"]][version] else "Q"
    )
    try:
        data = codewords.create(version, _LEVELS[level], code.data_list)
        return Symbol(boards.choose(version, _LEVELS[level], data), version, level)
    except _SURPRISES:
        return by_library(payload, version, level)


def by_library(payload: str, version: int, level: Level) -> Symbol:
    """The same symbol, its mask chosen by the library: the measure of `encode`, and its fallback."""
    code: QRCode[Any] = QRCode(version=version, error_correction=_LEVELS[level])
    code.add_data(payload)
    try:
        code.make(fit=False)
    except DataOverflowError as error:
        raise CannotDraw(why="payload-too-long", characters=len(payload)) from error
    rows = ("".join("1" if cell else "0" for cell in row) for row in code.modules)
    return Symbol(tuple(int(row, 2) for row in rows), version, level)


def _version(chunks: list[util.QRData]) -> int:
    limits = util.BIT_LIMIT_TABLE[_LEVELS["Q"]]
    for version in range(1, 41):
        if _bits(chunks, version) <= limits[version]:
            return version
    raise CannotDraw(why="payload-too-long", characters=sum(map(len, chunks)))


def _bits(chunks: list[util.QRData], version: int) -> int:
    """Length of the bit stream: mode, count and characters of each chunk."""
    sizes = util.mode_sizes_for_version(version)
    return sum(4 + sizes[chunk.mode] + _body(chunk.mode, len(chunk)) for chunk in chunks)


def _body(mode: int, length: int) -> int:
    if mode == util.MODE_NUMBER:
        return (10 * length + 2) // 3
    return (11 * length + 1) // 2 if mode == util.MODE_ALPHA_NUM else 8 * length


def terminal(symbol: Symbol) -> str:
    """The symbol in half blocks, two rows a line, dark on a light ground with its quiet zone."""
    blank = [0] * QUIET
    rows = [*blank, *(row << QUIET for row in symbol.rows), *blank, 0]
    lines = zip(rows[::2], rows[1::2], strict=False)
    return "\n".join(f"{_PAPER}{_halves(upper, lower, symbol.whole)}{_PLAIN}" for upper, lower in lines)


def _halves(upper: int, lower: int, width: int) -> str:
    pairs = zip(f"{upper:0{width}b}", f"{lower:0{width}b}", strict=True)
    return "".join(" ▀▄█"[int(top) + 2 * int(bottom)] for top, bottom in pairs)
