"""Quantities keep their digits, and units convert exactly or not at all."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.errors import BadInput
from remanu.rules import units
from remanu.rules.units import Quantity

few = settings(max_examples=80, deadline=None)
NUMBERS = st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False)


def why(call, *args):
    """The field and the reason word of the refusal."""
    with pytest.raises(BadInput) as refusal:
        call(*args)
    return refusal.value.details["field"], refusal.value.details["why"]


@pytest.mark.parametrize(
    "typed",
    ["10.50", "0", "-0.25", "65.012", "007", "0.000000001", "12345678901234567890", "1234567890123456789.0"],
)
def test_digits_are_kept(typed):
    """10.50 stays 10.50 (T24)."""
    quantity = units.parse("value", typed, "mm")
    assert quantity.value == Decimal(typed)
    assert quantity.value.as_tuple().exponent == Decimal(typed).as_tuple().exponent
    assert "e" not in quantity.text.lower()
    assert units.parse("value", quantity.text, "mm") == quantity


@few
@given(NUMBERS)
def test_what_is_stored_is_read_back(number):
    """The text of a quantity is the quantity."""
    quantity = units.parse("value", format(number, "f"), "kg")
    assert units.parse("value", quantity.text, "kg").text == quantity.text
    assert str(quantity) == f"{quantity.text} kg"


def test_a_plus_is_not_stored_and_zero_has_no_sign():
    """There is no minus zero on an instrument; its digits are kept."""
    assert units.parse("value", "+5.0", "mm").text == "5.0"
    assert units.parse("value", "-0.00", "mm").text == "0.00"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "1,5",
        "1.5.0",
        ".5",
        "5.",
        "1e5",
        "1E-3",
        "NaN",
        "Infinity",
        "-inf",
        "0x1F",
        "1_000",
        " 1",
        "1 ",
        "1\n",
        "--1",
        "１２",
        "١٢",
        "१.९",
    ],
)
def test_it_takes_digits_and_a_point_alone(typed):
    """No exponents, separators, words, nor digits of other scripts."""
    assert why(units.parse, "value", typed, "mm") == ("value", "not-a-number")


@pytest.mark.parametrize("typed", ["123456789012345678901", "0.0000000001", "1." + "0" * 10, "0" * 41])
def test_it_takes_no_false_precision(typed):
    """At most 20 digits that count, at most 9 decimals."""
    assert why(units.parse, "value", typed, "mm") == ("value", "too-precise")


def test_units_are_a_closed_list():
    """A unit that is not in the table is no unit."""
    assert units.known("mm")
    assert not units.known("furlong")
    assert why(units.parse, "value", "1", "furlong") == ("value", "unknown-unit")
    assert why(units.convert, Quantity(Decimal(1), "mm"), "furlong") == ("unit", "unknown-unit")


@pytest.mark.parametrize(
    ("value", "unit", "target", "expected"),
    [
        ("1", "kW.h", "MJ", "3.6"),
        ("3.6", "MJ", "kW.h", "1"),
        ("1", "kg{ce}", "MJ", "29.3076"),
        ("1", "MW.h", "GJ", "3.6"),
        ("1", "[in_i]", "mm", "25.4"),
        ("25.40", "mm", "[in_i]", "1"),
        ("1", "t", "kg", "1000"),
        ("250", "um", "mm", "0.25"),
        ("1.5", "h", "min", "90"),
        ("1", "bar", "kPa", "100"),
        ("20", "Cel", "K", "293.15"),
        ("212", "[degF]", "Cel", "100"),
        ("-40", "Cel", "[degF]", "-40"),
        ("0.5", "MOhm", "kOhm", "500"),
        ("500", "[ppm]", "%", "0.05"),
        ("12", "L/min", "m3/h", "0.72"),
        ("1", "kg.m", "g.mm", "1000000"),
        ("123456789012345.67891", "km", "nm", "123456789012345678910000000"),
    ],
)
def test_exact_conversions(value, unit, target, expected):
    """Figures from the definitions of the units (I61)."""
    assert units.convert(Quantity(Decimal(value), unit), target).value == Decimal(expected)


def test_the_pound_per_square_inch_is_exact_as_a_fraction():
    """Pound-force over square inch, by their definitions."""
    pascal = Fraction("0.45359237") * Fraction("9.80665") / Fraction("0.0254") ** 2
    assert units.exact(Quantity(Decimal(1), "[psi]"), "Pa") == pascal


def test_what_has_no_last_digit_is_rounded_to_28():
    """Millimetres are not inches with an end; the exact value is there for sums."""
    one = Quantity(Decimal(1), "mm")
    assert units.convert(one, "[in_i]").text == "0.03937007874015748031496062992"
    assert units.exact(one, "[in_i]") == Fraction(5, 127)
    assert units.convert(Quantity(Decimal(1), "min"), "h").text == "0.01666666666666666666666666667"


def test_the_same_unit_changes_nothing():
    """Digits included."""
    assert units.convert(Quantity(Decimal("10.50"), "mm"), "mm").text == "10.50"


@pytest.mark.parametrize(
    ("unit", "target"),
    [
        ("mm", "kg"),
        ("N.m", "J"),
        ("{cycle}", "{start}"),
        ("{cycle}", "1"),
        ("kg", "kg{CO2e}"),
        ("kg", "kg{ce}"),
        ("Cel", "%"),
    ],
)
def test_other_dimensions_do_not_convert(unit, target):
    """A cycle is no start, torque is no energy, a kilogram of coal equivalent is no kilogram."""
    assert why(units.convert, Quantity(Decimal(1), unit), target) == ("unit", "wrong-unit")


@few
@given(NUMBERS, st.data())
def test_there_and_back_is_where_it_was(number, data):
    """Exactly, for every pair of units of one dimension."""
    source = data.draw(st.sampled_from(sorted(units.UNITS)))
    same = [code for code, unit in units.UNITS.items() if unit.dimension == units.UNITS[source].dimension]
    target = data.draw(st.sampled_from(sorted(same)))
    there = units.exact(Quantity(number, source), target)
    factor, offset = units.UNITS[target].factor, units.UNITS[target].offset
    base = (Fraction(number) + units.UNITS[source].offset) * units.UNITS[source].factor
    assert (there + offset) * factor == base


def test_every_dimension_is_told_apart_by_its_base():
    """Each dimension has a unit of factor 1, so that factors can be read as sizes."""
    dimensions = {unit.dimension for unit in units.UNITS.values()}
    based = {unit.dimension for unit in units.UNITS.values() if unit.factor == 1}
    assert dimensions == based
