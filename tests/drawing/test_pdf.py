from dataclasses import replace

import pypdfium2
import pytest

from remanu.drawing.media import read_media
from remanu.drawing.pdf import draw_pdf
from remanu.drawing.template import read_template
from remanu.errors import CannotDraw
from remanu.rules.calibration import PLAIN, Calibration
from tests.drawing import readback
from tests.drawing.specimens import ENGLISH, LABELS, PAYLOAD, SIMPLIFIED, TRADITIONAL

ROLL = read_template("label-70x40"), read_media("roll-70x40")
SHEET = read_template("label-63x38"), read_media("a4-l7160")


def numbered(count):
    """As many labels, each with an address of its own."""
    return [
        replace(
            LABELS[number % 3], payload=f"https://ID.EXAMPLE.TEST/{number:013}/3F9Q2K", serial=f"SN {number}"
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("dpi", [203, 300])
def test_fifty_labels_on_sheets_read_back(dpi):
    """Every label of three pages is found where it belongs, with its own address."""
    labels = numbered(50)
    pages = readback.pages(draw_pdf(labels, *SHEET), dpi)
    assert [readback.symbols(page) for page in pages] == [
        [label.payload for label in labels[first : first + 21]] for first in (0, 21, 42)
    ]


def test_the_start_position_skips_used_labels():
    """Printing begins on the place that is free, and goes on with the next page."""
    pages = readback.pages(draw_pdf(numbered(4), *SHEET, start=20), 150)
    assert [len(readback.symbols(page)) for page in pages] == [2, 2]
    assert pages[0].crop((0, 0, pages[0].width, pages[0].height * 5 // 7)).getextrema() == (255, 255)


@pytest.mark.parametrize("start", [0, 22, -1])
def test_a_place_that_the_sheet_lacks_is_refused(start):
    """A sheet of 21 has no place 22."""
    with pytest.raises(CannotDraw) as caught:
        draw_pdf(numbered(1), *SHEET, start=start)
    assert caught.value.details["why"] == "no-such-place"


def test_calibration_takes_back_what_the_printer_does():
    """A printer that prints two millimetres too far right and a hundredth too wide gets it as much too far left."""
    bent = Calibration("2.00", "1.00", "1.0100", "1.0000")
    still, moved = (
        readback.pages(draw_pdf(numbered(3), *SHEET, calibration=one), 254)[0] for one in (PLAIN, bent)
    )
    before, after = (page.point(lambda gray: 255 - gray).getbbox() for page in (still, moved))
    for side, shift, scale in ((0, 20, 1.01), (1, 10, 1.0), (2, 20, 1.01), (3, 10, 1.0)):
        assert after[side] * scale + shift == pytest.approx(before[side], abs=2)


@pytest.mark.parametrize("dpi", [203, 300])
def test_a_roll_has_one_label_a_page(dpi):
    """Pages are as large as the label, and each reads."""
    drawn = draw_pdf([ENGLISH, SIMPLIFIED], *ROLL)
    with pypdfium2.PdfDocument(drawn) as document:
        assert document.get_page_size(0) == pytest.approx((70 / 25.4 * 72, 40 / 25.4 * 72), abs=0.01)
    assert [readback.symbols(page) for page in readback.pages(drawn, dpi)] == [[PAYLOAD], [PAYLOAD]]


def test_chinese_text_can_be_copied_from_the_pdf():
    """Names in both scripts come out of the file as they went in, wherever their lines were broken."""
    text = readback.text(draw_pdf([SIMPLIFIED, TRADITIONAL], *ROLL)).replace(" ", "")
    assert "高压涡轮转子组件（第一级）" in text
    assert "高壓渦輪轉子組件（第一級）" in text
    assert "8XK4-M9QT2-RWC7" in text


def test_fonts_are_embedded_and_ours():
    """No viewer has to find a font of its own, and none is listed that is not in the file."""
    drawn = draw_pdf(list(LABELS), *ROLL)
    found = readback.fonts(drawn)
    assert all(name.startswith("NotoSans") and embedded for name, embedded in found)
    assert len(found) == 4
    assert b"Helvetica" not in drawn


def test_the_same_labels_make_the_same_file():
    """Nothing in the file depends on when it was drawn."""
    assert draw_pdf(numbered(3), *SHEET) == draw_pdf(numbered(3), *SHEET)


def test_a_smaller_drawing_stands_in_the_middle_of_its_label():
    """A drawing for rolls can be printed on larger sheet labels."""
    page = readback.pages(draw_pdf([ENGLISH], ROLL[0], read_media("a4-l7165")), 150)[0]
    assert readback.symbols(page) == [PAYLOAD]
    left = page.point(lambda gray: 255 - gray).getbbox()[0] / 150 * 25.4
    assert left > 4.67 + (99.1 - 70) / 2
