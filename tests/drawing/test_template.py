from dataclasses import replace
from itertools import product

import pytest

from remanu.drawing import stock
from remanu.drawing.layout import drawings, layout
from remanu.drawing.media import media_names, read_media
from remanu.drawing.preflight import fits
from remanu.drawing.template import parse_template, read_template, template_names
from remanu.errors import CannotDraw
from tests.drawing.specimens import LABELS, PAIRS

LEAST = 'kind = "label"\nwidth = 40\nheight = 30\n[[qr]]\nx = 0\ny = 0\nsize = 25\nmin_module = 0.5\n'

HOSTS = ("ID.EXAMP.TEST", "ID.EXAMPL.TEST", "ID.EXAMPLE.TEST", "ID.EXAMPLES.TEST", "ID.EXAMPLE-X.TEST")


def test_every_template_is_drawn_somewhere():
    """All templates of the folder parse, stand in the specimens, and fit a stock there is."""
    assert set(template_names()) == {template for template, _ in PAIRS}
    for name in template_names():
        template = read_template(name)
        sizes = [(media.width, media.height) for media in map(read_media, media_names())]
        assert any(template.width <= width and template.height <= height for width, height in sizes)
        assert template.kind == name.partition("-")[0]


def test_a_tag_never_says_what_only_a_label_may():
    """A tag shows neither class nor certificate nor life, and says that the part is not released."""
    for name in template_names():
        template = read_template(name)
        fields = {text.field for text in template.texts} | {
            row.field for table in template.tables for row in table.rows
        }
        if template.kind == "tag":
            assert not fields & {"class_word", "certificate", "life", "standard"}
            assert any("NOT RELEASED" in text.words.get("en", "") for text in template.texts)
        else:
            assert fields >= {"class_word", "certificate", "life", "standard", "organisation", "date"}
        assert fields >= {"code", "host", "name", "part_number", "serial", "watermark"}


@pytest.mark.parametrize(
    "text",
    [
        LEAST + 'colour = "red"\n',
        LEAST.replace("width = 40", "width = 0"),
        LEAST.replace('"label"', '"sticker"'),
        LEAST.partition("[[qr]]")[0],
        LEAST + "[[text]]\nx = 0\ny = 26\nw = 9\nh = 4\n",
        LEAST + '[[text]]\nx = 0\ny = 26\nw = 9\nh = 4\nfield = "price"\n',
        LEAST
        + '[[text]]\nx = 0\ny = 26\nw = 9\nh = 4\nfield = "name"\nwords = { en = "a", zh-Hans = "b", zh-Hant = "c" }\n',
        LEAST + '[[text]]\nx = 0\ny = 26\nw = 9\nh = 4\nwords = { en = "only one language" }\n',
        LEAST + '[[text]]\nx = 0\ny = 26\nw = 9\nh = 4\nfield = "name"\nmin_size = 3\n',
        LEAST + "[[table]]\nx = 0\ny = 26\nw = 9\nh = 4\nrows = []\n",
        LEAST + "= broken",
    ],
)
def test_an_odd_template_is_refused(text):
    """Unknown keys, missing languages, type too small to read: each is refused with the file's name."""
    with pytest.raises(CannotDraw) as caught:
        parse_template("odd", text)
    assert caught.value.details["why"] == "template-refused"
    assert caught.value.details["file"] == "odd.toml"
    assert caught.value.details["faults"]


def test_the_least_template_is_taken():
    """Control: what the refusals above start from is itself in order."""
    assert parse_template("least", LEAST).codes[0].box.w == 25


@pytest.mark.parametrize("name", ["nowhere", "../media/roll-70x40", "Label-70x40", ""])
def test_only_names_of_the_shelf_are_read(name):
    """A name is never a path."""
    with pytest.raises(CannotDraw) as caught:
        stock.read("templates", name)
    assert caught.value.details["why"] == "unknown-template"


@pytest.mark.parametrize("kind", ["label", "tag"])
@pytest.mark.parametrize("stock_name", media_names())
def test_the_widest_code_of_a_label_has_room(stock_name, kind):
    """Six wide letters behind the host are one code in many: a stock may not refuse a label by lot.

    Hosts of 13 to 17 characters, every language, and every drawing that the stock has room for.
    """
    media = read_media(stock_name)
    for template in (one for one in drawings(kind, media) if fits(one, media)):
        for label, host in product(LABELS, HOSTS):
            assert layout(replace(label, host=f"{host} WWWWWW"), template, media).runs


def test_the_hosts_are_as_long_as_they_say():
    """Control: each length once."""
    assert [len(host) for host in HOSTS] == [13, 14, 15, 16, 17]


def test_control_a_host_far_too_long_is_refused():
    """Control: the room that the test above finds is not boundless."""
    worst = replace(LABELS[0], host="ID.A-HOST-OF-MORE-LETTERS-THAN-ANY-LABEL-HOLDS.EXAMPLE WWWWWW")
    for template, media in PAIRS:
        with pytest.raises(CannotDraw, match="text-too-long"):
            layout(worst, read_template(template), read_media(media))
