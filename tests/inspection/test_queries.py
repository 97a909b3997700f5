"""What others ask of inspection: what is due, what is restored, how the critical values stand."""

from __future__ import annotations

import pytest

from remanu.errors import NotFound
from remanu.inspection import actions, queries
from remanu.parts import queries as parts

MAIN = "main-journal-diameter"
WORN = ("64.971",) * 6 + ("64.800",)


def due(bench, position):
    """The codes that are still to be measured on a component."""
    routes = {row.position: row for row in bench.ask(parts.routes, bench.org_id, bench.case)}
    return [one.code for one in bench.ask(queries.characteristics_due, bench.view(), routes[position])]


def dispose(bench, **choices):
    """Decide these components; names have underscores for hyphens."""
    for name, word in choices.items():
        bench.do(actions.dispose, bench.inspector, bench.parts[name.replace("_", "-")], disposition=word)


def critical(bench):
    """The worst critical zone."""
    return bench.ask(queries.critical_zone, bench.view())


@pytest.fixture
def worn(bench):
    """One journal is worn; the shaft goes to the next size."""
    bench.measure_all(main_journal_diameter=WORN)
    bench.move("INSPECTED")
    dispose(bench, crankshaft="SALVAGE_SIZE_STEP", cylinder_block="REUSE_AS_IS")
    bench.move("IN_RESTORATION")
    return bench


def test_due_as_found_is_what_has_no_result(bench):
    """In the order of the pack; nothing of what is replaced every time."""
    assert due(bench, "crankshaft")[0] == MAIN
    bench.measure("crankshaft", MAIN)
    assert MAIN not in due(bench, "crankshaft")
    assert due(bench, "main-bearing-shell") == due(bench, "piston") == []


def test_due_after_work_is_what_was_worn(worn):
    """Until it is within new limits."""
    assert due(worn, "crankshaft") == [MAIN]
    worn.measure("crankshaft", MAIN, *("64.725",) * 7)
    assert due(worn, "crankshaft") == []


def test_nothing_is_due_where_nothing_is_measured(bench):
    """A released case asks for no measurement."""
    bench.move("RELEASED")
    assert due(bench, "crankshaft") == []


def test_latest(bench):
    """One row for each component, characteristic and stage."""
    bench.measure("crankshaft", MAIN)
    bench.measure("crankshaft", MAIN, why="reading-doubted")
    bench.move("IN_RESTORATION")
    bench.measure("crankshaft", MAIN)
    rows = bench.ask(queries.latest, bench.org_id, bench.case)
    assert [(row.item_id, row.characteristic, row.stage) for row in rows] == [
        (bench.parts["crankshaft"], MAIN, "as_found"),
        (bench.parts["crankshaft"], MAIN, "after_operation"),
    ]


def restored(bench, after, *codes):
    """What is not restored after an event of the component's chain."""
    shaft = bench.parts["crankshaft"]
    return bench.ask(queries.not_restored, bench.view(), shaft, characteristics=codes or (MAIN,), after=after)


def test_restored_means_measured_afterwards_and_within_new(worn):
    """Neither an older reading nor one outside new limits will do (I18)."""
    operated = len(worn.kinds("crankshaft")) - 1
    assert restored(worn, operated) == (MAIN,)
    worn.measure("crankshaft", MAIN, *("64.60",) * 7)
    assert restored(worn, operated) == (MAIN,)
    worn.measure("crankshaft", MAIN, *("64.725",) * 7, why="after-work")
    assert restored(worn, operated) == ()
    again = len(worn.kinds("crankshaft")) - 1
    assert restored(worn, again + 1, MAIN, "crankpin-diameter") == (MAIN, "crankpin-diameter")


def test_the_critical_zone_takes_final_values(worn):
    """As found it was worn; ground to its size it is as good as new."""
    assert critical(worn) == "between_new_and_service"
    worn.measure("crankshaft", MAIN, *("64.725",) * 7)
    assert critical(worn) == "within_new"


def test_the_critical_zone_forgets_what_was_replaced(bench):
    """A cracked shaft that went does not speak for the engine."""
    bench.measure_all(crankshaft_cracks=("2",))
    assert critical(bench) == "beyond_service"
    bench.move("INSPECTED")
    dispose(bench, crankshaft="REPLACE_NEW")
    assert critical(bench) == "within_new"


def test_the_critical_zone_misses_what_was_not_measured(bench):
    """An unmeasured critical characteristic is said to be so."""
    assert critical(bench) == "not_tested"


def test_instruments_of_a_class_and_of_all(bench):
    """Those that may measure, and every one with its state."""
    ready = bench.ask(queries.instruments_ready, bench.org_id, "bore-gauge", "2026-03-01")
    assert [one.number for one in ready] == ["bore-gauge-1"]
    every = bench.ask(queries.instruments_on, bench.org_id, "2030-01-01")
    assert {one.why for one in every} == {"calibration-ended"}


def test_the_last_used_instrument_is_the_persons_own(bench):
    """What a colleague used is not chosen for me."""
    bench.measure("crankshaft", MAIN)
    asked = (bench.org_id, bench.inspector.ref, "outside-micrometer")
    assert bench.ask(queries.last_used, *asked) == bench.tools["outside-micrometer"]
    assert bench.ask(queries.last_used, bench.org_id, bench.technician.ref, "outside-micrometer") is None


def test_facts_of_a_finished_sheet(bench):
    """Every guard is answered."""
    bench.measure_all()
    bench.move("INSPECTED")
    dispose(
        bench,
        crankshaft="REUSE_AS_IS",
        cylinder_block="REUSE_AS_IS",
        piston="REUSE_AS_IS",
        main_bearing_shell="REPLACE_MANDATORY",
    )
    assert bench.facts() == {
        "characteristics_measured": True,
        "instruments_calibrated": True,
        "people_qualified": True,
        "readings_repeated": True,
        "components_disposed": True,
        "concessions_approved": True,
        "no_open_nonconformity": True,
        "nonconformity_raised": False,
    }


def test_a_disposition_stays_true_when_the_work_succeeded(worn):
    """What was salvaged is within new limits now, and its disposition was right."""
    dispose(worn, piston="REUSE_AS_IS", main_bearing_shell="REPLACE_MANDATORY")
    worn.measure("crankshaft", MAIN, *("64.725",) * 7)
    assert worn.facts()["components_disposed"]


def test_a_concession_that_nobody_approved(bench):
    """Asking is not having."""
    bench.measure_all(crankshaft_cracks=("1",))
    bench.move("INSPECTED")
    dispose(bench, crankshaft="CONCESSION_REQUEST")
    assert bench.facts()["concessions_approved"] is False


def test_what_does_not_exist(bench):
    """Items, instruments and nonconformities of nobody."""
    for query in (queries.bench, queries.find_instrument, queries.find_nonconformity):
        with pytest.raises(NotFound):
            bench.ask(query, bench.org_id, "nothing")
