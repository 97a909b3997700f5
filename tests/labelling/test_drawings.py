"""What comes out of the printer: every form of a label decodes to the very string on its row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.labelling import actions
from remanu.labelling.queries import designs as design_queries
from remanu.labelling.queries import stock_of
from tests import application
from tests.accounts import site
from tests.accounts.place import PASSWORD, WORKSHOP, founded
from tests.drawing import readback, zebra

LOCALES = ("en", "zh-Hans", "zh-Hant")
_STOCKS = ("roll-70x40", "roll-50x30", "a4-l7160", "a4-l7165", "letter-5163")


def get(browser, address, **query):
    """A file, with its headers."""
    answer = browser.get(address, query_string=query)
    assert answer.status_code == 200, answer.text
    return answer


@pytest.mark.parametrize("locale", LOCALES)
def test_every_form_reads(bench, officer, locale):
    """PNG, PDF as pdfium draws it, and SVG say what was stored, in every language on every stock."""
    for media in _STOCKS:
        label = bench.printed(locale=locale, media=media)
        payload = bench.label(label).payload
        png = get(officer, f"/labels/{label}.png").data
        assert readback.symbols(readback.png(png)) == [payload], media
        pdf = get(officer, f"/labels/{label}.pdf").data
        assert readback.symbols(readback.pages(pdf, 300)[0]) == [payload], media
        svg = get(officer, f"/labels/{label}.svg").text
        assert readback.symbols(readback.svg(svg, 300)) == [payload], media
        (burnt,) = zebra.burnt(get(officer, f"/labels/{label}.zpl", dpi=300).data)
        assert readback.symbols(burnt) == [payload], media
        bench.place.do(actions.revoke, bench.officer, label, why="other")


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("png", "image/png"),
        ("pdf", "application/pdf"),
        ("svg", "image/svg+xml; charset=utf-8"),
        ("zpl", "application/octet-stream"),
    ],
)
def test_headers(bench, officer, ending, media_type):
    """Types are what they are, names say which label it is, and nothing is kept by a cache."""
    label = bench.printed()
    row = bench.label(label)
    answer = get(officer, f"/labels/{label}.{ending}")
    name = f'filename="label-{row.item_code}-{row.code}.{ending}"'
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Content-Disposition"] == f"inline; {name}"
    assert answer.headers["Cache-Control"] == "no-store"
    kept = get(officer, f"/labels/{label}.{ending}", download=1)
    assert kept.headers["Content-Disposition"] == f"attachment; {name}"


def test_json_names_every_form(bench, officer):
    """Whoever reads labels by program finds their drawings, and each of them is there."""
    label = bench.printed()
    links = get(officer, f"/api/v1/labels/{label}").json["drawings"]
    assert links.keys() == {"pdf", "svg", "png", "zpl"}
    assert {get(officer, link).mimetype for link in links.values()} == {
        "application/pdf",
        "image/svg+xml",
        "image/png",
        "application/octet-stream",
    }


def test_only_rolls_offer_zpl(bench, officer):
    """A thermal printer takes no sheets."""
    roll, leaf = bench.printed(), bench.printed(media="a4-l7160", placement="packing")
    assert f"/labels/{roll}.zpl" in get(officer, f"/labels/{roll}").text
    assert ".zpl" not in get(officer, f"/labels/{leaf}").text


def text(officer, label):
    """The text of the label's PDF."""
    return readback.text(get(officer, f"/labels/{label}.pdf").data)


@pytest.mark.parametrize(("locale", "word"), [("en", "PROOF"), ("zh-Hans", "校样"), ("zh-Hant", "校樣")])
def test_a_proof_says_so(bench, officer, locale, word):
    """Before the print is recorded every drawing carries the word; afterwards none does."""
    label = bench.reserve(locale=locale)
    assert word in text(officer, label)
    bench.place.do(actions.print, bench.officer, label, printer="Hall 2")
    assert word not in text(officer, label)


