"""Everything is measured (SM-1 no. 13)."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.inspection import actions
from tests import people
from tests.inspection import shop


def test_it_works(bench):
    """With every characteristic of every part found the case is inspected."""
    bench.measure_all()
    body = bench.do(actions.inspect, bench.inspector, bench.case).body
    assert (body.components, body.results, bench.view().state) == (4, 8, "INSPECTED")


def test_not_while_something_is_unmeasured(bench):
    """I13: the guard is named."""
    bench.measure("crankshaft", "main-journal-diameter")
    with pytest.raises(GuardFailed) as told:
        bench.do(actions.inspect, bench.inspector, bench.case)
    assert told.value.details["missing"] == ["characteristics_measured"]


def test_not_tested_does_not_count(bench):
    """Empty is not tested, never accepted."""
    bench.measure("crankshaft", "main-journal-diameter", why="damaged", values=(), instrument=None)
    bench.measure_all()
    with pytest.raises(GuardFailed):
        bench.do(actions.inspect, bench.inspector, bench.case)


def test_not_when_an_instrument_failed_afterwards(bench, clock):
    """A gauge that fails its next calibration puts what it measured in doubt (I14)."""
    bench.measure_all()
    clock.advance(days=3)
    failed = {**shop.CALIBRATION, "calibrated_on": date(2026, 3, 3), "due": None, "result": "failed"}
    bench.do(actions.calibrate, bench.inspector, bench.tools["bore-gauge"], **failed)
    with pytest.raises(GuardFailed) as told:
        bench.do(actions.inspect, bench.inspector, bench.case)
    assert told.value.details["missing"] == ["instruments_calibrated"]


def test_a_later_calibration_that_passed_casts_no_doubt(bench, clock):
    """The next calibration decides, not one after it."""
    bench.measure_all()
    for day, result in ((2, "passed"), (4, "failed")):
        clock.advance(days=day)
        given = {**shop.CALIBRATION, "calibrated_on": date(2026, 3, day), "result": result}
        bench.do(actions.calibrate, bench.inspector, bench.tools["bore-gauge"], **given)
    assert bench.do(actions.inspect, bench.inspector, bench.case).body.results == 8


def test_not_without_components(bench, database):
    """A case in which nothing was found is not inspected by that."""
    empty = shop.build(database, inspector=bench.inspector, technician=bench.technician, number="2", parts=())
    with pytest.raises(GuardFailed):
        empty.do(actions.inspect, empty.inspector, empty.case)


def test_not_twice(bench):
    """409 names the state."""
    bench.measure_all()
    bench.do(actions.inspect, bench.inspector, bench.case)
    with pytest.raises(NotAllowed):
        bench.do(actions.inspect, bench.inspector, bench.case)


def test_not_by_a_technician(bench):
    """Inspecting is the inspector's."""
    with pytest.raises(Forbidden):
        bench.do(actions.inspect, bench.technician, bench.case)


def test_not_of_another_workshop(bench):
    """Their cases do not exist here."""
    with pytest.raises(NotFound):
        bench.do(actions.inspect, people.OUTSIDER, bench.case)
