"""A printer that is gone is sent nothing, and its name is free again."""

from __future__ import annotations

from tests.labelling.test_add_printer import DESK, MEASURED, desk  # noqa: F401 -- a fixture


def test_retired(officer, desk):  # noqa: F811
    """It leaves the list, keeps its page, and takes no further act."""
    assert officer.post(f"/printers/{desk}/retire_printer", data={"key": "r"}).status_code == 303
    assert officer.get("/api/v1/printers").json == []
    assert "Retired" in officer.get(f"/printers/{desk}").text
    again = officer.post(f"/printers/{desk}/calibrate_printer", data={"key": "c", **MEASURED})
    assert again.status_code == 409
    assert officer.post("/printers/add_printer", data={"key": "n", **DESK}).status_code == 303
