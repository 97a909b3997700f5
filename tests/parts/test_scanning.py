"""Where a scanned or typed text leads."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from remanu.drawing import rescue
from remanu.rules import identity
from tests.accounts import site
from tests.parts import pictures

LABEL = "7F3K2M"


def address(item, host="ID.EXAMPLE.TEST"):
    """What a label of the part says."""
    return f"https://{host}/{item.code}/{LABEL}"


@pytest.mark.parametrize(
    "written",
    [
        address,
        lambda item: address(item).lower().replace("https", "HTTPS"),
        lambda item: address(item) + "/",
        lambda item: item.code,
        lambda item: identity.group(item.code).lower(),
        lambda item: f" {item.code[:4]} {item.code[4:]} ",
    ],
)
@pytest.mark.parametrize("name", ["text", "code"])
def test_our_own_part_opens(hall, technician, written, name):
    """However it is written."""
    item = hall.item()
    answer = technician.get("/scan", query_string={name: written(item)})
    assert answer.status_code == 303
    assert answer.location.partition("?")[0] == f"/parts/{item.id}"


def test_the_label_that_was_read_comes_along(hall, technician):
    """The page may then say what it knows of it."""
    item = hall.item()
    assert technician.get("/scan", query_string={"text": address(item)}).location.endswith(f"label={LABEL}")


def test_another_organisations_part_opens_its_public_page(technician, other):
    """What anybody may see, and no more."""
    item = other.item()
    answer = technician.get("/scan", query_string={"text": address(item)})
    assert (answer.status_code, answer.location) == (302, f"/{item.code}/{LABEL}")


def test_who_signs_in_from_a_scanned_part_comes_to_that_part(hall, web):
    """The public page of the label keeps the part for him."""
    item = hall.item()
    page = site.browser(web).get(f"/{item.code}").text
    offered = f'href="/sign-in?next=/scan%3Ftext%3D{item.code}"'
    assert offered in page
    answer = hall.browser(web, "technician").get(f"/scan?text={item.code}")
    assert answer.location.partition("?")[0] == f"/parts/{item.id}"


def test_whoever_is_not_signed_in_sees_the_public_page(hall, web):
    """So does the administrator, who reads no parts."""
    item = hall.item()
    for browser in (site.browser(web), hall.browser(web, "admin")):
        assert browser.get("/scan", query_string={"text": item.code}).location == f"/{item.code}"


def test_an_unknown_code_warns(technician):
    """Well formed and in no record: do not install."""
    code = identity.new_item_code(lambda _bits: 5)
    answer = technician.get("/scan", query_string={"text": code})
    assert answer.status_code == 404
    assert "Do not install the part" in answer.text
    assert identity.group(code) in answer.text


def test_a_wrong_character_is_told_apart(hall, technician):
    """The check character sees it."""
    code = hall.item().code
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    answer = technician.get("/scan", query_string={"text": wrong})
    assert answer.status_code == 422
    assert "One character of this code is wrong" in answer.text
    assert wrong in answer.text


@pytest.mark.parametrize(
    "foreign",
    [
        "https://id.example.test.evil.example/{code}/{label}",
        "https://id.example.test@evil.example/{code}",
        "http://xn--id-example.test/{code}",
        "https://example.org/",
    ],
)
def test_a_foreign_label_is_not_opened(hall, technician, foreign):
    """However alike it looks (T4); what it says is shown as text."""
    text = foreign.format(code=hall.item().code, label=LABEL)
    answer = technician.get("/scan", query_string={"text": text})
    assert answer.status_code == 422
    assert "leads to another site" in answer.text
    assert f'href="{text}"' not in answer.text


@pytest.mark.parametrize(
    "text", ["NW-6L-200", "<b>x</b>", "a" * 3000, "\x07", "柴油", "/etc/passwd", "javascript:1"]
)
def test_something_else_leads_to_search(technician, text):
    """A maker's mark is no code of ours, and may be searched for."""
    answer = technician.get("/scan", query_string={"text": text})
    assert answer.status_code == 422
    assert "This is not one of our codes" in answer.text
    assert "<b>x</b>" not in answer.text
    assert "/search?q=" in answer.text


def test_search_is_not_offered_to_strangers(web):
    """They have none."""
    assert "/search?q=" not in site.browser(web).get("/scan?text=NW-6L").text


def test_the_scanner_works_without_script_and_may_compile(technician):
    """Typing and a photo are plain forms; this page alone may run WebAssembly."""
    answer = technician.get("/scan")
    assert 'name="text"' in answer.text
    assert 'name="photo"' in answer.text
    assert "wasm-unsafe-eval" in answer.headers["Content-Security-Policy"]
    assert "wasm-unsafe-eval" not in technician.get("/search").headers["Content-Security-Policy"]


def photo(browser, content):
    """Send a photo of a label."""
    return browser.post("/scan", data={"photo": (io.BytesIO(content), "label.png")})


def test_a_photo_of_a_label_is_read(hall, technician):
    """On the server, for who has no camera in the browser."""
    item = hall.item()
    answer = photo(technician, pictures.label(address(item)))
    assert answer.status_code == 303
    assert f"/parts/{item.id}" in answer.location


def test_a_scratched_label_is_read_all_the_same(hall, technician):
    """Through filters, where the reader alone sees nothing."""
    item = hall.item()
    content = pictures.scratched(address(item))
    assert rescue.plain(Image.open(io.BytesIO(content))) == []
    assert f"/parts/{item.id}" in photo(technician, content).location


def test_labels_of_two_parts_on_one_photo_are_not_guessed_at(hall, technician):
    """The wrong part must not open."""
    content = pictures.beside(address(hall.item()), address(hall.item()))
    answer = photo(technician, content)
    assert answer.status_code == 422
    assert "several parts" in answer.text


@pytest.mark.parametrize("content", [b"", b"nonsense", pictures.png(), b"%PDF-1.7"])
def test_a_photo_without_a_label_says_so(technician, content):
    """With what to do, never with a failure."""
    answer = photo(technician, content)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_another_layout_does_not_change_the_label(hall, technician):
    """The label has no check character: with Y for Z it would be another label, though the part's code is whole."""
    item = hall.item()
    keys = f"https://ID.EXAMPLE.TEST/{item.code}/ZZZZZZ"
    for text in (f"httpÖ--id-{item.code}-YYYYYY", keys):
        answer = technician.get("/scan", query_string={"text": text, "keys": keys})
        assert "label=ZZZZZZ" in answer.location


def test_a_typed_text_may_be_posted(hall, technician):
    """By a hardware scanner's own program."""
    item = hall.item()
    assert technician.post("/scan", data={"text": item.code}).status_code == 303


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_photos_have_a_limit_of_their_own(technician):
    """Reading a picture is dear: after thirty in a minute the next one waits, and typing goes on (ASVS 2.4.1)."""
    answers = [photo(technician, b"no picture").status_code for _ in range(31)]
    assert answers == [422] * 30 + [429]
    assert technician.get("/scan").status_code == 200
