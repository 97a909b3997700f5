"""Canonical JSON: the bytes that are hashed (RFC 8785, trust.md T-R2) and the strict loader that reads them (T21)."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

import rfc8785

from remanu.errors import BadInput

LIMIT = 256 * 1024
MAX_DEPTH = 32
MAX_INT = 2**53 - 1
_MAX_DIGITS = 40
_MAX_EXPONENT = 30
_INT_LENGTH = len(str(-MAX_INT))
# NUL breaks the stores below us, half a surrogate pair has no UTF-8 at all.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def encode(value: object, *, limit: int = LIMIT) -> bytes:
    """The JCS bytes of objects, lists, NFC text, integers within ±(2^53 - 1), booleans and null.

    BadInput names the place of anything else: floats above all, because quantities are decimal strings.
    Whatever is encoded here can be decoded here, so size and depth have the loader's limits.
    """
    for path, leaf in _leaves(value):
        _check_leaf(path, leaf)
    canonical = rfc8785.dumps(cast("Any", value))
    if len(canonical) > limit:
        raise BadInput("", "too-long", limit=limit)
    return canonical


def decode(raw: bytes, *, limit: int = LIMIT) -> Any:
    """The values of one strict JSON document; numbers with a fraction or an exponent become Decimal.

    BadInput for more than `limit` bytes, other encodings than UTF-8, a byte-order mark, nesting beyond 32,
    a key twice, NaN, Infinity, integers beyond ±(2^53 - 1), decimals of more than 40 digits or outside
    1e±30, NUL and lone surrogates. Text is not normalised here; that is for `text`.
    """
    if len(raw) > limit:
        raise BadInput("", "too-long", limit=limit)
    value = _parse(raw)
    for path, leaf in _leaves(value):
        if isinstance(leaf, str):
            _check_storable(path, leaf)
    return value


def commitment(canonical: bytes) -> bytes:
    """SHA-256 of canonical bytes: what chains and the log hold of an event."""
    return hashlib.sha256(canonical).digest()


def seal_digest(salt: bytes, private: bytes) -> bytes:
    """SHA-256 of salt and private bytes: what a public event says of its sealed document."""
    return hashlib.sha256(salt + private).digest()


def _leaves(value: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    """Each key and each value that holds no others, with the path to it."""
    if depth > MAX_DEPTH:
        raise BadInput(path, "too-deep", limit=MAX_DEPTH)
    if isinstance(value, dict):
        for key, inner in value.items():
            yield path, _key(path, key)
            yield from _leaves(inner, f"{path}.{key}" if path else key, depth + 1)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _leaves(inner, f"{path}.{at}" if path else str(at), depth + 1)
    else:
        yield path, value


def _key(path: str, key: object) -> str:
    if not isinstance(key, str):
        raise BadInput(path, "wrong-type")
    return key


def _check_leaf(path: str, leaf: object) -> None:
    if isinstance(leaf, str):
        _check_storable(path, leaf)
        if not unicodedata.is_normalized("NFC", leaf):
            raise BadInput(path, "not-nfc")
    elif isinstance(leaf, int):
        if abs(leaf) > MAX_INT:
            raise BadInput(path, "too-large")
    elif leaf is not None:
        raise BadInput(path, "wrong-type")


def _check_storable(path: str, text: str) -> None:
    if _UNSTORABLE.search(text):
        raise BadInput(path, "control-character")


def _parse(raw: bytes) -> object:
    try:
        return json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_int,
            parse_float=_decimal,
            parse_constant=_constant,
        )
    except UnicodeDecodeError as error:
        raise BadInput("", "not-utf-8") from error
    except json.JSONDecodeError as error:
        raise BadInput("", "not-json", line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise BadInput("", "too-deep", limit=MAX_DEPTH) from error


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadInput("", "duplicate-key")
    return found


def _int(digits: str) -> int:
    # The length is asked first: converting thousands of digits is slow, and refused by Python from 4,301 on.
    if len(digits) > _INT_LENGTH or abs(int(digits)) > MAX_INT:
        raise BadInput("", "too-large")
    return int(digits)


def _decimal(text: str) -> Decimal:
    mantissa, _, exponent = text.lower().partition("e")
    if sum(sign.isdigit() for sign in mantissa) > _MAX_DIGITS:
        raise BadInput("", "too-precise")
    if len(exponent) > _INT_LENGTH or abs(int(exponent or "0")) > _MAX_EXPONENT:
        raise BadInput("", "too-large")
    return Decimal(text)


def _constant(name: str) -> object:
    raise BadInput("", "not-a-number", read=name)
