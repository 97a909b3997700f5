import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from qrcode import util

from remanu.drawing import boards, symbol
from remanu.errors import CannotDraw
from tests.drawing import readback

BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
addresses = st.builds(
    "https://{}/{}/{}".format,
    st.sampled_from(["ID.EXAMPLE.TEST", "R.XA", "LABELS.LONG-NAME.EXAMPLE.TEST", "127.0.0.1:8000"]),
    st.text(BASE32, min_size=13, max_size=13),
    st.text(BASE32, min_size=6, max_size=6),
)
texts = st.one_of(
    addresses, st.text(string.printable, min_size=1, max_size=300), st.text("0123456789", min_size=1)
)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_mask_and_modules_are_the_library_s_own(payload):
    """Boards as integers choose what the library chooses, module for module, without falling back to it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(symbol, "_SURPRISES", ())
        drawn = symbol.encode.__wrapped__(payload)
    assert drawn == symbol.by_library(payload, drawn.version, drawn.level)


@settings(max_examples=30, deadline=None)
@given(texts)
def test_level_is_q_and_h_where_it_costs_nothing(payload):
    """The version is the smallest at Q; H is chosen exactly where it fits into the same version."""
    drawn = symbol.encode(payload)
    smallest = {}
    for level, constant in symbol._LEVELS.items():
        code = symbol.QRCode(error_correction=constant)
        code.add_data(payload)
        smallest[level] = code.best_fit()
    assert drawn.version == smallest["Q"]
    assert drawn.level == ("H" if smallest["H"] == smallest["Q"] else "Q")


@pytest.mark.parametrize("rule", ["_long_runs", "_blocks", "_finders"])
def test_a_penalty_rule_left_out_is_noticed(rule, monkeypatch):
    """Control: without any one of these rules some mask differs from the library's."""
    monkeypatch.setattr(boards, rule, lambda *_: 0)
    payloads = [f"https://ID.EXAMPLE.TEST/{number:013}/3F9Q2K" for number in range(40)]
    drawn = [symbol.encode.__wrapped__(one) for one in payloads]
    assert any(
        one != symbol.by_library(text, one.version, one.level)
        for text, one in zip(payloads, drawn, strict=True)
    )


@pytest.mark.parametrize("dark", range(0, 442, 9))
def test_imbalance_costs_what_it_costs_in_the_library(dark):
    """The fourth rule decides too rarely to be seen in addresses, so its figure is compared itself."""
    modules = [[row * 21 + column < dark for column in range(21)] for row in range(21)]
    ours = boards._imbalance(boards._frame(1), boards._board(modules))
    assert ours == util._lost_point_level4(modules, 21)


def test_a_changed_library_costs_time_and_nothing_else(monkeypatch):
    """Where the boards stumble, the library itself chooses the mask."""
    whole = symbol.encode("https://ID.EXAMPLE.TEST/8XK4M9QT2RWC7/3F9Q2K")

    def stumble(*_):
        raise IndexError

    monkeypatch.setattr(boards, "choose", stumble)
    assert symbol.encode.__wrapped__("https://ID.EXAMPLE.TEST/8XK4M9QT2RWC7/3F9Q2K") == whole


@pytest.mark.parametrize(
    ("characters", "modules", "level"), [(31, 29, "H"), (40, 29, "Q"), (46, 33, "Q"), (43, 33, "H")]
)
def test_printed_addresses_keep_their_size(characters, modules, level):
    """Lower-case scheme and upper-case rest cost what the page on symbols says."""
    drawn = symbol.encode("https://" + "A" * (characters - 8))
    assert (drawn.size, drawn.level) == (modules, level)


def test_what_no_symbol_holds_is_refused():
    """A payload beyond the largest version is refused, not cut."""
    with pytest.raises(CannotDraw) as caught:
        symbol.encode("x" * 1700)
    assert caught.value.details["why"] == "payload-too-long"
    with pytest.raises(CannotDraw):
        symbol.by_library("x" * 300, 3, "Q")


def test_runs_cover_the_dark_modules_once():
    """Every run is dark, runs do not touch, and together they hold all dark modules."""
    drawn = symbol.encode("https://ID.EXAMPLE.TEST/8XK4M9QT2RWC7/3F9Q2K")
    seen = [0] * drawn.size
    for column, row, length in drawn.runs():
        bits = ((1 << length) - 1) << (drawn.size - column - length)
        assert not seen[row] & bits
        seen[row] |= bits
    assert tuple(seen) == drawn.rows


def test_terminal_symbol_is_dark_on_light_and_reads():
    """What the terminal shows decodes, with its quiet zone, whatever colours the terminal has."""
    drawn = symbol.terminal(symbol.encode("https://ID.EXAMPLE.TEST/8XK4M9QT2RWC7/3F9Q2K"))
    lines = [line.removeprefix(symbol._PAPER).removesuffix(symbol._PLAIN) for line in drawn.split("\n")]
    image = Image.new("L", (len(lines[0]), 2 * len(lines)), 255)
    for y, line in enumerate(lines):
        for x, block in enumerate(line):
            upper, lower = {" ": (255, 255), "▀": (0, 255), "▄": (255, 0), "█": (0, 0)}[block]
            image.putpixel((x, 2 * y), upper)
            image.putpixel((x, 2 * y + 1), lower)
    assert not lines[0].strip()
    assert not lines[1].strip()
    assert readback.symbols(image.resize((image.width * 4, image.height * 4), Image.Resampling.NEAREST)) == [
        "https://ID.EXAMPLE.TEST/8XK4M9QT2RWC7/3F9Q2K"
    ]
