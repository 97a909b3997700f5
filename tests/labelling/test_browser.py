"""Labels through the browser's own print command: the paper it makes has the stock's size and decodes."""

from __future__ import annotations

import re

import pypdfium2
import pytest
import zxingcpp

from tests.drawing import readback

SITE = "https://labels.test"


@pytest.fixture
def three(bench):
    """Three reserved labels of the engine on the roll of 70 by 40."""
    return [bench.reserve(placement=one, locale="zh-Hans") for one in ("part", "packing", "document")]


def served(client):
    """Answers the browser's requests from the application, without a server between."""

    def answer(route):
        given = client.get(route.request.url.removeprefix(SITE), headers={"Sec-Fetch-Site": "same-origin"})
        route.fulfill(status=given.status_code, headers=dict(given.headers), body=given.data)
        given.close()

    return answer


@pytest.mark.browser
@pytest.mark.xdist_group("chromium")
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_chromium_prints_true_size(launch, bench, officer, three):
    """One page a label, as large as its stock; the symbol measures what it does in the PDF and says its own address."""
    browser = launch()
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.route("**/*", served(officer))
    page.goto(f"{SITE}/labels/print?ids={','.join(three)}")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    browser.close()
    assert said == []
    with pypdfium2.PdfDocument(paper) as document:
        sizes = [tuple(points * 25.4 / 72 for points in page.get_size()) for page in document]
    assert len(sizes) == len(three)
    for width, height in sizes:
        # Chromium makes pages of whole pixels of a ninety-sixth of an inch.
        assert (width, height) == (pytest.approx(70, abs=0.27), pytest.approx(40, abs=0.27))
    images = readback.pages(paper, 300)
    assert [readback.symbols(image) for image in images] == [[bench.label(one).payload] for one in three]
    (plain,) = readback.pages(officer.get(f"/labels/{three[0]}.pdf").data, 300)
    assert _side(images[0]) == pytest.approx(_side(plain), abs=2)


@pytest.mark.browser
@pytest.mark.xdist_group("chromium")
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_label_that_is_drawn_up_is_shown_at_once(launch, bench, officer, three):
    """Every choice changes what is seen: the part's words, and what is lacking by name; nothing is complained of."""
    browser = launch()
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.route("**/*", served(officer))
    page.goto(f"{SITE}/label-designs/draft_design")
    assert page.locator("[data-plain]:visible").count() == 0
    page.select_option("#item", bench.item_id)
    page.wait_for_selector(f"[data-preview] img[src*='{bench.item_id}']")
    page.check("[name=side][value=right]")
    page.wait_for_selector("[data-preview] img[src*='side=right']")
    images = page.locator("[data-preview] img")
    assert images.first.evaluate("one => one.width") == round(70 / 25.4 * 96)
    page.select_option("select[name='rows.6']", "")
    page.wait_for_selector("[data-preview] .notice")
    assert "Number of the certificate" in page.inner_text("[data-preview] .notice")
    browser.close()
    assert said == []


def _side(image) -> float:
    """The upper side of the symbol in dots, as a decoder sees it."""
    (found,) = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    return found.position.top_right.x - found.position.top_left.x


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_where_it_stands_and_what_it_refuses(officer, sign_in, three):
    """Beside PDF and ZPL of a roll; a sheet, nothing, somebody else's and too many are refused by name."""
    assert f"/labels/print?ids={three[0]}" in officer.get(f"/labels/{three[0]}").text
    for query, status in (
        ("", 422),
        (f"ids={three[0]}&media=a4-l7160", 422),
        (f"ids={three[0]}&media=roll-9x9", 422),
        ("ids=nobody", 404),
        ("ids=" + ",".join(map(str, range(201))), 422),
    ):
        assert officer.get(f"/labels/print?{query}").status_code == status, query
    assert officer.get("/labels/print.css?media=roll-50x30&drawing=price").status_code == 404
    css = officer.get("/labels/print.css?media=roll-50x30&drawing=label-50x30")
    assert css.mimetype == "text/css"
    assert re.search(r"size: 50mm 30mm", css.text)
    assert sign_in("technician").get(f"/labels/print?ids={three[0]}").status_code == 200