@pytest.mark.parametrize(("locale", "word"), [("en", "DEMO"), ("zh-Hans", "演示"), ("zh-Hant", "示範")])
def test_a_demonstration_says_so(bench, officer, web, locale, word):
    """An address without TLS exists in demonstrations alone, and their labels are marked for good."""
    bench.place.database.label_origin = "http://127.0.0.1:8000"
    label = bench.printed(locale=locale)
    assert bench.label(label).payload.startswith("http://127.0.0.1:8000/")
    assert word in text(officer, label)


def test_a_demonstration_with_tls(bench, config, database, place):
    """An installation that calls itself a demonstration marks its labels whatever its address."""
    app = application.site(replace(config, demonstration=True), database)
    label = bench.printed()
    place.member("officer", "label_officer")
    browser = site.browser(app)
    browser.post("/sign-in", data={"login": "officer", "password": PASSWORD})
    assert "DEMO" in text(browser, label)


def test_a_sheet(bench, officer):
    """Several labels stand in rows from the first free place, and every one reads."""
    places = ("part", "packing", "document")
    labels = [bench.printed(placement=one, media="a4-l7160") for one in places]
    pdf = get(officer, "/labels/sheet.pdf", ids=labels, start=21).data
    pages = readback.pages(pdf, 300)
    wanted = [bench.label(one).payload for one in labels]
    assert [readback.symbols(page) for page in pages] == [wanted[:1], wanted[1:]]
    again = get(officer, "/labels/sheet.pdf", ids=",".join(labels), media="a4-l7160").data
    assert readback.symbols(readback.pages(again, 200)[0]) == wanted


def test_a_proof_sheet_shows_its_cells(bench, officer):
    """The labels of the sheet in the outlines of all cells, and nothing else is different."""
    label = bench.printed(media="a4-l7160")
    payload = bench.label(label).payload
    pages = [
        readback.pages(get(officer, f"/labels/{name}.pdf", ids=label, start=2).data, 254)[0]
        for name in ("sheet", "proof")
    ]
    assert [readback.symbols(page) for page in pages] == [[payload], [payload]]
    # The left edge of the first cell, which is free.
    edges = [page.crop((70, 250, 75, 450)) for page in pages]
    assert [min(edge.tobytes()) < 200 for edge in edges] == [False, True]


def test_a_printed_label_keeps_its_drawing(bench, officer, monkeypatch):
    """A better drawing for its stock does not change how a label looks that sits on a part."""
    label, fresh = bench.printed(media="a4-l7165"), bench.reserve(media="a4-l7165", placement="packing")
    before = get(officer, f"/labels/{label}.png").data
    monkeypatch.setattr(design_queries, "stock_of", lambda kind, _media: stock_of(kind, "roll-50x30"))
    assert get(officer, f"/labels/{label}.png").data == before
    assert readback.png(get(officer, f"/labels/{fresh}.png").data).size < readback.png(before).size


@pytest.mark.parametrize("path", ["/labels/sheet.pdf", "/labels/print"])
def test_a_printed_label_is_drawn_on_its_own_stock(bench, officer, path):
    """Never on another; one that is only reserved goes on whichever is chosen, and beside printed ones on theirs."""
    roll = bench.printed(media="roll-70x40")
    other = bench.printed(media="roll-50x30", placement="packing")
    fresh = bench.reserve(media="roll-50x30", placement="document")
    for ids, media, status in (
        ([roll], "roll-50x30", 422),
        ([roll, other], "", 422),
        ([roll], "roll-70x40", 200),
        ([fresh], "roll-70x40", 200),
        ([fresh, roll], "", 200),
    ):
        answer = officer.get(path, query_string={"ids": ids, "media": media})
        assert answer.status_code == status, (ids, media)
        assert status == 200 or "printed on another stock" in answer.text


@pytest.mark.parametrize("path", ["/labels/sheet.pdf", "/labels/proof.pdf"])
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 422),
        ({"ids": ","}, 422),
        ({"ids": "nothing"}, 404),
        ({"start": "22"}, 422),
        ({"start": "0"}, 422),
        ({"start": "٣"}, 422),
        ({"media": "papyrus"}, 422),
    ],
)
def test_an_odd_sheet(bench, officer, path, query, status):
    """Nothing chosen, unknown labels and places that the sheet has not are refused in words."""
    label = bench.printed(media="a4-l7160")
    asked = {"ids": label, **query} if query and "ids" not in query else query
    answer = officer.get(path, query_string=asked)
    assert answer.status_code == status
    assert answer.mimetype == "text/html"


