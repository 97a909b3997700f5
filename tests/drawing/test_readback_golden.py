"""Chinese labels look as they were seen and found good; what changed is shown as a picture."""

from dataclasses import replace

import pytest

from tests.drawing import goldens, readback
from tests.drawing.specimens import PAYLOAD, SIMPLIFIED, TRADITIONAL

KEPT = goldens.kept()
PAIR = goldens.CASES[0][:2]


def test_the_fonts_are_those_of_the_pictures():
    """Where a font file changed, the pictures below have to be looked at again."""
    assert goldens.fonts() == KEPT["fonts"]


def test_every_template_has_its_pictures():
    """In both scripts: a new one is added with `python -m tests.drawing.goldens`."""
    assert KEPT["labels"].keys() == {f"{template} {locale}" for template, _, locale in goldens.CASES}


@pytest.mark.parametrize(("template", "stock", "locale"), goldens.CASES)
def test_a_label_looks_as_it_did(template, stock, locale):
    """Dot for dot at 203 dpi, the two characters first, because they can be shown."""
    was = KEPT["labels"][f"{template} {locale}"]
    now = goldens.seen(goldens.LABELS[locale], template, stock)
    assert goldens.picture(now["two"]) == goldens.picture(was["two"])
    assert now == was


def test_the_pictures_show_characters():
    """No empty field and no box: ink in a fair part of it, and each script its own."""
    for name, was in KEPT["labels"].items():
        ink = goldens.picture(was["two"]).count("#") / len(goldens.picture(was["two"]))
        assert 0.1 < ink < 0.9, name
    simplified, traditional = (goldens.seen(one, *PAIR)["two"] for one in (SIMPLIFIED, TRADITIONAL))
    assert simplified != traditional


def test_the_black_and_white_label_is_read():
    """What the digest stands for is a label that works."""
    assert readback.symbols(goldens.bitmap(SIMPLIFIED, *PAIR)) == [PAYLOAD]


@pytest.mark.parametrize(
    "changes",
    [
        {"class_word": TRADITIONAL.class_word},
        {"name": SIMPLIFIED.name[::-1]},
        {"payload": PAYLOAD[:-1] + "M"},
        {"locale": "zh-Hant"},
    ],
)
def test_control_one_other_character_is_another_picture(changes):
    """Another form, another character, another address, another font."""
    was = KEPT["labels"][f"{PAIR[0]} zh-Hans"]
    assert goldens.digest(goldens.bitmap(replace(SIMPLIFIED, **changes), *PAIR)) != was["sha256"]


def test_control_one_dot_is_another_picture():
    """The smallest change there is."""
    image = goldens.bitmap(SIMPLIFIED, *PAIR)
    assert goldens.digest(image) == KEPT["labels"][f"{PAIR[0]} zh-Hans"]["sha256"]
    image.putpixel((3, 3), 255 - image.getpixel((3, 3)))
    assert goldens.digest(image) != KEPT["labels"][f"{PAIR[0]} zh-Hans"]["sha256"]


def test_a_picture_survives_being_written_as_lengths():
    """There and back."""
    image = goldens.crop(goldens.bitmap(SIMPLIFIED, *PAIR), SIMPLIFIED, *PAIR)
    assert goldens.lengths(goldens.unrolled(goldens.lengths(image))) == goldens.lengths(image)
