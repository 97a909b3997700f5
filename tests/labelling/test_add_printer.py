"""Printers: entered, changed, calibrated and retired on their pages and through JSON."""

from __future__ import annotations

import pytest

DESK = {"name": "Desk 3", "driver": "pdf", "media": "a4-l7160", "dpi": "600"}
MEASURED = {"left": "22.2", "top": "20", "across": "161.6", "down": "200"}


@pytest.fixture
def desk(officer):
    """A printer at a desk; its id."""
    answer = officer.post("/printers/add_printer", data={"key": "desk", **DESK})
    assert answer.status_code == 303, answer.text
    return answer.location.rpartition("/")[2]


def test_a_printer_is_entered_and_listed(officer, desk):
    """It stands in the list with its stock, and its page says that it is not calibrated."""
    page = officer.get("/printers").text
    assert "Desk 3" in page
    assert "A4 sheet, 3 × 7 labels of 63.5 × 38.1 mm" in page
    assert "not yet" in officer.get(f"/printers/{desk}").text
    assert officer.get("/api/v1/printers").json[0]["name"] == "Desk 3"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_bad_input(officer, desk):
    """A name that is taken, a stock that no shelf has, dots that no printer has, a driver that is none."""
    taken = officer.post("/printers/add_printer", data={"key": "a", **DESK})
    assert taken.status_code == 409
    for name, value in (("media", "roll-9x9"), ("dpi", "72"), ("driver", "fax"), ("name", "")):
        answer = officer.post("/printers/add_printer", data={"key": name, **DESK, "name": "New", name: value})
        assert answer.status_code == 422, name
    assert officer.get("/printers/nowhere").status_code == 404
    assert officer.get("/printers/calibration.pdf?paper=a3").status_code == 422


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_who_may(sign_in, desk):
    """An inspector reads and does not write."""
    inspector = sign_in("inspector")
    assert inspector.get(f"/printers/{desk}").status_code == 200
    for verb in ("change_printer", "calibrate_printer", "retire_printer"):
        assert inspector.post(f"/printers/{desk}/{verb}", data={"key": verb}).status_code == 403
