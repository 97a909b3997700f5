"""What was measured on the page of crosses is kept with the printer, and sheets for it are drawn by it."""

from __future__ import annotations

import pytest

from tests.drawing import readback
from tests.labelling.test_add_printer import DESK, MEASURED, desk  # noqa: F401 -- a fixture


def test_sheets_are_drawn_by_what_was_measured(bench, officer, desk):  # noqa: F811
    """Two millimetres too far right and a hundredth too wide are taken back; without the printer nothing is."""
    answer = officer.post(f"/printers/{desk}/calibrate_printer", data={"key": "c", **MEASURED})
    assert answer.status_code == 303, answer.text
    page = officer.get(f"/printers/{desk}").text
    assert "2.00 mm" in page
    assert "1.0100" in page
    label = bench.reserve(media="a4-l7160")
    plain, bent = (
        readback.pages(officer.get(f"/labels/sheet.pdf?ids={label}{more}").data, 254)[0]
        for more in ("", f"&printer={desk}")
    )
    left, moved = (page.point(lambda gray: 255 - gray).getbbox()[0] for page in (plain, bent))
    assert moved * 1.01 + 20 == pytest.approx(left, abs=2)
    assert readback.symbols(bent) == [bench.label(label).payload]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_another_page_is_refused(officer, desk):  # noqa: F811
    """Inches, or a page that was fitted to its paper: what was typed stays and nothing is kept."""
    answer = officer.post(
        f"/printers/{desk}/calibrate_printer", data={"key": "c", **MEASURED, "across": "150"}
    )
    assert answer.status_code == 422
    assert 'value="150"' in answer.text
    assert "not yet" in officer.get(f"/printers/{desk}").text


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_page_of_crosses(officer):
    """A PDF in the language of whoever measures."""
    said = readback.text(officer.get("/printers/calibration.pdf").data)
    assert "100 mm" in said
    assert officer.get("/printers/calibration.pdf?paper=letter").mimetype == "application/pdf"
    assert DESK["driver"] == "pdf"
