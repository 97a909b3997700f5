"""Calibrations: days, results, certificates."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import BadInput, Forbidden, NotFound
from remanu.inspection import actions, queries
from tests import people
from tests.inspection import shop

CLASS = "outside-micrometer"


def calibrate(bench, by=None, **odd):
    """Record a calibration of the micrometer."""
    return bench.do(actions.calibrate, by or bench.inspector, bench.tools[CLASS], **shop.CALIBRATION | odd)


def ready(bench, on):
    """The numbers of the micrometers that may measure on a day."""
    return [one.number for one in bench.ask(queries.instruments_ready, bench.org_id, CLASS, on)]


def test_it_works(bench):
    """From its day to its last day the instrument may measure, and its own chain says so."""
    done = calibrate(bench, calibrated_on=date(2026, 2, 27), due=date(2026, 3, 10), certificate="CAL-2")
    assert done.subject.id == bench.tools[CLASS]
    assert (done.body.number, done.body.certificate) == ("outside-micrometer-1", "CAL-2")
    assert [ready(bench, day) for day in ("2026-03-10", "2026-03-11")] == [["outside-micrometer-1"], []]


def test_before_its_first_calibration_it_measured_nothing(bench):
    """An instrument is not ready on a day before it was calibrated."""
    assert ready(bench, "2026-01-31") == []


def test_the_newest_calibration_up_to_the_day_decides(bench):
    """A failure ends what an older calibration promised; days before it stay covered."""
    calibrate(bench, calibrated_on=date(2026, 2, 20), result="failed", due=None)
    assert [ready(bench, day) for day in ("2026-02-19", "2026-02-20")] == [["outside-micrometer-1"], []]


def test_a_failure_has_no_last_day(bench):
    """What failed may not be used, whatever was typed."""
    assert calibrate(bench, result="failed").body.due is None


def test_its_history(bench):
    """Every calibration stays, newest first."""
    calibrate(bench, calibrated_on=date(2026, 2, 20), certificate="CAL-2")
    rows = bench.ask(queries.calibrations, bench.org_id, bench.tools[CLASS])
    assert [row.certificate for row in rows] == ["CAL-2", "CAL-0001"]


@pytest.mark.parametrize(
    ("odd", "field", "why"),
    [
        ({"calibrated_on": date(2026, 3, 2)}, "calibrated_on", "absurd-time"),
        ({"calibrated_on": date(1999, 12, 31)}, "calibrated_on", "absurd-time"),
        ({"due": None}, "due", "required"),
        ({"due": date(2026, 2, 1)}, "due", "ends-before"),
        ({"result": "splendid"}, "result", "not-a-choice"),
        ({"certificate": " "}, "certificate", "empty"),
        ({"certificate": "CAL\u202e1"}, "certificate", "control-character"),
    ],
)
def test_not_with_odd_values(bench, odd, field, why):
    """Each has its field and its reason."""
    with pytest.raises(BadInput) as told:
        calibrate(bench, **odd)
    assert (told.value.details["field"], told.value.details["why"]) == (field, why)


def test_not_by_a_technician(bench):
    """Calibrations are recorded by engineering and inspectors."""
    with pytest.raises(Forbidden):
        calibrate(bench, by=bench.technician)


def test_not_of_another_workshop(bench):
    """Their instruments do not exist here."""
    with pytest.raises(NotFound):
        calibrate(bench, by=people.OUTSIDER)
