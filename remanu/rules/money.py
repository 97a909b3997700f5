"""Money: decimal amounts in a currency of ISO 4217, in whole minor units, never a float and never without currency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from remanu.errors import BadInput

_LONGEST = 15
_AMOUNT = re.compile(r"[0-9]+(?:\.([0-9]+))?")
_TWO = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW XTS
"""
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
MINOR: Mapping[str, int] = {
    **dict.fromkeys(_TWO.split(), 2),
    **dict.fromkeys(_NONE.split(), 0),
    **dict.fromkeys(_THREE.split(), 3),
}
"""Digits after the decimal point by currency; XTS is the code that ISO 4217 keeps for tests."""


def currency(field: str, code: str) -> str:
    """The currency's code in capitals; BadInput `not-a-currency`."""
    known = code.strip().upper()
    if known not in MINOR:
        raise BadInput(field, "not-a-currency")
    return known


def amount(field: str, text: str, code: str) -> Decimal:
    """An amount of this currency, not below nothing.

    BadInput `not-a-number`, `too-precise` for more digits than the currency has, `too-large`.
    """
    plain = text.strip()
    known = _AMOUNT.fullmatch(plain) if plain.isascii() else None
    if known is None:
        raise BadInput(field, "not-a-number")
    if len(plain) > _LONGEST:
        raise BadInput(field, "too-large")
    if len(known[1] or "") > MINOR[code]:
        raise BadInput(field, "too-precise")
    return rounded(Decimal(plain), code)


def rounded(value: Decimal, code: str) -> Decimal:
    """The value in whole minor units, half to even."""
    return value.quantize(Decimal(1).scaleb(-MINOR[code]), rounding=ROUND_HALF_EVEN)


def part(value: Decimal, percent: Decimal, code: str) -> Decimal:
    """So many hundredths of the value, in whole minor units."""
    return rounded(value * percent / 100, code)


def percent(field: str, text: str, *, most: int = 100) -> Decimal:
    """A percentage from 0 to `most`; BadInput `not-a-number`, `too-large`."""
    plain = text.strip()
    if not plain.isascii() or _AMOUNT.fullmatch(plain) is None:
        raise BadInput(field, "not-a-number")
    value = Decimal(plain) if len(plain) <= _LONGEST else Decimal(most + 1)
    if value > most:
        raise BadInput(field, "too-large")
    return value
