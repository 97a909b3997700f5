import pytest

from remanu.drawing import stock
from remanu.drawing.media import media_names, parse_media, read_media
from remanu.errors import CannotDraw


@pytest.mark.parametrize("name", media_names())
def test_every_stock_has_its_places_on_the_page(name):
    """Labels of a sheet lie on the page, apart from each other; a roll has no grid."""
    media = read_media(name)
    assert media.title
    if media.grid is None:
        assert name.startswith("roll-")
        return
    places = [media.grid.origin(place) for place in range(media.grid.places)]
    assert len(set(places)) == media.grid.columns * media.grid.rows
    assert all(
        x + media.width <= media.grid.page_width and y + media.height <= media.grid.page_height
        for x, y in places
    )
    assert media.min_module / media.dot >= 4


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("columns = 3", "columns = 4"),
        ("rows = 7", "rows = 8"),
        ("pitch_x = 66.04", "pitch_x = 60"),
        ("dpi = 600", "dpi = 0"),
        ("width = 63.5", "wide = 63.5"),
        ("columns = 3", "columns = 2.5"),
    ],
)
def test_an_impossible_sheet_is_refused(old, new):
    """Labels over the edge or over each other, and odd values, are refused."""
    text = stock.read("media", "a4-l7160")
    assert parse_media("whole", text).grid.places == 21
    with pytest.raises(CannotDraw) as caught:
        parse_media("odd", text.replace(old, new, 1))
    assert caught.value.details["why"] == "media-refused"


def test_unknown_stock_is_named():
    """A stock that is not there is refused by its name."""
    with pytest.raises(CannotDraw) as caught:
        read_media("a4-none")
    assert caught.value.details == {"why": "unknown-media", "name": "a4-none"}
