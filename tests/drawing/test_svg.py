import os
import subprocess
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from remanu.drawing.media import read_media
from remanu.drawing.svg import draw_svg
from remanu.drawing.symbol import encode
from remanu.drawing.template import read_template
from tests.drawing import readback
from tests.drawing.specimens import ENGLISH, LABELS, PAYLOAD
from tools.chromium import find

ROLL = read_template("label-70x40"), read_media("roll-70x40")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.locale)
def test_text_is_there_and_held_to_its_width(label):
    """Every text keeps its characters and carries the width that was measured."""
    root = ET.fromstring(draw_svg(label, *ROLL))  # noqa: S314 (it is our own)
    texts = root.findall(f"{SVG}text")
    assert label.code in [one.text for one in texts]
    assert all(float(one.get("textLength")) > 0 for one in texts)
    assert root.get("width") == "70mm"


def test_words_are_never_markup():
    """Angle brackets, ampersands and quotes in a name stay text."""
    name = "<b>&\"x'</b>"
    root = ET.fromstring(draw_svg(replace(ENGLISH, name=name), *ROLL))  # noqa: S314 (it is our own)
    assert name in [one.text for one in root.findall(f"{SVG}text")]
    assert root.find(f".//{SVG}b") is None


def test_the_symbol_stands_on_white():
    """Dark pages do not shine through: label and quiet zone are white by themselves."""
    root = ET.fromstring(draw_svg(ENGLISH, *ROLL))  # noqa: S314 (it is our own)
    rects = root.findall(f".//{SVG}rect")
    assert (rects[0].get("fill"), rects[0].get("width")) == ("white", "70")
    whole = str(encode(PAYLOAD).whole)
    assert any((one.get("x"), one.get("width"), one.get("fill")) == ("-4", whole, "white") for one in rects)


@pytest.mark.browser
@pytest.mark.skipif(find(os.environ) is None, reason="no browser")
def test_a_browser_shows_it_so_that_it_reads(tmp_path):
    """Chromium draws the file, and the symbol on its screen decodes."""
    (tmp_path / "label.svg").write_text(draw_svg(ENGLISH, *ROLL), "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    size = ["--window-size=300,180", "--force-device-scale-factor=2", f"--user-data-dir={tmp_path}/profile"]
    shot = f"--screenshot={tmp_path}/label.png"
    command = [find(os.environ), *flags, *size, shot, (tmp_path / "label.svg").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert readback.symbols(Image.open(tmp_path / "label.png").convert("L")) == [PAYLOAD]
