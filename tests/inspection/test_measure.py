"""Measuring: readings against frozen limits, by a calibrated instrument and a qualified person."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.catalogue import actions as catalogue
from remanu.errors import BadInput, Conflict, Forbidden, NotAllowed, NotFound, Refusal
from remanu.inspection import actions, queries
from tests import people
from tests.builders import make_item
from tests.inspection import shop

MAIN = "main-journal-diameter"


def test_it_works(bench):
    """The body holds what was read, the limits that applied, who was qualified how, and what it means."""
    body = bench.measure("crankshaft", MAIN).body
    assert (body.zone, body.proposal, body.because) == ("within_new", "REUSE_AS_IS", "within-new-limits")
    assert body.readings == shop.JOURNALS
    assert (body.limits.new_min, body.limits.new_max, body.limits.service_min) == (
        "64.965",
        "64.985",
        "64.10",
    )
    assert (body.stage, body.pack, body.edition, body.position) == (
        "as_found",
        "diesel-engine",
        bench.view().family.edition,
        "crankshaft",
    )
    assert (body.used.number, body.used.due) == ("outside-micrometer-1", "2027-01-31")
    assert (body.qualified_by, body.day) == ("role:inspector", "2026-03-01")
    assert bench.results("crankshaft")[MAIN, "as_found"].zone == "within_new"


def test_the_act_is_one_event_on_the_components_own_chain(bench):
    """The unit's chain says nothing of it."""
    before = len(bench.kinds("cylinder-block"))
    bench.measure("crankshaft", MAIN)
    assert bench.kinds("crankshaft")[-1] == "inspection.measure"
    assert len(bench.kinds("cylinder-block")) == before


def test_a_worn_journal_goes_to_the_next_size(bench):
    """The worst of all points decides, and the step that machining reaches is proposed."""
    worn = (*shop.JOURNALS[:5], "64.741", "64.800")
    body = bench.measure("crankshaft", MAIN, *worn).body
    assert (body.deciding, body.proposal, body.step) == ("64.741", "SALVAGE_SIZE_STEP", "-0.25")


def test_beyond_service_is_replaced(bench):
    """A crack may not be repaired."""
    body = bench.measure("crankshaft", "crankshaft-cracks", "1").body
    assert (body.zone, body.proposal) == ("beyond_service", "REPLACE")


def test_a_range_over_points(bench):
    """The variation along a journal is one value over four readings."""
    body = bench.measure(
        "crankshaft", "journal-diameter-variation", "64.970", "64.975", "64.972", "64.979"
    ).body
    assert (body.judged, body.deciding, body.zone) == (("0.009",), "0.009", "between_new_and_service")


def test_a_compatible_unit_is_converted_exactly(bench):
    """Inches become millimetres without rounding, and what was typed is kept."""
    typed = ("2.5579",) * 7
    body = bench.measure("crankshaft", MAIN, *typed, unit="[in_i]").body
    assert (body.readings[0], body.given, body.given_unit) == ("64.97066", typed, "[in_i]")
    assert body.zone == "within_new"


def test_not_tested_is_recorded_and_never_accepted(bench):
    """No readings and a reason: the part is not measured, and the guard stays open."""
    body = bench.measure("crankshaft", MAIN, why="not-accessible", values=(), instrument=None).body
    assert (body.zone, body.proposal, body.used, body.why) == (
        "not_tested",
        "NOT_TESTED",
        None,
        "not-accessible",
    )
    assert bench.facts()["characteristics_measured"] is False
    assert bench.measure("crankshaft", MAIN).body.former == body.measurement


def test_measuring_again_keeps_the_former_result_and_asks_why(bench):
    """The second result counts, the first one stays and names it."""
    first = bench.measure("crankshaft", MAIN).body
    with pytest.raises(BadInput) as told:
        bench.measure("crankshaft", MAIN)
    assert told.value.details["why"] == "retest-reason"
    second = bench.measure("crankshaft", MAIN, *shop.JOURNALS[:6], "64.90", why="reading-doubted").body
    assert second.former == first.measurement
    rows = bench.ask(queries.every_result, bench.org_id, bench.parts["crankshaft"])
    assert [(row.id, row.superseded_by) for row in rows] == [
        (second.measurement, None),
        (first.measurement, second.measurement),
    ]
    assert bench.results("crankshaft")[MAIN, "as_found"].id == second.measurement


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        ("IN_WORK", "as_found"),
        ("INSPECTED", "as_found"),
        ("IN_RESTORATION", "after_operation"),
        ("RESTORED", "final"),
    ],
)
def test_the_stage_follows_from_the_case(bench, state, stage):
    """Nobody types it."""
    bench.move(state)
    assert bench.measure("crankshaft", MAIN).body.stage == stage


