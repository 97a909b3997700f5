"""The code words of a QR symbol: the library's own, with bits gathered in one integer and remainders from tables.

ISO/IEC 18004 §7.4–7.6: bit stream, padding, Reed–Solomon code words over GF(256), blocks woven into one another.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, cycle, zip_longest

from qrcode import base, util

_BYTE = 8
_TERMINATOR = 4


class _Bits:
    """Takes what a chunk of the library writes, in one integer."""

    def __init__(self) -> None:
        self.value = 0
        self.length = 0

    def put(self, number: int, length: int) -> None:
        """Append the number in so many bits."""
        self.value = self.value << length | number
        self.length += length


def create(version: int, level: int, chunks: list[util.QRData]) -> list[int]:
    """What `qrcode.util.create_data` gives for text that fits this version; `level` is the library's constant."""
    blocks = base.rs_blocks(version, level)
    stream = _stream(version, chunks, sum(block.data_count for block in blocks))
    data, checks, begun = [], [], 0
    for block in blocks:
        words = stream[begun : begun + block.data_count]
        begun += block.data_count
        data.append(words)
        checks.append(_remainder(words, block.total_count - block.data_count))
    return [*_woven(data), *_woven(checks)]


def _stream(version: int, chunks: list[util.QRData], count: int) -> bytes:
    """Mode, length and characters of every chunk, ended and filled up to so many bytes."""
    bits = _Bits()
    for chunk in chunks:
        bits.put(chunk.mode, 4)
        bits.put(len(chunk), util.length_in_bits(chunk.mode, version))
        chunk.write(bits)
    bits.put(0, min(_TERMINATOR, count * _BYTE - bits.length))
    bits.put(0, -bits.length % _BYTE)
    used = bits.length // _BYTE
    fill = (pad for pad, _ in zip(cycle((util.PAD0, util.PAD1)), range(count - used), strict=False))
    return bits.value.to_bytes(used, "big") + bytes(fill)


def _remainder(words: bytes, count: int) -> bytes:
    """The check code words of one block: its remainder by the generator polynomial of this degree."""
    table, top, kept = _multiples(count), _BYTE * (count - 1), (1 << _BYTE * (count - 1)) - 1
    rest = 0
    for word in words:
        rest = (rest & kept) << _BYTE ^ table[word ^ rest >> top]
    return rest.to_bytes(count, "big")


@lru_cache(maxsize=32)
def _multiples(count: int) -> tuple[int, ...]:
    """The generator polynomial of this degree, without its leading one, times every byte."""
    polynomial = [1]
    for power in range(count):
        shifted = [_times(one, base.gexp(power)) for one in polynomial]
        polynomial = [a ^ b for a, b in zip([*polynomial, 0], [0, *shifted], strict=True)]
    return tuple(
        int.from_bytes(bytes(_times(one, factor) for one in polynomial[1:]), "big") for factor in range(256)
    )


def _times(one: int, other: int) -> int:
    return base.gexp(base.glog(one) + base.glog(other)) if one and other else 0


def _woven(blocks: list[bytes]) -> list[int]:
    """The first word of every block, then the second, and so on; shorter blocks run out first."""
    return [word for word in chain.from_iterable(zip_longest(*blocks)) if word is not None]
