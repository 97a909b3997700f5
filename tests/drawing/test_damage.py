"""Spoiled labels are read as often as labels.md §11 asks: a simulation with fixed seeds, and gates that can fail."""

from dataclasses import replace
from functools import partial
from random import Random

import pytest
from PIL import ImageChops, ImageDraw, ImageStat
from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode

from remanu.bench.labels import camera, damage, trials
from remanu.drawing.symbol import QUIET, Symbol

CONDITIONS = list(trials.CONDITIONS.items())
FEW = 10


def named(value):
    """The name of a condition, for the list of tests."""
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(("name", "condition"), CONDITIONS, ids=named)
def test_a_few_of_each_condition_are_read(name, condition):
    """The first trials of the drill, so that a break shows within seconds."""
    told = trials.tried(condition, FEW)
    assert told.wrong == 0
    assert told.right >= int(FEW * condition.floor)


@pytest.mark.drill
@pytest.mark.parametrize(("name", "condition"), CONDITIONS, ids=named)
def test_each_condition_reaches_its_floor(name, condition):
    """A hundred trials, and four hundred that nobody chose."""
    for count in (trials.TRIALS, 4 * trials.TRIALS):
        told = trials.tried(condition, count)
        assert told.wrong == 0
        assert told.rate >= condition.floor


@pytest.mark.drill
def test_rescue_reads_what_the_reader_alone_does_not():
    """A tenth more at least; else the filters are not worth their time."""
    for name, condition in CONDITIONS:
        if condition.rescued:
            assert (
                trials.tried(replace(condition, rescued=False)).rate <= trials.tried(condition).rate - 0.1
            ), name


def weak(payload, level):
    """The symbol at level L: as large, with a quarter of the correction."""
    code = QRCode(version=4, error_correction=ERROR_CORRECT_L)
    code.add_data(payload)
    code.make(fit=False)
    rows = ("".join("1" if cell else "0" for cell in row) for row in code.modules)
    return Symbol(tuple(int(row, 2) for row in rows), 4, level)


def broken(payload, level):
    """The symbol without its upper left finder pattern."""
    whole = trials.drawn(payload, level)
    keep = (1 << whole.size - 8) - 1
    return replace(whole, rows=(*(row & keep for row in whole.rows[:8]), *whole.rows[8:]))


def lying(payload, level):
    """The symbol of another part."""
    return trials.drawn(trials.address(Random(4711)), level)


@pytest.mark.parametrize(
    ("name", "make"), [("blot_10_q", weak), ("phone", broken), ("workshop_30mm", broken)]
)
def test_control_a_weak_or_broken_symbol_fails_the_gate(name, make):
    """Level L under a blot, and a symbol without one finder pattern, with all filters as well."""
    condition = trials.CONDITIONS[name]
    told = trials.tried(condition, 5, make)
    assert told.rate < condition.floor
    assert told.wrong == 0


def test_control_a_wrong_text_is_counted():
    """As wrong, not as unread."""
    assert trials.tried(trials.CONDITIONS["contrast_25"], 2, lying) == trials.Tally(2, 0, 2)


def spoiled(do):
    """How a symbol looks before and after damage."""
    before, after = (
        damage.printed(trials.drawn(trials.address(Random(1)), "Q"), millimetres=30, scale=7) for _ in "ab"
    )
    do(after)
    return before, after


@pytest.mark.parametrize("share", [0.10, 0.15])
def test_a_blot_has_its_size_and_keeps_off_the_finder_patterns(share):
    """Else the simulation is kinder or harsher than it says."""
    for seed in range(20):
        before, after = spoiled(partial(damage.blot, dice=Random(seed), share=share))
        left, top, right, bottom = ImageChops.difference(before.image, after.image).getbbox()
        across = max(right - left, bottom - top) / before.side
        assert across == pytest.approx(2 * (share / 3.1416) ** 0.5, abs=0.07)
        for corner in ((0, 0), (1, 0), (0, 1)):
            box = finder(before, corner)
            assert before.image.crop(box).tobytes() == after.image.crop(box).tobytes()


def finder(on, corner):
    """Where a finder pattern is, in dots."""
    reach = 7 * on.module
    x, y = (on.margin + (on.side - reach) * far for far in corner)
    return x, y, x + reach, y + reach


def test_scratches_and_specks_leave_marks():
    """Twelve scratches change a two-hundredth of the label at least, twenty-seven specks two thousandths."""
    for do, least in (
        (partial(damage.scratches, count=12), 0.005),
        (partial(damage.specks, per_cm2=3), 0.002),
    ):
        before, after = spoiled(partial(do, dice=Random(3)))
        changed = ImageChops.difference(before.image, after.image).point(lambda gray: 255 if gray > 20 else 0)
        assert ImageStat.Stat(changed).mean[0] / 255 > least


def test_a_blot_without_room_is_refused():
    """Rather than laid over a finder pattern."""
    on = damage.printed(trials.drawn(trials.address(Random(1)), "Q"), millimetres=30, scale=7)
    with pytest.raises(ValueError, match="no room"):
        damage.blot(on, Random(1), share=0.6)


def test_noise_is_as_strong_as_it_says():
    """A gray card shows its spread."""
    card = camera.Image.new("L", (200, 200), 128)
    grain = ImageStat.Stat(camera.blurred(card, Random(1), blur=0, noise=8))
    assert grain.stddev[0] == pytest.approx(8, rel=0.1)
    assert grain.mean[0] == pytest.approx(128, abs=1)


def test_a_tilt_shortens_the_label_as_perspective_does():
    """By its cosine across the axis, hardly along it."""
    card = camera.Image.new("L", (200, 200), 255)
    wide = {}
    for tilt in (0, 55):
        view = camera._view(200, 0, camera.math.radians(tilt), 0)
        seen = card.transform((300, 300), 2, camera._coefficients(view, 300, 200), fillcolor=0)
        wide[tilt] = seen.getbbox()
    left, top, right, bottom = wide[55]
    assert wide[0] == (50, 50, 250, 250)
    assert (bottom - top) / 200 == pytest.approx(0.574, abs=0.03)
    assert right - left == pytest.approx(200, abs=25)


def test_the_same_seed_gives_the_same_photo():
    """On every machine: no picture depends on another."""
    shots = [
        trials.CONDITIONS["workshop_30mm"].shot(trials.drawn(trials.address(dice), "Q"), dice).tobytes()
        for dice in (Random(5), Random(5), Random(6))
    ]
    assert shots[0] == shots[1] != shots[2]


def test_the_quiet_zone_is_in_the_picture():
    """Four modules of paper around the symbol, else no reader finds it."""
    on = damage.printed(trials.drawn(trials.address(Random(1)), "Q"), millimetres=30, scale=7)
    assert on.margin == QUIET * on.module
    inner = on.image.copy()
    ImageDraw.Draw(inner).rectangle(
        (on.margin, on.margin, on.margin + on.side, on.margin + on.side), damage.PAPER
    )
    assert inner.getextrema() == (damage.PAPER, damage.PAPER)