def test_labels_and_tags_are_not_mixed(bench, in_process, officer):
    """They are drawn differently."""
    ids = [bench.printed(), in_process.printed()]
    answer = officer.get("/labels/sheet.pdf", query_string={"ids": ids})
    assert answer.status_code == 422


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_whole_dots(bench, officer, dpi):
    """The PNG is as large as the label at the dots that are asked for, and says so itself."""
    label = bench.printed()
    image = readback.png(get(officer, f"/labels/{label}.png", dpi=dpi).data)
    assert image.size == (round(70 / 25.4 * dpi), round(40 / 25.4 * dpi))
    assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.1)
    assert readback.symbols(image) == [bench.label(label).payload]


@pytest.mark.parametrize("dpi", ["0", "-1", "99999", "x", "1e3"])
def test_odd_dots(bench, officer, dpi):
    """No drawing fills the memory."""
    assert officer.get(f"/labels/{bench.printed()}.png?dpi={dpi}").status_code == 422


def test_not_for_strangers(bench, web, sign_in):
    """Without a sign-in, for administrators and for other organisations there is no drawing."""
    label = bench.printed()
    admin = sign_in("admin")
    for ending in ("png", "pdf", "svg", "zpl"):
        assert site.browser(web).get(f"/labels/{label}.{ending}").status_code in {302, 303, 401}
        assert admin.get(f"/labels/{label}.{ending}").status_code == 403


def test_not_for_another_organisation(bench, config, database, web):
    """Another organisation's label officer sees nothing."""
    label = bench.printed()
    other = founded(database, config, replace(WORKSHOP, name_en="Workshop Two"))
    other.member("far", "label_officer")
    browser = site.browser(web)
    browser.post("/sign-in", data={"login": "far", "password": PASSWORD})
    for address in (
        f"/labels/{label}",
        f"/labels/{label}.png",
        f"/labels/{label}.zpl",
        f"/labels/sheet.pdf?ids={label}",
        f"/labels/proof.pdf?ids={label}",
    ):
        assert browser.get(address).status_code == 404


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("end", ["report_lost", "revoke", "destroy", "supersede"])
def test_a_withdrawn_label_is_void_on_paper(bench, officer, end):
    """Whoever draws it again gets VOID across it, as PDF and on a sheet; its picture says so as well."""
    label = bench.printed(media="a4-l7160")
    assert "VOID" not in readback.text(get(officer, f"/labels/{label}.pdf").data)
    more = {} if end == "report_lost" else {"why": "damaged"}
    bench.place.do(getattr(actions, end), bench.officer, label, **more)
    assert "VOID" in readback.text(get(officer, f"/labels/{label}.pdf").data)
    assert "VOID" in readback.text(get(officer, "/labels/sheet.pdf", ids=label).data)
    assert "withdrawn" in get(officer, f"/labels/{label}").text


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_who_may_not_print_gets_a_proof(bench, officer, sign_in):
    """A technician sees what is on the part and takes no second label from it. Control: the officer's has no mark."""
    label = bench.active()
    technician = sign_in("technician")
    for path, asked in ((f"/labels/{label}.pdf", {}), ("/labels/sheet.pdf", {"ids": label})):
        assert "PROOF" in readback.text(get(technician, path, **asked).data)
        assert "PROOF" not in readback.text(get(officer, path, **asked).data)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("asked", ["start", "dpi"])
def test_a_number_longer_than_any(bench, officer, asked):
    """Refused like every other one that is none."""
    label = bench.reserve()
    address = f"/labels/{label}.pdf" if asked == "start" else f"/labels/{label}.png"
    assert officer.get(f"{address}?{asked}={'9' * 5000}").status_code == 422
