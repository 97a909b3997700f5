from collections.abc import Iterator
from random import Random

import pytest
from PIL import Image

from remanu.bench.labels import camera, damage, trials
from remanu.drawing import rescue
from remanu.drawing.symbol import encode
from remanu.errors import BadInput

OURS = "https://ID.EXAMPLE.TEST/8XK4M9QT2RWC7/3F9Q2K"
FOREIGN = "https://elsewhere.example/part/4711"


def clean(text: str) -> Image.Image:
    """A label before a camera that holds still."""
    return damage.printed(encode(text), millimetres=30, scale=5).before_the_lens()


def nobody(_: str) -> bool:
    """Vouches for nothing."""
    return False


def test_what_its_own_check_character_vouches_for_is_read_once(monkeypatch):
    """The common case costs one run of the reader."""
    asked = []
    monkeypatch.setattr(rescue, "frames", lambda photo: _counted(photo, asked))
    assert rescue.read(clean(OURS), OURS.__eq__) == (OURS,)
    assert len(asked) == 1


def _counted(photo: Image.Image, asked: list[int]) -> Iterator[Image.Image]:
    for number in range(9):
        asked.append(number)
        yield photo


def test_another_text_is_believed_when_two_pictures_agree():
    """A maker's mark has no check of ours."""
    assert rescue.read(clean(FOREIGN), nobody) == (FOREIGN,)


def test_one_reading_without_a_check_is_not_believed(monkeypatch):
    """Whatever a single picture says."""
    says = iter([["first"], ["second"], ["third"], []])
    monkeypatch.setattr(rescue, "frames", lambda photo: [photo] * 4)
    monkeypatch.setattr(rescue, "plain", lambda _: next(says))
    assert rescue.read(Image.new("L", (9, 9)), nobody) == ()


def test_ours_comes_before_what_else_is_on_the_photo():
    """Beside a maker's own symbol, whichever of them the reader found first."""
    both = Image.new("L", (640, 320), 255)
    both.paste(clean(FOREIGN).resize((250, 250)), (10, 30))
    both.paste(clean(OURS).resize((250, 250)), (350, 30))
    assert rescue.read(both, OURS.__eq__) == (OURS,)


def test_filters_read_what_the_reader_alone_does_not():
    """Each of these labels has scratches across it; without filters nothing is read."""
    condition = trials.CONDITIONS["scratches_30mm"]
    hidden = []
    for seed in range(12):
        dice = Random(seed)
        payload = trials.address(dice)
        photo = condition.shot(trials.drawn(payload, "Q"), dice)
        if not rescue.plain(photo):
            hidden.append((photo, payload))
    assert len(hidden) >= 3
    assert [rescue.read(photo, trials.certain) for photo, _ in hidden] == [(text,) for _, text in hidden]


def test_no_two_pictures_are_the_same():
    """Else one reading would agree with itself."""
    for size in ((300, 200), (1100, 760)):
        photo = Image.frombytes("L", size, Random(1).randbytes(size[0] * size[1]))
        tried = [(one.size, one.tobytes()) for one in rescue.frames(photo)]
        assert len(set(tried)) == len(tried) <= 25


def test_work_is_bounded_whatever_was_sent():
    """A photo of fifty million pixels is looked at as one of four."""
    looked = [one.width * one.height for one in rescue.frames(Image.new("L", (8000, 6000), 200))]
    assert max(looked) <= 2400 * 2400
    assert sum(looked) <= 30_000_000


def test_a_picture_that_unpacks_without_end_is_refused_unopened(monkeypatch):
    """Its size stands in its head."""
    huge = Image.new("1", (1, 1))
    monkeypatch.setattr(huge, "_size", (60_000, 60_000))
    monkeypatch.setattr(huge, "load", lambda: pytest.fail("it was unpacked"))
    with pytest.raises(BadInput, match="no-symbol"):
        rescue.read(huge, nobody)


def test_noise_says_nothing():
    """Control: where there is no symbol, none is found."""
    dice = Random(7)
    noise = camera.blurred(Image.new("L", (200, 200), 128), dice, blur=1, noise=60)
    assert rescue.read(noise, nobody) == ()


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (400, 1), (2, 3), (21, 21)])
def test_a_photo_of_a_few_pixels_holds_nothing(size):
    """Anybody may send one: nothing is found on it, and it never ends in an error of ours."""
    assert rescue.read(Image.new("L", size, 255), lambda _: True) == ()
