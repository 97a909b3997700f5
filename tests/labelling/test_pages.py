"""Pages and JSON of labels: from the reservation to the delivery, as browsers and programs do it."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from remanu.drawing.media import media_names
from remanu.labelling import actions, queries
from remanu.parts.models import Item


def photo():
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "JPEG")
    return io.BytesIO(out.getvalue()), "label.jpg"


def send(browser, address, **values):
    """Fill in the form of an act and send it, with the key that the page gave."""
    page = browser.get(address).text
    key = page.partition('name="key" value="')[2].partition('"')[0]
    expected = page.partition('name="expected" value="')[2].partition('"')[0]
    return browser.post(address, data={"key": key, "expected": expected, **values})


def _told(page: str) -> list[str]:
    """The controls beside which a page says that what is typed stands in the public record."""
    return re.findall(r'name="(\w+)"[^>]*aria-describedby="[^"]*f-\1-public"', page)


def the_label(bench):
    """The newest label of the engine."""
    return bench.place.ask(queries.labels_of, bench.place.org_id, bench.item_id)[0]


def test_the_whole_way(bench, officer, sign_in):
    """Reserve, print, put on, read back, deliver: each page leads to the next."""
    answer = send(
        officer, f"/parts/{bench.item_id}/reserve", placement="part", locale="en", media="roll-70x40"
    )
    row = the_label(bench)
    here = f"/labels/{row.id}"
    assert (answer.status_code, answer.location) == (303, here)
    assert '<p class="way-back"><a href="/">' in officer.get("/labels").text
    assert f"{here}/print" in officer.get(here).text
    assert _told(officer.get(f"{here}/print").text) == ["printer"]
    assert send(officer, f"{here}/print", printer="Hall 2", media="roll-70x40").status_code == 303
    technician = sign_in("technician")
    assert f"{here}/apply" in technician.get(here).text
    assert send(technician, f"{here}/apply", photos=photo()).status_code == 303
    assert send(technician, f"{here}/read_back", code=row.payload).status_code == 303
    assert bench.case.state == "LABELLED"
    logistics = sign_in("logistics")
    assert _told(logistics.get(f"/cases/{bench.case_id}/deliver").text) == []
    sent = {"customer": "Fjord Ferries", "delivery_note": "DN-17", "warranty_from": "2026-03-02"}
    answer = send(logistics, f"/cases/{bench.case_id}/deliver", import_checked="on", **sent)
    assert answer.status_code == 303
    assert bench.case.state == "IN_SERVICE"


def test_forms_suggest(bench, officer):
    """Place, language and stock are chosen already; a print keeps the stock."""
    page = officer.get(f"/parts/{bench.item_id}/reserve?lang=zh-Hans").text
    assert 'value="part" checked' in page
    assert 'value="zh-Hans" checked' in page
    assert 'value="roll-70x40" selected' in page
    assert 'value="a4-l7160" selected' in officer.get(f"/labels/{bench.reserve(media='a4-l7160')}/print").text


def test_what_the_camera_read_waits_in_the_form(bench, sign_in):
    """The scanner leads back to the form with the text; it is recorded by a press, never by a link."""
    label = bench.applied()
    payload = bench.label(label).payload
    page = sign_in("technician").get(f"/labels/{label}/read_back", query_string={"text": payload})
    assert f'value="{payload}"' in page.text
    assert "data-scanner" not in page.text
    before = sign_in("label_officer").get(f"/labels/{label}/read_back").text
    assert f'data-action="/labels/{label}/read_back"' in before
    assert "'wasm-unsafe-eval'" in page.headers["Content-Security-Policy"]
    assert bench.label(label).state == "applied"


def test_a_wrong_scan_keeps_what_was_read(bench, sign_in):
    """The reason stands beside the field, with the text."""
    label = bench.applied()
    answer = send(sign_in("technician"), f"/labels/{label}/read_back", code="https://evil.test/x")
    assert answer.status_code == 422
    assert "This label leads to another site" in answer.text
    assert 'value="https://evil.test/x"' in answer.text


def test_without_a_photo(bench, officer):
    """The form asks for it, nothing is recorded."""
    label = bench.printed()
    answer = send(officer, f"/labels/{label}/apply")
    assert answer.status_code in {409, 422}
    assert bench.label(label).state == "printed"


def test_a_stale_form(bench, officer):
    """Somebody replaced the label while the form was open: 412, and the other's change is shown."""
    label = bench.printed()
    page = officer.get(f"/labels/{label}/revoke").text
    key = page.partition('name="key" value="')[2].partition('"')[0]
    bench.place.do(actions.report_lost, bench.officer, label)
    answer = officer.post(
        f"/labels/{label}/revoke", data={"key": key, "expected": "printed", "why": "copied"}
    )
    assert answer.status_code == 412
    assert bench.label(label).state == "lost"


