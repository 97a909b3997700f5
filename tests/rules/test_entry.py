"""What is typed at the bench: habits of writing numbers, lost decimal points, temperature, days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.errors import BadInput
from remanu.rules import entry
from remanu.rules.dispositions import Limits, Verdict
from remanu.rules.entry import Odd

D = Decimal
JOURNAL = Limits(new_min=D("64.965"), new_max=D("64.985"), repair_min=D("64.85"), service_min=D("64.10"))
WEAR = Limits(new_min=D(0), new_max=D("0.03"), service_max=D("0.15"), direction="smaller_better")
INSULATION = Limits(service_min=D(1), repair_min=D(5), new_min=D(100), direction="larger_better")


def why(ask, *values, **more):
    """The reason of a refusal."""
    with pytest.raises(BadInput) as told:
        ask(*values, **more)
    return told.value.details["why"]


@pytest.mark.parametrize("typed", ["65,012", "65，012", "65٫012", "-0,5"])
def test_a_comma_is_refused_because_it_is_read_in_two_ways(typed):
    """64,971 is a shaft to one person and sixty-five metres to another."""
    assert why(entry.number, "x", typed, "mm") == "comma"


@pytest.mark.parametrize(
    "typed", ["1,234.5", "1.234,5", "1,234,567", "65 012", "65\u202f012", "65'012", "65_012"]
)
def test_what_separates_thousands_is_refused(typed):
    """The reason says what to leave out."""
    assert why(entry.number, "x", typed, "mm") == "thousands"


@pytest.mark.parametrize("typed", ["", "o.5", "6o.97", "NaN", "٦٤", "1e3", "64.9.7"])
def test_anything_else_is_no_number(typed):
    """Nothing is guessed."""
    assert why(entry.number, "x", typed, "mm") == "not-a-number"


def test_a_number_keeps_its_digits():
    """One decimal point, nothing else."""
    assert str(entry.number("x", "65.0120", "mm")) == "65.0120"


@pytest.mark.parametrize(
    ("value", "limits", "nominal", "places"),
    [
        ("64.971", JOURNAL, "65", 0),
        ("64.000", JOURNAL, "65", 0),
        ("64971", JOURNAL, "65", 3),
        ("6497.1", JOURNAL, None, 2),
        ("6.4971", JOURNAL, None, -1),
        ("-64971", JOURNAL, "65", 3),
        ("0.0649", JOURNAL, "65", -3),
        ("0", JOURNAL, "65", 0),
        ("0.14", WEAR, None, 0),
        ("14", WEAR, None, 0),
        ("140", WEAR, None, 3),
        ("20", WEAR, None, 2),
        ("0.0001", WEAR, None, 0),
        ("500000", INSULATION, None, 0),
        ("7", Limits(new_min=D(0), new_max=D(0), service_max=D(0)), None, 0),
        ("7", Limits(), None, 0),
        ("300", Limits(new_min=D("-1"), new_max=D(1)), None, 2),
    ],
)
def test_a_reading_that_is_decades_off(value, limits, nominal, places):
    """A part has its size; wear has none, and only another unit explains a hundred times its widest limit."""
    assert entry.meant(D(value), limits, None if nominal is None else D(nominal)) == places


@given(st.decimals("60", "70", places=3), st.integers(-6, 6))
def test_a_shifted_point_is_found_by_how_much(value, places):
    """Whatever the shift, the same digits come back."""
    assert entry.meant(value.scaleb(places), JOURNAL, D(65)) == places


def test_who_is_sure_says_the_same_digits_again():
    """Another slip is asked about again; all odd readings are named at once."""
    odd = (Odd("values.1", "64971", "64.971"), Odd("values.4", "6.497", "64.97"))
    entry.check_likely((), ())
    entry.check_likely(odd, ("64971", "6.497"))
    with pytest.raises(BadInput) as told:
        entry.check_likely(odd, ("64971", "6.5"))
    assert (told.value.details["field"], told.value.details["meant"]) == ("values.4", "64.97")
    assert told.value.details["odd"] == [{"given": "6.497", "meant": "64.97"}]


@pytest.mark.parametrize(
    ("ask", "odd"),
    [
        (entry.temperature, "-81"),
        (entry.temperature, "201"),
        (entry.humidity, "-1"),
        (entry.humidity, "100.1"),
    ],
)
def test_nobody_measures_there(ask, odd):
    """Temperature and humidity have a range."""
    assert why(ask, odd) == "out-of-range"


def test_what_is_around_is_optional():
    """Nothing stays nothing."""
    assert entry.temperature(None) is entry.humidity("") is entry.uncertainty(None, "mm") is None
    assert (entry.temperature("20.5"), entry.humidity("45")) == (D("20.5"), D(45))
    assert entry.uncertainty("0.002", "mm") == D("0.002")
    assert why(entry.uncertainty, "-0.002", "mm") == "negative"


def test_a_warm_shaft_is_longer_than_it_is():
    """58 mm of steel at 35 °C are ten micrometres shorter at 20 °C, told with one digit more than was read."""
    assert entry.at_reference(D("57.955"), D(35), D("0.0000115")) == D("57.9450")
    assert entry.at_reference(D("57.955"), D(20), D("0.0000115")) == D("57.9550")


@pytest.mark.parametrize(("cel", "there"), [("20", "100.0"), ("30", "200.0"), ("10", "50.0")])
def test_an_insulation_halves_with_every_ten_kelvin(cel, there):
    """A warm winding that still resists a hundred resists more when it is cold."""
    assert entry.at_halving(D(100), D(cel), at_cel=D(20), per_k=D(10)) == D(there)


@given(st.decimals("1", "1000", places=3), st.decimals("-20", "60", places=1))
def test_what_is_warmer_than_20_degrees_shrinks(value, cel):
    """And what is colder grows."""
    there = entry.at_reference(value, cel, D("0.0000115"))
    assert (there <= value) if cel >= 20 else (there >= value)


def test_an_uncertain_verdict():
    """Within its uncertainty the value may lie on either side of a limit."""
    limits = (D("64.965"), D("64.985"))
    assert entry.near(D("64.966"), limits, D("0.002"))
    assert not entry.near(D("64.967"), limits, D("0.002"))
    assert not entry.near(D("64.966"), (), D("0.002"))


def test_drift_is_told_by_the_point_where_it_is_greatest():
    """With its sign: the second less the first."""
    assert entry.drift((D("1.00"), D("2.00")), (D("1.01"), D("1.95"))) == D("-0.05")
    assert entry.drift((), ()) == 0


def test_two_people_agree_when_both_mean_the_same():
    """Digits may differ, zone, disposition and size may not."""
    new, worn = (
        Verdict("within_new", "REUSE_AS_IS", "within-new-limits"),
        Verdict("between_new_and_service", "SALVAGE_SIZE_STEP", "within-size-step", D("-0.25")),
    )
    deeper = Verdict("between_new_and_service", "SALVAGE_SIZE_STEP", "within-size-step", D("-0.50"))
    assert entry.agree(new, new)
    assert not entry.agree(new, worn)
    assert not entry.agree(worn, deeper)


def test_no_part_is_measured_before_it_comes():
    """The day it arrived counts."""
    entry.check_day(date(2026, 3, 1), since=date(2026, 3, 1))
    assert why(entry.check_day, date(2026, 2, 28), since=date(2026, 3, 1)) == "before-arrival"


def test_a_reading_is_brought_from_its_own_temperature():
    """A reading that names none was taken at the reference temperature of ISO 1."""
    assert [entry.reference_of(one) for one in (None, "23.5")] == [Decimal(20), Decimal("23.5")]
