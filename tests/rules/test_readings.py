"""From readings to a verdict: stage, approved sizes, the value that decides."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.errors import NotAllowed
from remanu.rules.dispositions import Limits, zone_of
from remanu.rules.readings import STAGES, judge_all, stage_in, stepped
from remanu.rules.states import STATES

D = Decimal
JOURNAL = Limits(
    new_min=D("64.965"),
    new_max=D("64.985"),
    repair_min=D("64.85"),
    service_min=D("64.10"),
    steps=(D("-0.25"), D("-0.50")),
)
BORE = Limits(
    new_min=D(0), new_max=D("0.025"), repair_max=D("0.10"), service_max=D("0.50"), steps=(D("0.50"),)
)


def judged(*values, limits=JOURNAL, how="each", target="REMANUFACTURED"):
    """The verdict on these readings."""
    return judge_all([D(value) for value in values], limits, aggregation=how, target_class=target)


def test_every_stage_belongs_to_a_state():
    """No stage hangs on a state that does not exist."""
    assert STAGES.keys() <= STATES.keys()


def test_where_nothing_is_measured_the_steps_are_named():
    """A released part is not measured by its workshop."""
    with pytest.raises(NotAllowed) as told:
        stage_in("RELEASED")
    assert "deliver" not in told.value.details["allowed"]
    assert "label" in told.value.details["allowed"]


def test_the_worst_reading_decides():
    """One worn point is enough."""
    one = judged("64.970", "64.800", "64.960")
    assert (one.deciding, one.verdict.disposition, one.verdict.step) == (
        D("64.800"),
        "SALVAGE_SIZE_STEP",
        D("-0.25"),
    )


def test_of_good_readings_the_one_nearest_to_a_limit_is_the_worst():
    """Two hundred to three hundred: 260 has forty to go, 248 has forty-eight; with one limit the nearest to it."""
    coating = Limits(new_min=D(200), new_max=D(300))
    assert judged("250", "248", "255", "260", "252", limits=coating).deciding == D(260)
    assert judged("1.62", "1.56", "1.70", limits=Limits(new_min=D("1.50"))).deciding == D("1.56")


def test_of_equal_verdicts_the_one_farthest_out_decides():
    """On either side of the new range."""
    assert judged("64.964", "64.963", "64.962").deciding == D("64.962")
    high = Limits(new_max=D("0.01"), direction="smaller_better")
    assert judged("0.02", "0.05", "0.03", limits=high).deciding == D("0.05")


def test_no_readings_are_not_tested():
    """And never accepted."""
    one = judged()
    assert (one.values, one.deciding, one.verdict.zone) == ((), None, "not_tested")


def test_a_range_is_one_value():
    """The variation over points is held against its limit."""
    one = judged("64.970", "64.981", limits=Limits(new_max=D("0.008")), how="range")
    assert (one.values, one.deciding) == ((D("0.011"),), D("0.011"))


def test_a_step_moves_the_new_range():
    """A ground journal is as good as new at its size, and worn where the standard one is new."""
    size = stepped(JOURNAL, D("-0.25"))
    assert zone_of(D("64.725"), size) == "within_new"
    assert zone_of(D("64.975"), size) == "between_new_and_service"
    assert (size.steps, size.repair_min, size.service_min) == ((), D("64.60"), D("64.10"))


def test_a_service_limit_never_cuts_into_the_size():
    """The last oversize ends where its own new range ends."""
    size = stepped(BORE, D("0.50"))
    assert zone_of(D("0.520"), size) == "within_new"
    assert zone_of(D("0.526"), size) == "beyond_service"


@given(st.decimals("-1", "1", places=3), st.sampled_from([D("-0.25"), D("-0.50"), D("0.25")]))
def test_within_new_moves_with_the_step(offset, step):
    """A value is new at a size exactly where it would be new at standard size."""
    limits = Limits(new_min=D("-0.02"), new_max=D("0.02"))
    assert (zone_of(offset + step, stepped(limits, step)) == "within_new") == (
        zone_of(offset, limits) == "within_new"
    )


@pytest.mark.parametrize(("state", "stage"), [("IN_WORK", "as_found"), ("IN_RESTORATION", "after_operation")])
def test_the_state_says_what_a_measurement_is_of(state, stage):
    """Before the work, or after it."""
    assert stage_in(state) == stage
