"""From a measurement to a proposal: the twelve published limits, and what must hold for any limits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.errors import BadInput
from remanu.families.loader import load_all
from remanu.families.published import limits as published
from remanu.rules import dispositions
from remanu.rules.dispositions import Limits, Scheme, Verdict, judge, limits_from
from tests.manuals import CASES, RECON, REMAN

few = settings(max_examples=120, deadline=None)
ROWS = {row.id: row for row in published()}
D = Decimal


def new(row_id):
    """The new tier of a published row."""
    row = ROWS[row_id]
    return {
        "new_min": None if row.standard_min is None else D(row.standard_min),
        "new_max": None if row.standard_max is None else D(row.standard_max),
    }


def repair(row_id):
    """Its repair limit."""
    return D(ROWS[row_id].repair_limit)


def service(row_id):
    """Its service limit."""
    return D(ROWS[row_id].service_limit)


UNDERSIZES = (D("-0.25"), D("-0.50"), D("-0.75"))
PUBLISHED = {
    "D01": Limits(**new("D01"), service_min=service("D01")),
    "D02": Limits(**new("D02"), service_min=service("D02")),
    "D03": Limits(**new("D03"), service_max=service("D03"), direction="smaller_better"),
    "D04": Limits(**new("D04"), repair_min=repair("D04"), service_min=service("D04"), steps=UNDERSIZES),
    "D05": Limits(**new("D05"), repair_max=repair("D05"), direction="smaller_better"),
    "D06": Limits(**new("D06"), repair_min=repair("D06"), steps=UNDERSIZES),
    # The clearance is put right by another bearing, never by work on this one.
    "D07": Limits(**new("D07"), repair_max=repair("D07"), rework_allowed=False),
    # The rule beside the row calls for grinding at this limit, by 0.25 at most: it is a repair limit.
    "D08": Limits(**new("D08"), repair_min=service("D08"), service_min=D("56.743"), steps=(D("-0.25"),)),
    "D09": Limits(**new("D09"), service_max=service("D09"), direction="smaller_better"),
    "D10": Limits(**new("D10"), rework_allowed=False),
    "D11": Limits(**new("D11"), steps=(D("-0.250"), D("-0.500"))),
    "D12": limits_from(
        {"new_min": ROWS["D12"].standard_min, "service_max": ROWS["D12"].service_limit},
        direction="smaller_better",
        rework_allowed=True,
        relative_to="journal-diameter",
        reference=D("3.0"),
    ),
}


def test_all_published_rows_are_expressed():
    """None of the twelve is left out."""
    assert PUBLISHED.keys() == ROWS.keys()


@pytest.mark.parametrize(("row", "value", "target", "disposition", "step"), CASES)
def test_published_limits_decide(row, value, target, disposition, step):
    """What the manuals say, for a class as new and for one to service limits."""
    verdict = judge(D(value), PUBLISHED[row], target_class=target)
    assert (verdict.disposition, verdict.step) == (disposition, step and D(step))


@pytest.mark.parametrize("row", sorted(PUBLISHED))
@pytest.mark.parametrize("target", [REMAN, RECON, "OVERHAULED", "REUSED"])
def test_nothing_measured_is_never_accepted(row, target):
    """Empty is not tested."""
    verdict = judge(None, PUBLISHED[row], target_class=target)
    assert verdict == Verdict("not_tested", "NOT_TESTED", "not-tested")
    assert dispositions.permitted(verdict) == frozenset()


def test_reasons_are_told_apart():
    """No rework, repairs used up, beyond service: each replaces for its own reason."""
    worn = D("53.92")
    doosan = PUBLISHED["D01"]
    assert judge(D("53"), doosan, target_class=REMAN) == Verdict(
        "beyond_service", "REPLACE", "beyond-service-limits"
    )
    assert judge(worn, doosan, target_class=REMAN, schemes=()).reason == "no-scheme"
    assert judge(worn, doosan, target_class=REMAN, schemes=(Scheme(2, 2),)).reason == "repair-count-reached"
    for left in (Scheme(1, 2), Scheme(9, None)):
        assert judge(worn, doosan, target_class=REMAN, schemes=(Scheme(2, 2), left)).disposition == "SALVAGE"
    assert judge(D("59"), PUBLISHED["D10"], target_class=RECON) == Verdict(
        "between_new_and_service", "REPLACE", "no-rework"
    )


def test_a_bore_grows_where_a_shaft_shrinks():
    """Oversizes are reached from below, the nearest first; past the last step there is other salvage, or none."""
    bore = Limits(
        new_min=D(0),
        new_max=D("0.025"),
        repair_max=D("0.10"),
        service_max=D("0.50"),
        steps=(D("0.25"), D("0.50")),
    )
    wanted = {"0.03": "0.25", "0.26": "0.25", "0.28": "0.50", "0.50": "0.50"}
    assert {value: str(judge(D(value), bore, target_class=REMAN).step) for value in wanted} == wanted
    assert judge(D("-0.01"), bore, target_class=REMAN).disposition == "SALVAGE"
    assert judge(D("0.51"), bore, target_class=REMAN).disposition == "REPLACE"


def test_no_step_leads_beyond_the_service_limit():
    """A ground or bored size that is itself worn out is not proposed."""
    shaft = Limits(new_min=D("9.9"), new_max=D("10.0"), service_min=D("9.8"), steps=(D("-0.5"),))
    bore = Limits(new_min=D("10.0"), new_max=D("10.1"), service_max=D("10.2"), steps=(D("0.5"),))
    assert judge(D("9.85"), shaft, target_class=REMAN).disposition == "SALVAGE"
    assert judge(D("10.15"), bore, target_class=REMAN).disposition == "SALVAGE"


def test_steps_need_a_size_to_step_from():
    """Offsets without both ends of the new tier say nothing."""
    half = Limits(new_min=D("9.9"), service_min=D("9.0"), steps=(D("-0.5"),))
    assert judge(D("9.5"), half, target_class=REMAN).disposition == "SALVAGE"


@pytest.mark.parametrize(
    ("limits", "value", "zone"),
    [
        (Limits(new_max=D("0.1")), "0.1", "within_new"),
        (Limits(new_max=D("0.1")), "0.2", "between_new_and_service"),
        (Limits(service_max=D(5)), "1", "between_new_and_service"),
        (Limits(service_min=D(5)), "6", "between_new_and_service"),
        (Limits(service_min=D(5)), "4", "beyond_service"),
        (Limits(), "1", "between_new_and_service"),
        (Limits(new_max=D(9), service_min=D(5)), "9", "within_new"),
        (Limits(new_max=D(9), service_min=D(5)), "8", "between_new_and_service"),
        (Limits(new_min=D(100), service_min=D(1), direction="larger_better"), "5000", "within_new"),
        (
            Limits(new_min=D(100), service_min=D(1), direction="larger_better"),
            "50",
            "between_new_and_service",
        ),
        (Limits(new_min=D(0), new_max=D(1), direction="smaller_better"), "-0.01", "within_new"),
        (
            Limits(new_min=D(0), new_max=D(0), service_max=D(0), direction="smaller_better"),
            "0.1",
            "beyond_service",
        ),
    ],
)
def test_where_tiers_are_missing_the_stricter_reading_holds(limits, value, zone):
    """Nothing is as new that no source calls new; on the better side there is no limit."""
    assert dispositions.zone_of(D(value), limits) == zone


NUMBERS = st.decimals(0, 100, places=2)
LADDERS = st.lists(NUMBERS, min_size=6, max_size=6).map(sorted)


@few
@given(LADDERS, NUMBERS, st.sampled_from(["two_sided", "smaller_better", "larger_better"]), st.booleans())
def test_for_any_limits_a_new_class_accepts_only_new(ladder, value, direction, rework):
    """REMANUFACTURED never rests on a service limit, and beyond service nothing is kept."""
    names = ("service_min", "repair_min", "new_min", "new_max", "repair_max", "service_max")
    limits = Limits(**dict(zip(names, ladder, strict=True)), direction=direction, rework_allowed=rework)
    as_new = judge(value, limits, target_class=REMAN)
    to_service = judge(value, limits, target_class=RECON)
    assert as_new.disposition != "ACCEPT_SERVICE_LIMIT"
    assert as_new.zone == to_service.zone
    assert (as_new.disposition == "REUSE_AS_IS") == (as_new.zone == "within_new")
    if as_new.zone == "beyond_service":
        assert as_new.disposition == to_service.disposition == "REPLACE"
    if not rework:
        assert as_new.disposition in {"REUSE_AS_IS", "REPLACE"}


def test_readings_are_taken_together_as_the_plan_says():
    """Each by itself, their mean, their largest, their spread; nothing of nothing."""
    readings = [D("57.95"), D("57.96"), D("57.958")]
    taken = {how: dispositions.aggregate(readings, how) for how in ("each", "mean", "max", "range")}
    assert taken == {
        "each": tuple(readings),
        "mean": (D("57.956"),),
        "max": (D("57.96"),),
        "range": (D("0.01"),),
    }
    assert dispositions.aggregate([], "range") == ()


@pytest.mark.parametrize(
    ("readings", "mean"),
    [(("1.42", "1.44", "1.39"), "1.4167"), (("1", "2"), "1.5"), (("7",), "7"), (("1", "1", "2"), "1.33")],
)
def test_a_mean_has_no_digits_that_nobody_measured(readings, mean):
    """Two places more than the finest reading at most."""
    (taken,) = dispositions.aggregate([D(one) for one in readings], "mean")
    assert str(taken) == mean


def test_a_spread_beyond_its_limit_is_found():
    """Volvo B5254T: the variation in diameter of each journal must not exceed 0.008 mm."""
    limits = Limits(new_max=D("0.008"), direction="smaller_better")
    (spread,) = dispositions.aggregate([D("64.980"), D("64.971")], "range")
    assert judge(spread, limits, target_class=REMAN).disposition == "SALVAGE"


def test_a_formula_needs_its_reading():
    """A limit that follows from another reading is refused without it, not guessed."""
    row = {"direction": "smaller_better", "rework_allowed": True}
    for one in ({"relative_to": "diameter"}, {"reference": D(3)}):
        with pytest.raises(BadInput) as refusal:
            limits_from({"service_max": "0.0005"}, **row, **one)
        assert refusal.value.details["why"] == "formula-limit"
    assert PUBLISHED["D12"].service_max == D("0.0015")


TIERS = ("new_min", "new_max", "repair_min", "repair_max", "service_min", "service_max")


def test_limits_of_every_pack_are_read():
    """Each characteristic of each family becomes limits with its own numbers."""
    for one in (row for family in load_all().values() for row in family.characteristics):
        tiers = {name: getattr(one.limits, name) for name in TIERS}
        steps = one.steps.offsets if one.steps else ()
        read = limits_from(
            tiers,
            direction=one.direction,
            rework_allowed=one.rework_allowed,
            steps=steps,
            relative_to=one.relative_to,
            reference=D(1) if one.relative_to else None,
        )
        assert {name: getattr(read, name) for name in TIERS} == {
            name: None if tier is None else D(tier) for name, tier in tiers.items()
        }
        assert [str(step) for step in read.steps] == list(steps)


def test_the_worst_characteristic_decides():
    """A component has one disposition; untested beats all, the deeper step beats the lesser."""
    told = {
        "good": judge(D("64.97"), PUBLISHED["D04"], target_class=REMAN),
        "near": judge(D("64.90"), PUBLISHED["D04"], target_class=REMAN),
        "deep": judge(D("64.50"), PUBLISHED["D04"], target_class=REMAN),
        "gone": judge(D("64.00"), PUBLISHED["D04"], target_class=REMAN),
        "none": judge(None, PUBLISHED["D04"], target_class=REMAN),
    }
    order = list(told.values())
    for last in range(1, len(order) + 1):
        assert dispositions.worst(reversed(order[:last])) == order[last - 1]
    assert dispositions.worst([]).disposition == "NOT_TESTED"


def test_a_person_may_choose_the_safer_way():
    """A sound part may be replaced; a worn one is never passed as it is."""
    good = judge(D("64.97"), PUBLISHED["D04"], target_class=REMAN)
    worn = judge(D("64.90"), PUBLISHED["D04"], target_class=REMAN)
    gone = judge(D("64.00"), PUBLISHED["D04"], target_class=REMAN)
    assert dispositions.permitted(good) == dispositions.REPLACEMENTS | {"REUSE_AS_IS"}
    assert "REUSE_AS_IS" not in dispositions.permitted(worn) | dispositions.permitted(gone)
    assert "ACCEPT_SERVICE_LIMIT" not in dispositions.permitted(worn)
    assert "SALVAGE" not in dispositions.permitted(gone)
    assert "CONCESSION_REQUEST" in dispositions.permitted(gone)
    assert all(
        one in dispositions.DISPOSITIONS
        for told in (good, worn, gone)
        for one in dispositions.permitted(told)
    )


def test_a_life_that_ended_leaves_replacing_alone():
    """SM-2, SM-9: however sound it measures; the same of what nobody can measure."""
    sound = dispositions.Verdict("new", "REUSE_AS_IS", "within-new-limits")
    ended = dispositions.out_of_life(sound)
    assert ended.zone == sound.zone
    assert dispositions.permitted(ended) == dispositions.REPLACEMENTS
    assert dispositions.permitted(dispositions.UNMEASURABLE) == dispositions.REPLACEMENTS
    assert dispositions.permitted(sound) != dispositions.REPLACEMENTS
