import hashlib
import tomllib

import pytest

from remanu.config import resource
from remanu.drawing import faces
from remanu.drawing.certificate import _words
from remanu.drawing.faces import FOLDER, load, settled, split

FONTS = tomllib.loads((FOLDER / "FONTS.toml").read_text("utf-8"))["font"]


def broken(folder):
    """Files whose bytes are not those that the list names."""
    return [
        one["file"]
        for one in FONTS
        if hashlib.sha256((folder / one["file"]).read_bytes()).hexdigest() != one["sha256"]
    ]


def test_every_font_is_the_one_that_is_listed():
    """Digests hold, and no font lies there that the list does not name."""
    assert broken(FOLDER) == []
    assert {path.name for path in FOLDER.glob("*.ttf")} == {one["file"] for one in FONTS}


def test_a_changed_font_is_noticed(tmp_path):
    """Control: one byte more is found."""
    for one in FONTS:
        (tmp_path / one["file"]).write_bytes((FOLDER / one["file"]).read_bytes())
    with (tmp_path / FONTS[0]["file"]).open("ab") as file:
        file.write(b"\0")
    assert broken(tmp_path) == [FONTS[0]["file"]]


def test_licences_lie_beside_the_fonts():
    """Each font names its licence text, which is the OFL with a copyright line, and no address to fetch from."""
    for one in FONTS:
        licence = (FOLDER / one["licence_file"]).read_text("utf-8")
        assert one["licence"] == "OFL-1.1"
        assert licence.startswith("Copyright")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "://" not in (FOLDER / "FONTS.toml").read_text("utf-8")


@pytest.mark.parametrize(("encoding", "highs"), [("gb2312", range(0xB0, 0xF8)), ("big5", range(0xA4, 0xC7))])
@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant"])
def test_all_common_characters_can_be_set(encoding, highs, locale):
    """GB 2312 and Big5 level 1 are whole in both lists of faces."""
    raw = b"".join(bytes((high, low)) for high in highs for low in range(0xA1, 0xFF))
    text = raw.decode(encoding, "ignore")
    assert len(text) > 3000
    assert "".join(span.text for span in split(text, locale)) == text


@pytest.mark.parametrize("locale", ["en", "zh-Hans", "zh-Hant"])
def test_headings_have_their_weight(locale):
    """SemiBold sets every heading of the certificate and every fixed word of the labels."""
    words = _words(resource("templates") / "certificate" / "words.toml")[locale]
    for key in ("title", "notice", "continuation"):
        assert settled(words[key], locale, "SemiBold") == "SemiBold"
    for word in {
        "en": ["REMANUFACTURED"],
        "zh-Hans": ["再制造产品", "未放行 · 在制"],
        "zh-Hant": ["再製造產品"],
    }[locale]:
        assert settled(word, locale, "SemiBold") == "SemiBold"


def test_the_small_weight_stays_small():
    """SemiBold is cut to words; it never grows into a second full set."""
    assert all((FOLDER / one["file"]).stat().st_size < 200_000 for one in FONTS if "SemiBold" in one["file"])


def test_faces_know_what_their_files_hold():
    """The number of characters in the list is the number that the face sets."""
    for one in FONTS:
        glyphs = load(one["file"].removesuffix(".ttf")).face.charToGlyph
        assert one["characters"] <= len(glyphs) <= one["characters"] + 1
    assert set(faces.FAMILIES) == {"en", "zh-Hans", "zh-Hant"}
