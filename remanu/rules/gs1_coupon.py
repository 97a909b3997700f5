"""Coupon values of GS1 element strings, AI 8110 and 8112: fields behind each other, their lengths before them.

No part of this trade carries coupons. A validator driven by the whole syntax dictionary knows them all the same,
so that it refuses nothing for want of knowing it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from remanu.rules.gs1_dictionary import Codes

_PREFIX, _OFFER, _FAMILY, _SERIAL, _NONE = 6, 6, 3, 6, "9"


class _Wrong(Exception):
    """What is wrong, by the name that the dictionary's linters give it."""


@dataclass(slots=True)
class _Reader:
    """A value and how far it was read."""

    left: str

    def sign(self, missing: str, allowed: str, wrong: str) -> str:
        """The next digit, one of those allowed."""
        if not self.left:
            raise _Wrong(missing)
        taken, self.left = self.left[0], self.left[1:]
        if taken not in allowed:
            raise _Wrong(wrong)
        return taken

    def take(self, length: int, truncated: str) -> str:
        """The next digits."""
        if len(self.left) < length:
            raise _Wrong(truncated)
        taken, self.left = self.left[:length], self.left[length:]
        return taken

    def counted(self, name: str, allowed: str, *, more: int = 0) -> str:
        """Digits whose length, less `more`, stands before them."""
        length = self.sign(f"COUPON_MISSING_{name}_VLI", allowed, f"COUPON_INVALID_{name}_LENGTH")
        return self.take(int(length) + more, f"COUPON_TRUNCATED_{name}")

    def has(self, option: str) -> bool:
        """Whether an optional field begins here; its number is read."""
        begins = self.left.startswith(option)
        self.left = self.left[begins:]
        return begins


def prefix(digits: str, codes: Codes) -> str | None:
    """What the source of company prefixes, where there is one, says against these digits."""
    known = True if codes.known_prefix is None else codes.known_prefix(digits)
    return {True: None, False: "INVALID_GCP_PREFIX", None: "GCP_DATASOURCE_OFFLINE"}[known]


def positive_offer(value: str, codes: Codes) -> str | None:
    """AI 8112: format, funder, offer and serial."""
    return _read(value, codes, _positive_offer)


def code(value: str, codes: Codes) -> str | None:
    """AI 8110: company, offer, saving, purchases, and optional fields in the order of their numbers."""
    return _read(value, codes, _code)


def _read(value: str, codes: Codes, read: Callable[[_Reader, Codes], None]) -> str | None:
    if not set(value) <= set("0123456789"):
        return "NON_DIGIT_CHARACTER"
    reader = _Reader(value)
    try:
        read(reader, codes)
    except _Wrong as wrong:
        return str(wrong)
    return "COUPON_EXCESS_DATA" if reader.left else None


def _positive_offer(reader: _Reader, _codes: Codes) -> None:
    reader.sign("COUPON_MISSING_FORMAT_CODE", "01", "COUPON_INVALID_FORMAT_CODE")
    reader.counted("FUNDER", "0123456", more=_PREFIX)
    reader.take(_OFFER, "COUPON_TRUNCATED_OFFER_CODE")
    reader.counted("SERIAL_NUMBER", "0123456789", more=_SERIAL)


def _code(reader: _Reader, codes: Codes) -> None:
    company = reader.counted("GCP", "0123456", more=_PREFIX)
    wrong = prefix(company, codes)
    if wrong is not None:
        raise _Wrong(wrong)
    reader.take(_OFFER, "COUPON_TRUNCATED_OFFER_CODE")
    reader.counted("SAVE_VALUE", "12345")
    _purchase(reader, "1ST")
    if reader.has("1"):
        rules = "ADDITIONAL_PURCHASE_RULES_CODE"
        reader.sign(f"COUPON_MISSING_{rules}", "0123", f"COUPON_INVALID_{rules}")
        _further(reader, "2ND")
    if reader.has("2"):
        _further(reader, "3RD")
    _dates(reader)
    if reader.has("5"):
        reader.counted("SERIAL_NUMBER", "0123456789", more=_SERIAL)
    if reader.has("6"):
        reader.counted("RETAILER_GCP_OR_GLN", "1234567", more=_PREFIX)
    if reader.has("9"):
        _flags(reader)


def _purchase(reader: _Reader, which: str) -> None:
    requirement = f"{which}_PURCHASE_REQUIREMENT"
    reader.counted(requirement, "12345")
    reader.sign(f"COUPON_MISSING_{requirement}_CODE", "012349", f"COUPON_INVALID_{requirement}_CODE")
    reader.take(_FAMILY, f"COUPON_TRUNCATED_{which}_PURCHASE_FAMILY_CODE")


def _further(reader: _Reader, which: str) -> None:
    """A purchase beside the first, of the same company or of another."""
    _purchase(reader, which)
    if not reader.has(_NONE):
        reader.counted(f"{which}_PURCHASE_GCP", "0123456", more=_PREFIX)


def _dates(reader: _Reader) -> None:
    ends = _date(reader, "3", "EXPIRATION", "EXIPIRATION")
    starts = _date(reader, "4", "START", "START")
    if ends and starts and ends < starts:
        raise _Wrong("COUPON_EXPIRATION_BEFORE_START")


def _date(reader: _Reader, option: str, name: str, spelt: str) -> str:
    if not reader.has(option):
        return ""
    day = reader.take(6, f"COUPON_TOO_SHORT_FOR_{name}_DATE")
    if not (1 <= int(day[2:4]) <= 12 and 1 <= int(day[4:]) <= 31):  # noqa: PLR2004 -- months and days
        # The published name is spelt so.
        raise _Wrong(f"COUPON_INVALID_{spelt}_DATE")
    return day


def _flags(reader: _Reader) -> None:
    value, applies, shop, once = (
        "SAVE_VALUE_CODE",
        "SAVE_VALUE_APPLIES_TO_ITEM",
        "STORE_COUPON_FLAG",
        "DONT_MULTIPLY_FLAG",
    )
    reader.sign(f"COUPON_MISSING_{value}", "01256", f"COUPON_INVALID_{value}")
    reader.sign(f"COUPON_MISSING_{applies}", "012", f"COUPON_INVALID_{applies}")
    reader.sign(f"COUPON_MISSING_{shop}", "0123456789", f"COUPON_INVALID_{shop}")
    reader.sign(f"COUPON_MISSING_{once}", "01", f"COUPON_INVALID_{once}")
