"""What is typed at the bench: a slip of the finger is asked about, and never put right in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from remanu.errors import BadInput
from remanu.rules import units
from remanu.rules.dispositions import Limits, Verdict

REFERENCE_CEL = Decimal(20)
"""The temperature to which a length is stated (ISO 1)."""

_DIGITS = re.compile(r"[+-]?[0-9]")
_COMMAS = (",", "，", "٫")
_BETWEEN_THOUSANDS = (" ", "\u00a0", "\u202f", "'", "’", "_")
# So many times a known size, or the same part of it, is more likely a lost decimal point than a worn part.
_SIZED = Decimal(8)
# Wear has no size of its own: a crack may be long. A hundred times the widest limit is another unit.
_WORN = Decimal(100)
_HALF_A_DECADE = Decimal("3.1622777")
_COLD, _HOT = Decimal(-80), Decimal(200)
_WET = Decimal(100)


@dataclass(frozen=True, slots=True)
class Odd:
    """A reading that is hard to believe, as it was typed, and what was probably meant."""

    field: str
    given: str
    meant: str


def number(field: str, typed: str, unit: str) -> Decimal:
    """The number that was typed; BadInput says which habit of writing numbers is not taken here.

    A comma stays ambiguous: 64,971 is a shaft to one person and sixty-five metres to another.
    """
    if _DIGITS.match(typed):
        commas = sum(typed.count(one) for one in _COMMAS)
        if any(one in typed.strip() for one in _BETWEEN_THOUSANDS) or commas > 1 or (commas and "." in typed):
            raise BadInput(field, "thousands")
        if commas:
            raise BadInput(field, "comma")
    return units.parse(field, typed, unit).value


def meant(value: Decimal, limits: Limits, nominal: Decimal | None = None) -> int:
    """By how many decimal places a reading is probably off; 0 where it is plausible."""
    size = _size(limits, nominal)
    if value == 0:
        return 0
    if size is not None:
        ratio = abs(value) / size
        return _decades(ratio) if ratio >= _SIZED or ratio <= 1 / _SIZED else 0
    widest = max((abs(one) for one in _ends(limits)), default=Decimal(0))
    # What may be as large as it likes, an insulation, is never too large.
    if widest == 0 or limits.direction == "larger_better" or abs(value) < _WORN * widest:
        return 0
    return _decades(abs(value) / widest)


def _size(limits: Limits, nominal: Decimal | None) -> Decimal | None:
    """The size that a part of this kind has: its nominal value, else the middle of a narrow new range."""
    if nominal is not None and nominal > 0:
        return nominal
    low, high = limits.new_min, limits.new_max
    narrow = low is not None and high is not None and 0 < low <= high <= 2 * low
    return (low + high) / 2 if narrow and low is not None and high is not None else None


def _ends(limits: Limits) -> Sequence[Decimal]:
    every = (
        limits.new_min,
        limits.new_max,
        limits.repair_min,
        limits.repair_max,
        limits.service_min,
        limits.service_max,
    )
    return [one for one in every if one is not None]


def _decades(ratio: Decimal) -> int:
    places = ratio.adjusted()
    return places + 1 if ratio.scaleb(-places) >= _HALF_A_DECADE else places


def check_likely(odd: Sequence[Odd], sure: Sequence[str]) -> None:
    """BadInput `unlikely` for the first odd reading that nobody confirmed; its details name all of them.

    Who is sure types the same digits again, so that another slip is asked about again.
    """
    asked = [one for one in odd if one.given not in sure]
    if asked:
        told = [{"given": one.given, "meant": one.meant} for one in asked]
        raise BadInput(asked[0].field, "unlikely", given=asked[0].given, meant=asked[0].meant, odd=told)


def temperature(given: str | None) -> Decimal | None:
    """A temperature in degrees Celsius at which people measure, or nothing."""
    return _between("temperature", given, "Cel", low=_COLD, high=_HOT)


def humidity(given: str | None) -> Decimal | None:
    """A relative humidity in per cent, or nothing."""
    return _between("humidity", given, "%", low=Decimal(0), high=_WET)


def _between(field: str, given: str | None, unit: str, *, low: Decimal, high: Decimal) -> Decimal | None:
    if not given:
        return None
    value = number(field, given, unit)
    if not low <= value <= high:
        raise BadInput(field, "out-of-range", low=format(low, "f"), high=format(high, "f"))
    return value


def reference_of(at_cel: str | None) -> Decimal:
    """The temperature in degrees Celsius to which a reading is brought: its own where it has one, else 20 °C."""
    return REFERENCE_CEL if at_cel is None else Decimal(at_cel)


def at_reference(value: Decimal, cel: Decimal, per_kelvin: Decimal) -> Decimal:
    """The length that the part has at 20 °C, with one digit more than was read."""
    there = value * (1 - per_kelvin * (cel - REFERENCE_CEL))
    exponent = value.as_tuple().exponent
    return there.quantize(Decimal(1).scaleb(int(exponent) - 1))


def at_halving(value: Decimal, cel: Decimal, *, at_cel: Decimal, per_k: Decimal) -> Decimal:
    """The resistance that an insulation has at another temperature, where it halves with every `per_k` kelvin."""
    there = value * Decimal(2) ** ((cel - at_cel) / per_k)
    exponent = value.as_tuple().exponent
    return there.quantize(Decimal(1).scaleb(int(exponent) - 1))


def uncertainty(given: str | None, unit: str) -> Decimal | None:
    """The expanded uncertainty of a reading in its unit, or nothing; never less than nothing."""
    if not given:
        return None
    value = number("uncertainty", given, unit)
    if value < 0:
        raise BadInput("uncertainty", "negative")
    return value


def near(value: Decimal, limits: Iterable[Decimal], within: Decimal) -> bool:
    """Whether the uncertainty reaches across one of these limits, so that the verdict might be another one."""
    return any(abs(value - one) < within for one in limits)


def agree(first: Verdict, second: Verdict) -> bool:
    """Whether two people who measured the same come to the same end, whatever the digits."""
    return (first.zone, first.disposition, first.step) == (second.zone, second.disposition, second.step)


def drift(first: Sequence[Decimal], second: Sequence[Decimal]) -> Decimal:
    """The greatest difference at one point, the second reading less the first, as both were read."""
    return max((b - a for a, b in zip(first, second, strict=True)), key=abs, default=Decimal(0))


def check_day(on: date, *, since: date) -> None:
    """BadInput for a day on which the part was not here yet."""
    if on < since:
        raise BadInput("measured_on", "before-arrival", since=since.isoformat())