def test_a_label_that_gave_way(bench, officer):
    """The page of a superseded label leads to the one that took its place, and back."""
    old = bench.printed()
    new = bench.place.do(actions.supersede, bench.officer, old, why="damaged").body.replacement.label
    assert f"/labels/{new}" in officer.get(f"/labels/{old}").text
    assert f"/labels/{old}" in officer.get(f"/labels/{new}").text


def test_who_may_not_sees_who_may(bench, sign_in):
    """The next step is grey for an inspector and names the roles."""
    page = sign_in("inspector").get(f"/labels/{bench.reserve()}").text
    assert "Label officer" in page
    assert 'aria-disabled="true"' in page


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_label_without_room_names_a_stock_that_has_it(bench, officer):
    """Whoever prints needs a name to look for on the shelf, and nothing is printed."""
    bench.change(Item, bench.item_id, serial="W" * 14)
    label = bench.reserve(media="roll-50x30")
    page = send(officer, f"/labels/{label}/print", printer="Hall 2", media="roll-50x30")
    assert page.status_code == 422
    named = page.text.partition("The smallest stock that holds it:")[2]
    assert re.search(r'class="code">([a-z0-9-]+)<', named)[1] in set(media_names()) - {"roll-50x30"}
    assert bench.label(label).state == "reserved"


def test_lists(bench, in_process, officer):
    """Labels of one part, labels that wait, labels in one state; an empty list teaches."""
    empty = officer.get("/labels").text
    assert "No labels here" in empty
    active, tag = bench.active(), in_process.reserve()
    assert tag in officer.get("/labels").text
    assert active not in officer.get("/labels").text
    assert active in officer.get("/labels?state=active").text
    page = officer.get(f"/labels?item={bench.item_id}").text
    assert active in page
    assert tag not in page
    assert officer.get("/labels?item=nothing").status_code == 404
    assert officer.get("/labels?state=odd&after=zzz").status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_every_page_in_every_language(bench, officer, language):
    """No page fails in any language."""
    label = bench.active()
    for address in (
        "/labels",
        f"/labels/{label}",
        f"/parts/{bench.item_id}/reserve",
        f"/labels/{label}/supersede",
        f"/labels/{label}/report_lost",
        f"/labels/{label}/revoke",
        f"/labels/{label}/destroy",
        f"/labels/{label}/print",
        f"/labels/{label}/apply",
        f"/labels/{label}/read_back",
    ):
        answer = officer.get(address, query_string={"lang": language, "item": bench.item_id})
        assert answer.status_code == 200, address
        assert f'lang="{language}"' in answer.text


def call(browser, address, values, *, key="k-1"):
    """An act over JSON."""
    return browser.post(f"/api/v1{address}", json=values, headers={"Idempotency-Key": key})


def test_json(bench, officer):
    """The same acts over JSON, once for each key, and the rows as they stand."""
    values = {"placement": "part", "locale": "en", "media": "roll-70x40"}
    first = call(officer, f"/parts/{bench.item_id}/reserve", values)
    assert first.status_code == 200, first.text
    more = first.json["more"]
    assert call(officer, f"/parts/{bench.item_id}/reserve", values).json == first.json
    row = officer.get(f"/api/v1/labels/{more['label']}").json
    assert (row["payload"], row["state"]) == (more["payload"], "reserved")
    assert [one["id"] for one in officer.get(f"/api/v1/parts/{bench.item_id}/labels").json] == [more["label"]]
    again = call(officer, f"/parts/{bench.item_id}/reserve", values, key="k-2")
    assert (again.status_code, again.json["code"]) == (409, "guard-failed")
    assert again.json["missing"] == ["placement_free"]


def test_json_reads_back(bench, sign_in):
    """A program sends what its scanner read, and evidence it uploaded before."""
    label = bench.printed()
    technician = sign_in("technician")
    cited = technician.post("/api/v1/evidence", data={"file": photo()}).json
    assert call(technician, f"/labels/{label}/apply", {"evidence": cited}).status_code == 200
    wrong = call(technician, f"/labels/{label}/read_back", {"code": bench.item.code}, key="k-2")
    assert (wrong.status_code, wrong.json["why"]) == (422, "scan-without-label")
    right = call(technician, f"/labels/{label}/read_back", {"code": bench.label(label).payload}, key="k-3")
    assert right.status_code == 200


@pytest.mark.parametrize("values", [{}, {"why": "because"}, {"why": "copied", "more": 1}, {"why": None}])
def test_odd_json(bench, officer, values):
    """Missing, unknown and surplus fields are refused and named."""
    label = bench.printed()
    answer = call(officer, f"/labels/{label}/revoke", values)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid-form")
    assert bench.label(label).state == "printed"