def test_an_approved_size_counts_as_new(bench):
    """What was ground to its step is held against that size, and within it as good as new."""
    worn = (*shop.JOURNALS[:6], "64.800")
    bench.measure_all(main_journal_diameter=worn)
    bench.move("INSPECTED")
    bench.do(actions.dispose, bench.inspector, bench.parts["crankshaft"], disposition="SALVAGE_SIZE_STEP")
    bench.move("IN_RESTORATION")
    body = bench.measure("crankshaft", MAIN, *("64.725",) * 7).body
    assert (body.zone, body.limits.size_step, body.limits.new_min) == ("within_new", "-0.25", "64.715")
    again = bench.measure("crankshaft", MAIN, *("64.975",) * 7, why="after-work").body
    assert again.zone == "between_new_and_service"


def test_not_with_an_instrument_out_of_calibration(bench, clock):
    """The last day counts whole, the day after it does not (I14)."""
    clock.advance(days=336)
    bench.measure("crankshaft", MAIN)
    clock.advance(days=1)
    with pytest.raises(BadInput) as told:
        bench.measure("crankshaft", "crankpin-diameter")
    assert (told.value.details["field"], told.value.details["why"]) == ("instrument", "calibration-ended")


def test_not_with_an_instrument_that_failed_since(bench):
    """A failure outweighs an older calibration that would run longer."""
    failed = {**shop.CALIBRATION, "calibrated_on": date(2026, 2, 20), "due": None, "result": "failed"}
    bench.do(actions.calibrate, bench.inspector, bench.tools["outside-micrometer"], **failed)
    with pytest.raises(BadInput) as told:
        bench.measure("crankshaft", MAIN)
    assert told.value.details["why"] == "calibration-failed"


def test_not_with_another_class_of_instrument(bench):
    """A bore gauge does not measure a shaft."""
    with pytest.raises(BadInput) as told:
        bench.measure("crankshaft", MAIN, instrument=bench.tools["bore-gauge"])
    assert told.value.details["why"] == "wrong-instrument"


def test_not_with_an_instrument_of_another_workshop(bench, database):
    """It does not exist here."""
    foreign = database.transact(lambda tx: shop._tool(tx, people.OUTSIDER, "outside-micrometer"))
    with pytest.raises(BadInput) as told:
        bench.measure("crankshaft", MAIN, instrument=foreign)
    assert told.value.details["why"] == "no-such-instrument"


def test_not_without_calibration(bench):
    """An instrument that was never calibrated measures nothing."""
    new = bench.do(
        catalogue.add_instrument,
        bench.inspector,
        number="OM-2",
        instrument_class="outside-micrometer",
        name="Micrometer 2",
    )
    with pytest.raises(BadInput) as told:
        bench.measure("crankshaft", MAIN, instrument=new.subject.id)
    assert told.value.details["why"] == "never-calibrated"


