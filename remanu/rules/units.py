"""Units and quantities: a closed table of UCUM codes with exact factors, and decimals that keep their digits (T24)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from remanu.errors import BadInput

MAX_DIGITS = 20
MAX_SCALE = 9
_DECIMAL = re.compile(r"[+-]?([0-9]+)(?:\.([0-9]+))?")
_LONGEST = 40
_ROUNDED = Context(prec=28, rounding=ROUND_HALF_EVEN)

# Code, dimension, factor to the dimension's base, and for temperatures the offset added before the factor.
# Counts are dimensions of their own: a cycle is no start. Torque is no energy, though both are N.m.
_TABLE = """
nm length 1/1000000000
um length 1/1000000
mm length 1/1000
cm length 1/100
m length 1
km length 1000
[in_i] length 0.0254
mm2 area 1/1000000
m2 area 1
mL volume 1/1000000
L volume 1/1000
m3 volume 1
mg mass 1/1000000
g mass 1/1000
kg mass 1
t mass 1000
s time 1
min time 60
h time 3600
d time 86400
J energy 1
kJ energy 1000
MJ energy 1000000
GJ energy 1000000000
kW.h energy 3600000
MW.h energy 3600000000
kg{ce} energy 29307600
t{ce} energy 29307600000
kg{CO2e} carbon 1
t{CO2e} carbon 1000
W power 1
kW power 1000
MW power 1000000
Pa pressure 1
mbar pressure 100
kPa pressure 1000
bar pressure 100000
MPa pressure 1000000
[psi] pressure 44482216152605/6451600000
N force 1
kN force 1000
N.m torque 1
kN.m torque 1000
g.mm unbalance 1
kg.m unbalance 1000000
mm/s velocity 1/1000
m/s velocity 1
km/h velocity 5/18
mL/min flow 1/60000000
L/min flow 1/60000
m3/s flow 1
m3/h flow 1/3600
K temperature 1
Cel temperature 1 273.15
[degF] temperature 5/9 459.67
mV voltage 1/1000
V voltage 1
kV voltage 1000
mA current 1/1000
A current 1
mOhm resistance 1/1000
Ohm resistance 1
kOhm resistance 1000
MOhm resistance 1000000
GOhm resistance 1000000000
Hz frequency 1
dB level 1
{rev}/min rotation 1
1 fraction 1
% fraction 1/100
[ppm] fraction 1/1000000
{cycle} cycles 1
{start} starts 1
{trip} trips 1
{rev} revolutions 1
{impression} impressions 1
{scan} scans 1
{project} projects 1
{count} counts 1
{OD} optical-density 1
{HRC} rockwell-c 1
{HV} vickers 1
{HBW} brinell 1
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A UCUM code; `base = (value + offset) * factor` in the base unit of its dimension."""

    code: str
    dimension: str
    factor: Fraction
    offset: Fraction


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was written, with its unit: 10.50 mm stays 10.50 mm."""

    value: Decimal
    unit: str

    @property
    def text(self) -> str:
        """The digits alone, never with an exponent: what goes into events."""
        return format(self.value, "f")

    def __str__(self) -> str:
        return f"{self.text} {self.unit}"


def _unit(code: str, dimension: str, factor: str, offset: str = "0") -> Unit:
    return Unit(code, dimension, Fraction(factor), Fraction(offset))


UNITS: Mapping[str, Unit] = {line.split()[0]: _unit(*line.split()) for line in _TABLE.splitlines() if line}


_WRITTEN = """
µm um
μm um
mm² mm2
m² m2
m³ m3
ml mL
l L
N·m N.m
Nm N.m
kN·m kN.m
kNm kN.m
g·mm g.mm
kg·m kg.m
kWh kW.h
MWh MW.h
°C Cel
℃ Cel
°F [degF]
℉ [degF]
psi [psi]
in [in_i]
ppm [ppm]
mΩ mOhm
Ω Ohm
kΩ kOhm
MΩ MOhm
GΩ GOhm
m³/s m3/s
m³/h m3/h
ml/min mL/min
l/min L/min
rpm {rev}/min
r/min {rev}/min
min⁻¹ {rev}/min
HRC {HRC}
HV {HV}
HBW {HBW}
"""
WRITTEN: Mapping[str, str] = {line.split()[0]: line.split()[1] for line in _WRITTEN.splitlines() if line}
"""Units as they stand on instruments and drawings, with their codes; no two codes share one."""


def written(unit: str) -> str:
    """The code of a unit that a person wrote as it stands on his instrument; what is no such unit stays as it is."""
    return unit if known(unit) else WRITTEN.get(unit.replace(" ", ""), unit)


def known(unit: str) -> bool:
    """Whether the table has this UCUM code."""
    return unit in UNITS


def parse(field: str, text: str, unit: str) -> Quantity:
    """The quantity that a person typed: a sign, ASCII digits and one decimal point, nothing else.

    BadInput `unknown-unit`, `not-a-number`, or `too-precise` beyond 20 significant digits or 9 decimals.
    """
    _look_up(field, unit)
    number = _DECIMAL.fullmatch(text)
    if number is None:
        raise BadInput(field, "not-a-number")
    whole, decimals = number[1], number[2] or ""
    digits = whole + decimals
    if len(digits.lstrip("0")) > MAX_DIGITS or len(decimals) > MAX_SCALE or len(digits) > _LONGEST:
        raise BadInput(field, "too-precise")
    value = Decimal(text)
    # There is no minus zero on an instrument.
    return Quantity(value or value.copy_abs(), unit)


def convert(quantity: Quantity, unit: str) -> Quantity:
    """The same quantity in another unit of its dimension; BadInput `unknown-unit` or `wrong-unit`.

    Exact wherever the result has finitely many digits: 1 kW.h is 3.6 MJ, 1 kg{ce} is 29.3076 MJ (I61).
    Otherwise, as from millimetres to inches, rounded half to even at 28 digits; `exact` never rounds.
    """
    value = exact(quantity, unit)
    if quantity.unit == unit:
        return quantity
    # Enough places for any terminating quotient of these two numbers.
    places = len(str(value.numerator)) + value.denominator.bit_length()
    context = Context(prec=places) if _terminates(value.denominator) else _ROUNDED
    return Quantity(context.divide(Decimal(value.numerator), Decimal(value.denominator)), unit)


def exact(quantity: Quantity, unit: str) -> Fraction:
    """The number of this unit that the quantity is, as a fraction; BadInput `unknown-unit` or `wrong-unit`."""
    source, target = _look_up("unit", quantity.unit), _look_up("unit", unit)
    if source.dimension != target.dimension:
        raise BadInput("unit", "wrong-unit", given=quantity.unit, needed=unit)
    return (Fraction(quantity.value) + source.offset) * source.factor / target.factor - target.offset


def _look_up(field: str, unit: str) -> Unit:
    if unit not in UNITS:
        raise BadInput(field, "unknown-unit", unit=unit)
    return UNITS[unit]


def _terminates(denominator: int) -> bool:
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1
