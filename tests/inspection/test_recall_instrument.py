"""Recalling an instrument: by a calibration that found it out of tolerance, or by hand."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import BadInput, Forbidden, NotFound
from remanu.inspection import actions, queries
from tests import people
from tests.inspection import shop


def _recalls(bench, tool):
    return [(row.why, row.since, row.until) for row in bench.ask(queries.recalls, bench.org_id, tool)]


def test_by_hand_it_may_not_measure_until_it_is_calibrated_again(bench):
    """I14: since its last good calibration, or since the day that somebody can vouch for."""
    tool = bench.tools["bore-gauge"]
    done = bench.do(actions.recall_instrument, bench.inspector, tool, why="damaged", note="It fell.")
    assert (done.body.since, done.body.until) == ("2026-02-01", "2026-03-01")
    now = bench.ask(queries.instrument_on, bench.org_id, tool, "2026-03-01")
    assert (now.ready, now.why) == (False, "recalled")
    with pytest.raises(BadInput) as refused:
        bench.measure("crankshaft", "main-bearing-clearance")
    assert refused.value.details["why"] == "recalled"

    calibrated = {**shop.CALIBRATION, "calibrated_on": date(2026, 3, 1)}
    bench.do(actions.calibrate, bench.inspector, tool, **calibrated)
    bench.measure("crankshaft", "main-bearing-clearance")
    bench.do(
        actions.recall_instrument, bench.inspector, tool, why="check-failed", last_good=date(2026, 2, 20)
    )
    assert _recalls(bench, tool) == [
        ("check-failed", "2026-02-20", "2026-03-01"),
        ("damaged", "2026-02-01", "2026-03-01"),
    ]


@pytest.mark.parametrize(("result", "ready"), [("out_of_tolerance", True), ("failed", False)])
def test_a_calibration_that_finds_it_out_recalls_it(bench, result, ready):
    """In the same act; adjusted it is good again, failed it is not; what it measured before is in doubt (I14)."""
    tool = bench.tools["bore-gauge"]
    bench.measure("crankshaft", "main-bearing-clearance")
    found = {**shop.CALIBRATION, "calibrated_on": date(2026, 3, 1), "result": result}
    bench.do(actions.calibrate, bench.inspector, tool, **found)
    assert _recalls(bench, tool) == [("out-of-tolerance", "2026-02-01", "2026-03-01")]
    assert bench.ask(queries.instrument_on, bench.org_id, tool, "2026-03-01").ready is ready
    assert len(bench.ask(queries.calibrations, bench.org_id, tool)) == 2
    (raised,) = bench.ask(queries.open_nonconformities, bench.org_id, bench.case)
    assert (raised.cause, raised.item_id) == ("instrument", bench.unit)


def test_who_may_not_and_what_cannot_be(bench):
    """Not a technician, not a stranger, not for another reason, not since a day to come."""
    tool = bench.tools["bore-gauge"]
    with pytest.raises(Forbidden):
        bench.do(actions.recall_instrument, bench.technician, tool, why="damaged")
    with pytest.raises(NotFound):
        bench.do(actions.recall_instrument, people.BY_ROLE["inspector"], tool, why="damaged")
    with pytest.raises(BadInput):
        bench.do(actions.recall_instrument, bench.inspector, tool, why="mood")
    for day in (date(2026, 3, 2), date(1999, 1, 1)):
        with pytest.raises(BadInput):
            bench.do(actions.recall_instrument, bench.inspector, tool, why="damaged", last_good=day)