ODD = [
    ({"unit": "kg"}, "unit", "wrong-unit"),
    ({"unit": "furlong"}, "unit", "unknown-unit"),
    ({"values": ("64.97", "64.97")}, "values", "missing-points"),
    ({"values": ()}, "values", "missing-points"),
    ({"values": (*shop.JOURNALS, "64.97")}, "values", "missing-points"),
    ({"values": (*shop.JOURNALS[:6], "NaN")}, "values.6", "not-a-number"),
    ({"values": ("Infinity", *shop.JOURNALS[:6])}, "values.0", "not-a-number"),
    ({"values": ("6.4e1", *shop.JOURNALS[:6])}, "values.0", "not-a-number"),
    ({"values": ("64,97", *shop.JOURNALS[:6])}, "values.0", "comma"),
    ({"values": ("64，97", *shop.JOURNALS[:6])}, "values.0", "comma"),
    ({"values": ("1,064.97", *shop.JOURNALS[:6])}, "values.0", "thousands"),
    ({"values": ("64 970", *shop.JOURNALS[:6])}, "values.0", "thousands"),
    ({"values": ("64970", *shop.JOURNALS[:6])}, "values.0", "unlikely"),
    ({"values": (*shop.JOURNALS[:6], "6.497")}, "values.6", "unlikely"),
    ({"humidity": "101"}, "humidity", "out-of-range"),
    ({"temperature": "300"}, "temperature", "out-of-range"),
    ({"uncertainty": "-0.001"}, "uncertainty", "negative"),
    ({"measured_on": date(2026, 3, 2)}, "measured_on", "in-the-future"),
    ({"measured_on": date(2026, 2, 27)}, "late", "late-entry"),
    ({"measured_on": date(2026, 2, 27), "late": "from-paper"}, "measured_on", "before-arrival"),
    ({"measured_on": date(2026, 2, 27), "late": "just so"}, "late", "not-a-choice"),
    ({"values": ("٦٤.٩", *shop.JOURNALS[:6])}, "values.0", "not-a-number"),
    ({"values": ("6" * 40, *shop.JOURNALS[:6])}, "values.0", "too-precise"),
    ({"values": ("64.9700000001", *shop.JOURNALS[:6])}, "values.0", "too-precise"),
    ({"instrument": None}, "instrument", "required"),
    ({"instrument": "nothing"}, "instrument", "no-such-instrument"),
    ({"characteristic": "colour"}, "characteristic", "not-a-choice"),
    ({"characteristic": "top-face-flatness"}, "characteristic", "not-a-choice"),
    ({"temperature": "warm"}, "temperature", "not-a-number"),
    ({"why": "because"}, "why", "not-a-choice"),
]


def test_bad_input_is_named_and_changes_nothing(bench):
    """Each has its field and its reason."""
    before = bench.kinds("crankshaft")
    good = {
        "characteristic": MAIN,
        "unit": "mm",
        "values": shop.JOURNALS,
        "instrument": bench.tools["outside-micrometer"],
    }
    for odd, field, why in ODD:
        with pytest.raises(BadInput) as told:
            bench.do(actions.measure, bench.inspector, bench.parts["crankshaft"], **good | odd)
        assert (told.value.details["field"], told.value.details["why"]) == (field, why), odd
    assert bench.kinds("crankshaft") == before


def test_not_in_a_state_that_measures_nothing(bench):
    """409 names the state and what is possible."""
    for state in ("RECEIVED", "TEST_PASSED", "SUBMITTED", "RELEASED"):
        bench.move(state)
        with pytest.raises(NotAllowed) as told:
            bench.measure("crankshaft", MAIN)
        assert told.value.details["state"] == state


def test_not_without_the_role(bench):
    """Measuring is the inspector's and the technician's."""
    with pytest.raises(Forbidden):
        bench.measure("crankshaft", MAIN, by=people.member("clerk", "logistics", org_id=bench.org_id))


def test_not_of_another_workshop(bench):
    """Both read the same: there is no such part."""
    with pytest.raises(NotFound):
        bench.measure("crankshaft", MAIN, by=people.OUTSIDER)


def test_not_where_no_work_is_open(bench, database):
    """A part without a case has no stage."""
    loose = database.transact(lambda tx: make_item(tx, bench.technician, component="crankshaft"))
    with pytest.raises(Conflict) as told:
        bench.do(
            actions.measure,
            bench.inspector,
            loose.subject.id,
            characteristic=MAIN,
            unit="mm",
            values=shop.JOURNALS,
        )
    assert told.value.details["why"] == "no-case"


def test_the_unit_itself_has_nothing_to_measure_in_this_family(bench):
    """The pack asks nothing of the engine as a whole, and says so by refusing every characteristic."""
    bench.parts["engine"] = bench.unit
    with pytest.raises(Refusal) as told:
        bench.measure("engine", MAIN)
    assert told.value.details["why"] == "not-a-choice"
