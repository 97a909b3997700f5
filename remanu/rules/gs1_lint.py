"""What each component of a GS1 value must be: linters by the names that the syntax dictionary gives them.

Each takes a value and the code lists and answers the name of what is wrong, in the words of the dictionary's own
linters (gs1/gs1-syntax-dictionary), or nothing. Values are ASCII; lengths were seen to before.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from itertools import cycle

from remanu.rules import gs1_coupon
from remanu.rules.gs1_dictionary import Codes

CSET82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
CSET39 = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CSET64 = re.compile(r"[-0-9A-Z_a-z]*(={0,2})", re.ASCII)
_CSET32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = frozenset("0123456789")
_IMPORTER = frozenset("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
_PACKAGE = re.compile(r"[0-9A-Z]{1,4}", re.ASCII)
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SEQUENCE = re.compile(r"([0-9]+)/([0-9]+)", re.ASCII)
_MODULUS, _MOST_ALPHA, _LEAST_PREFIX = 1021, 99, 4
_SHORTEST_IBAN, _LONGEST_IBAN, _IBAN_REST = 11, 34, 97

Linter = Callable[[str, Codes], str | None]


def character_set(kind: str, value: str) -> str | None:
    """What is wrong with the characters of a component of type N, X, Y or Z."""
    if kind == "N":
        return _numeric(value)
    if kind == "Z":
        return _base64(value)
    allowed, name = (CSET82, "CSET82") if kind == "X" else (CSET39, "CSET39")
    return None if set(value) <= set(allowed) else f"INVALID_{name}_CHARACTER"


def lint(name: str, value: str, codes: Codes) -> str | None:
    """What the linter of this name says of a value; KeyError for a linter that nobody wrote."""
    return LINTERS[name](value, codes)


def check_digit(digits: str) -> str:
    """The last digit that makes these digits a GS1 number: weights 3 and 1 from the right (GenSpecs §7.9)."""
    total = sum(int(digit) * weight for digit, weight in zip(reversed(digits), cycle((3, 1)), strict=False))
    return str(-total % 10)


def check_pair(text: str) -> str:
    """The two characters that make this text a GS1 alphanumeric key: primes from the right, modulo 1021."""
    signs = reversed(text)
    total = sum(CSET82.index(sign) * prime for sign, prime in zip(signs, _primes(len(text)), strict=True))
    high, low = divmod(total % _MODULUS, len(_CSET32))
    return _CSET32[high] + _CSET32[low]


def _primes(many: int) -> list[int]:
    found: list[int] = []
    number = 2
    while len(found) < many:
        if all(number % one for one in found):
            found.append(number)
        number += 1
    return found


def _numeric(value: str) -> str | None:
    return None if set(value) <= _DIGITS else "NON_DIGIT_CHARACTER"


def _base64(value: str) -> str | None:
    known = _CSET64.fullmatch(value)
    if known is None:
        return "INVALID_CSET64_CHARACTER"
    padded = len(known[1])
    return "INVALID_CSET64_PADDING" if padded and (len(value) % 3 or len(value) == padded) else None


def _csum(value: str, _codes: Codes) -> str | None:
    if not value:
        return "TOO_SHORT_FOR_CHECK_DIGIT"
    right = _numeric(value) or value[-1] == check_digit(value[:-1])
    return right if isinstance(right, str) else None if right else "INCORRECT_CHECK_DIGIT"


def _csumalpha(value: str, _codes: Codes) -> str | None:
    body, pair = value[:-2], value[-2:]
    if len(value) < len("XX"):
        return "TOO_SHORT_FOR_CHECK_PAIR"
    if len(value) > _MOST_ALPHA:
        return "TOO_LONG_FOR_CHECK_PAIR_IMPLEMENTATION"
    return character_set("X", body) or (None if pair == check_pair(body) else "INCORRECT_CHECK_PAIR")


def _gcp(value: str, codes: Codes) -> str | None:
    if len(value) < _LEAST_PREFIX:
        return "TOO_SHORT_FOR_GCP"
    if not set(value[:_LEAST_PREFIX]) <= _DIGITS:
        return "INVALID_GCP_PREFIX"
    return gs1_coupon.prefix(value, codes)


def _gcp_second(value: str, codes: Codes) -> str | None:
    return _gcp(value[1:], codes)


def _one_of(allowed: frozenset[str], error: str) -> Linter:
    return lambda value, _codes: None if value in allowed else error


def _listed(name: str, error: str, *more: str) -> Linter:
    return lambda value, codes: None if value in getattr(codes, name) or value in more else error


def _clock(error: str, length: int, *parts: tuple[str, int]) -> Linter:
    """Two digits for each part, below its bound."""

    def asked(value: str, _codes: Codes) -> str | None:
        if len(value) != length:
            return f"{error}_TOO_{'SHORT' if len(value) < length else 'LONG'}"
        pieces = zip(range(0, length, 2), parts, strict=True)
        wrong = (f"ILLEGAL_{name}" for at, (name, most) in pieces if int(value[at : at + 2]) >= most)
        return _numeric(value) or next(wrong, None)

    return asked


def _date(length: int, *, day_needed: bool) -> Linter:
    """YYMMDD or YYYYMMDD; two digits of a year are of this century, which has the leap years of the last."""

    def asked(value: str, _codes: Codes) -> str | None:
        if len(value) != length:
            return f"DATE_TOO_{'SHORT' if len(value) < length else 'LONG'}"
        if not set(value) <= _DIGITS:
            return "NON_DIGIT_CHARACTER"
        month, day = int(value[-4:-2]), int(value[-2:])
        if not 1 <= month <= 12:  # noqa: PLR2004 -- months
            return "ILLEGAL_MONTH"
        year = int(value[:-4]) + (2000 if length == len("YYMMDD") else 0)
        return "ILLEGAL_DAY" if day > _days(year, month) or (day_needed and not day) else None

    return asked


def _days(year: int, month: int) -> int:
    # The calendar of the library begins with the year 1; the year 0 was a leap year as 2000 was.
    return monthrange(year or 2000, month)[1]


def _degrees(name: str, most: int) -> Linter:
    """Ten digits: degrees times ten million, moved so that none is negative."""

    def asked(value: str, _codes: Codes) -> str | None:
        if len(value) != 10:  # noqa: PLR2004 -- digits
            return f"{name}_INVALID_LENGTH"
        return _numeric(value) or (f"INVALID_{name}" if int(value) > most else None)

    return asked


def _nonzero(value: str, _codes: Codes) -> str | None:
    return _numeric(value) or ("ILLEGAL_ZERO_VALUE" if not value.strip("0") else None)


def _nozeroprefix(value: str, _codes: Codes) -> str | None:
    return _numeric(value) or ("ILLEGAL_ZERO_PREFIX" if value.startswith("0") else None)


def _zero(value: str, _codes: Codes) -> str | None:
    return None if value and not value.strip("0") else "NOT_ZERO"


def _hasnondigit(value: str, _codes: Codes) -> str | None:
    return "REQUIRES_NON_DIGIT_CHARACTER" if set(value) <= _DIGITS else None


def _hyphen(value: str, _codes: Codes) -> str | None:
    return None if value and not value.strip("-") else "NOT_HYPHEN"


def _pcenc(value: str, _codes: Codes) -> str | None:
    return "INVALID_PERCENT_SEQUENCE" if _PERCENT.search(value) else None


def _pieceoftotal(value: str, _codes: Codes) -> str | None:
    half, odd = divmod(len(value), 2)
    if odd or not value:
        return "INVALID_LENGTH_FOR_PIECE_OF_TOTAL"
    if not set(value) <= _DIGITS:
        return "NON_DIGIT_CHARACTER"
    piece, total = int(value[:half]), int(value[half:])
    if not piece:
        return "ZERO_PIECE_NUMBER"
    if not total:
        return "ZERO_TOTAL_PIECES"
    return "PIECE_NUMBER_EXCEEDS_TOTAL" if piece > total else None


def _posinseqslash(value: str, _codes: Codes) -> str | None:
    known = _SEQUENCE.fullmatch(value)
    if known is None:
        return "POSITION_IN_SEQUENCE_MALFORMED"
    if "0" in {known[1][0], known[2][0]}:
        return "ILLEGAL_ZERO_PREFIX"
    return "POSITION_EXCEEDS_END" if int(known[1]) > int(known[2]) else None


def _importer(value: str, _codes: Codes) -> str | None:
    if len(value) != 1:
        return "IMPORTER_IDX_MUST_BE_ONE_CHARACTER"
    return None if value in _IMPORTER else "INVALID_IMPORT_IDX_CHARACTER"


def _package(value: str, _codes: Codes) -> str | None:
    """The list of UN/ECE Recommendation 21 is not held: the shape alone is looked at."""
    return None if _PACKAGE.fullmatch(value) else "INVALID_PACKAGE_TYPE"


def _iban(value: str, codes: Codes) -> str | None:
    if not _SHORTEST_IBAN <= len(value) <= _LONGEST_IBAN:
        return "IBAN_TOO_SHORT" if len(value) < _SHORTEST_IBAN else "IBAN_TOO_LONG"
    if not (value.isascii() and value.isalnum() and value == value.upper()):
        return "INVALID_IBAN_CHARACTER"
    if value[:2] not in codes.countries_alpha2:
        return "ILLEGAL_IBAN_COUNTRY_CODE"
    number = int("".join(str(int(sign, 36)) for sign in value[4:] + value[:4]))
    return None if number % _IBAN_REST == 1 else "INCORRECT_IBAN_CHECKSUM"


_HOUR, _MINUTE, _SECOND = ("HOUR", 24), ("MINUTE", 60), ("SECOND", 60)
_MEDIA = frozenset(f"{one:02}" for one in (*range(1, 11), *range(80, 100)))
LINTERS: Mapping[str, Linter] = {
    "couponcode": gs1_coupon.code,
    "couponposoffer": gs1_coupon.positive_offer,
    "csetnumeric": lambda value, _codes: _numeric(value),
    "csum": _csum,
    "csumalpha": _csumalpha,
    "gcppos1": _gcp,
    "gcppos2": _gcp_second,
    "hasnondigit": _hasnondigit,
    "hh": _clock("HOUR", 2, _HOUR),
    "hhmi": _clock("HOUR_WITH_MINUTE", 4, _HOUR, _MINUTE),
    "hyphen": _hyphen,
    "iban": _iban,
    "importeridx": _importer,
    "iso3166": _listed("countries", "NOT_ISO3166"),
    "iso3166999": _listed("countries", "NOT_ISO3166_OR_999", "999"),
    "iso3166alpha2": _listed("countries_alpha2", "NOT_ISO3166_ALPHA2"),
    "iso4217": _listed("currencies", "NOT_ISO4217"),
    "iso5218": _one_of(frozenset("0129"), "INVALID_BIOLOGICAL_SEX_CODE"),
    "latitude": _degrees("LATITUDE", 1_800_000_000),
    "longitude": _degrees("LONGITUDE", 3_600_000_000),
    "mediatype": _one_of(_MEDIA, "INVALID_MEDIA_TYPE"),
    "mi": _clock("MINUTE", 2, _MINUTE),
    "nonzero": _nonzero,
    "nozeroprefix": _nozeroprefix,
    "packagetype": _package,
    "pcenc": _pcenc,
    "pieceoftotal": _pieceoftotal,
    "posinseqslash": _posinseqslash,
    "ss": _clock("SECOND", 2, _SECOND),
    "winding": _one_of(frozenset("019"), "INVALID_WINDING_DIRECTION"),
    "yesno": _one_of(frozenset("01"), "NOT_ZERO_OR_ONE"),
    "yymmd0": _date(6, day_needed=False),
    "yymmdd": _date(6, day_needed=True),
    "yyyymmd0": _date(8, day_needed=False),
    "yyyymmdd": _date(8, day_needed=True),
    "zero": _zero,
}
