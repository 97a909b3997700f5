"""Another stock or other dots make what was measured untrue."""

from __future__ import annotations

from tests.labelling.test_add_printer import DESK, MEASURED, desk  # noqa: F401 -- a fixture


def test_a_change_wants_a_calibration(officer, desk):  # noqa: F811
    """The shift is gone with the change, and the page says that it is to be measured again."""
    officer.post(f"/printers/{desk}/calibrate_printer", data={"key": "c", **MEASURED})
    answer = officer.post(f"/printers/{desk}/change_printer", data={"key": "d", **DESK, "media": "a4-l7163"})
    assert answer.status_code == 303, answer.text
    row = officer.get("/api/v1/printers").json[0]
    assert (row["media"], row["shift_x"], row["calibrated_at"]) == ("a4-l7163", "0.00", None)
