"""The tree of RFC 6962 over stored complete nodes: appending, roots, proofs and their verification.

A node (level, idx) is complete when all leaves from idx * 2^level up to (idx + 1) * 2^level are there; it never
changes again. Only complete nodes are stored, about two a leaf; what is ragged at the right edge is computed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

Place = tuple[int, int]
Get = Callable[[int, int], bytes]
"""Reads the hash of a complete node by level and index."""

EMPTY_ROOT = hashlib.sha256(b"").digest()
_HASH = 32
_WORD = 2**64


@dataclass(frozen=True, slots=True)
class Node:
    """A complete node; level 0 are the leaf hashes."""

    level: int
    idx: int
    hash: bytes


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one log entry."""
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over all leaf hashes (not entries) of a tree, computed without a store."""
    known = {(node.level, node.idx): node.hash for node in append(0, leaf_hashes, _nothing)}
    return root_from_nodes(len(leaf_hashes), lambda level, idx: known[level, idx])


def _nothing(level: int, idx: int) -> bytes:
    raise KeyError((level, idx))


def append(size: int, leaf_hashes: Iterable[bytes], get: Get) -> Iterator[Node]:
    """The nodes that become complete when these leaf hashes follow a tree of `size` leaves, in order.

    Reads the nodes of `edge(size)` through `get`, and no other.
    """
    open_left = {level: get(level, idx) for level, idx in edge(size)}
    for index, leaf in enumerate(leaf_hashes, start=size):
        level, at, known = 0, index, leaf
        yield Node(level, at, known)
        while at & 1:
            known = node_hash(open_left.pop(level), known)
            level, at = level + 1, at >> 1
            yield Node(level, at, known)
        open_left[level] = known


def edge(size: int) -> tuple[Place, ...]:
    """The complete nodes that together cover a tree of `size` leaves, largest first."""
    return _cover(0, size)


def root_from_nodes(size: int, get: Get) -> bytes:
    """The root of the tree of `size` leaves; reads `edge(size)`."""
    return _hash_of((0, size), get) if size else EMPTY_ROOT


def inclusion_nodes(index: int, size: int) -> tuple[Place, ...]:
    """The nodes that `inclusion_proof` reads, so that they can be fetched by one statement."""
    return tuple(place for part in _inclusion_ranges(index, size) for place in _cover(*part))


def inclusion_proof(index: int, size: int, get: Get) -> tuple[bytes, ...]:
    """The hashes that lead from leaf `index` to the root of the tree of `size` leaves."""
    return tuple(_hash_of(part, get) for part in _inclusion_ranges(index, size))


def consistency_nodes(old: int, new: int) -> tuple[Place, ...]:
    """The nodes that `consistency_proof` reads, so that they can be fetched by one statement."""
    return tuple(place for part in _consistency_ranges(old, new) for place in _cover(*part))


def consistency_proof(old: int, new: int, get: Get) -> tuple[bytes, ...]:
    """The hashes that show the tree of `old` leaves to be a beginning of the one of `new` leaves."""
    return tuple(_hash_of(part, get) for part in _consistency_ranges(old, new))


Range = tuple[int, int]


def _split(begin: int, end: int) -> int:
    """Where RFC 6962 divides a range of two leaves or more: after the largest power of two below its length."""
    return begin + (1 << (end - begin - 1).bit_length() - 1)


def _cover(begin: int, end: int) -> tuple[Place, ...]:
    """The complete nodes over [begin, end), largest first; `begin` is aligned to the largest of them."""
    places = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        places.append((level, begin >> level))
        begin += 1 << level
    return tuple(places)


def _hash_of(part: Range, get: Get) -> bytes:
    *rest, (level, idx) = _cover(*part)
    known = get(level, idx)
    for left in reversed(rest):
        known = node_hash(get(*left), known)
    return known


def _inclusion_ranges(index: int, size: int) -> tuple[Range, ...]:
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size} leaves")
    begin, end, ranges = 0, size, []
    while end - begin > 1:
        middle = _split(begin, end)
        ranges.append((middle, end) if index < middle else (begin, middle))
        begin, end = (begin, middle) if index < middle else (middle, end)
    return tuple(reversed(ranges))


def _consistency_ranges(old: int, new: int) -> tuple[Range, ...]:
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} leaves does not begin one of {new}")
    begin, end, ranges = 0, new, []
    while 0 < old < end:
        middle = _split(begin, end)
        ranges.append((middle, end) if old <= middle else (begin, middle))
        begin, end = (begin, middle) if old <= middle else (middle, end)
    if begin > 0:
        # The old tree's own root stands in the proof unless the verifier has it already.
        ranges.append((begin, end))
    return tuple(reversed(ranges))


def verify_inclusion(index: int, size: int, *, leaf: bytes, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether the proof leads from this leaf hash to the expected root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size < _WORD or not _are_hashes((leaf, expected, *proof)):
        return False
    first, last, known = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            known = node_hash(sibling, known)
            first, last = _climb(first, last)
        else:
            known = node_hash(known, sibling)
        first, last = first >> 1, last >> 1
    return last == 0 and known == expected


def verify_consistency(
    old: int, new: int, *, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows the old root's tree to be a beginning of the new one's (RFC 9162 §2.1.4.2).

    From an empty tree nothing can be shown: whoever has seen nothing yet takes the first root as it is.
    """
    if not 0 < old <= new < _WORD:
        return False
    if old == new:
        return not proof and old_root == new_root
    if not _are_hashes((old_root, new_root, *proof)):
        return False
    # A tree that is one complete node is its own first step; the verifier has that hash already.
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    return bool(path) and _roots_along(old, new, path) == (old_root, new_root)


def _roots_along(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    old_known = new_known = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if first & 1 or first == last:
            old_known = node_hash(sibling, old_known)
            new_known = node_hash(sibling, new_known)
            first, last = _climb(first, last)
        else:
            new_known = node_hash(new_known, sibling)
        first, last = first >> 1, last >> 1
    return (old_known, new_known) if last == 0 else None


def _climb(first: int, last: int) -> Place:
    """Up to where the path turns left again: on the right edge a node may have no sibling for some levels."""
    while first and not first & 1:
        first, last = first >> 1, last >> 1
    return first, last


def _are_hashes(values: Iterable[bytes]) -> bool:
    return all(len(value) == _HASH for value in values)
