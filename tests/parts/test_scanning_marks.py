"""Where a scanned mark of somebody else leads: to the part that has it, to parts to choose from, or to what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.parts import actions
from tests import application
from tests.accounts import site
from tests.parts.naming import GTIN, UII, confirmed, minted

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def scan(browser, text, **more):
    """A text at the scan entry."""
    return browser.get("/scan", query_string={"text": text, **more})


def known(hall, value, **more):
    """A part that has this identifier."""
    item = hall.item()
    hall.do("technician", actions.add_identifier, item.id, value=value, **more)
    return item


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (f"(01){GTIN}(21)A1", f"https://id.maker.test/01/{GTIN}/21/A1"),
        (f"(01){GTIN}(21)A1", f"]d201{GTIN}21A1"),
        (UII, UII),
        (UII, "[)><RS>12<GS>MFR 1AB23<GS>SER 0815-X<RS><EOT>"),
    ],
)
def test_the_part_that_has_it_opens(hall, technician, value, text):
    """Whatever carries the same identifier."""
    item = known(hall, value)
    answer = scan(technician, text)
    assert (answer.status_code, answer.location) == (303, f"/parts/{item.id}")


def test_part_number_and_serial(hall, technician):
    """The very serial opens its part; of two parts with it the part number tells; a piece lists what it may be."""
    item = hall.item(part_number="QX-200", serial="77-A")
    hall.item(part_number="QX-200", serial="77-A-2")
    for text in ("77-A", "77 a", "S/N 77-A", "P/N QX-200 S/N 77-A"):
        assert scan(technician, text).location == f"/parts/{item.id}"
    twin = hall.item(part_number="QX-201", serial="77-A")
    assert scan(technician, "P/N qx201 S/N 77-A").location == f"/parts/{twin.id}"
    for text in ("77-A", "77-"):
        answer = scan(technician, text)
        assert (answer.status_code, "Which part is it?" in answer.text) == (300, True)
        assert item.id in answer.text
    assert scan(technician, "P/N QX-999 S/N Z9Z9Z").status_code == 422
    assert scan(technician, "S/N 7").status_code == 422


def test_a_code_that_nobody_knows(hall, technician, web):
    """What was read is shown, and what may be done; a stranger is offered nothing that he may not do."""
    text = f"https://id.maker.test/01/{GTIN}/21/A1"
    answer = scan(technician, text)
    assert answer.status_code == 404
    for shown in ("Nobody here knows this code", f"({'01'}) {GTIN}", "id.maker.test", "What to do with it"):
        assert shown in answer.text
    assert f'href="{text}"' not in answer.text
    stranger = scan(site.browser(web), text)
    assert (stranger.status_code, "What to do with it" in stranger.text) == (404, False)


def test_it_is_linked_to_a_part(hall, technician):
    """The code of the part, then the form with the mark in it."""
    item = hall.item()
    answer = scan(technician, item.code, mark="(8004)9506000ROTOR")
    assert answer.location == f"/parts/{item.id}/add_identifier?value=(8004)9506000ROTOR"
    assert 'value="(8004)9506000ROTOR"' in technician.get(answer.location).text


def test_what_another_organisation_recorded_stays_its_own(hall, technician, other):
    """A mark that it read leads nowhere here; a key that it gave leads to the public page, for strangers too."""
    known(other, UII)
    assert scan(technician, UII).status_code == 404
    confirmed(other)
    item = other.item()
    body = minted(other, item).body
    assert scan(technician, body.value).location == f"/{item.code}"


def test_a_key_of_ours(hall, technician, web):
    """Its own organisation comes to the part, a stranger to the public page."""
    confirmed(hall)
    item = hall.item()
    link = f"https://id.example.test/01/{GTIN}/21/{item.code}"
    minted(hall, item)
    assert scan(technician, link).location == f"/parts/{item.id}"
    assert scan(site.browser(web), link).location == f"/{item.code}"


def test_a_former_host_leads_here_once_it_is_an_alias(hall, technician):
    """Before that it is a foreign one (labels.md §1.4)."""
    item = hall.item()
    text = f"https://OLD.EXAMPLE.NET/{item.code}"
    foreign = scan(technician, text)
    assert (foreign.status_code, "leads to another site" in foreign.text) == (422, True)
    aliased = replace(hall.place.config, label_aliases=("https://old.example.net",))
    stranger = site.browser(application.site(aliased, hall.database))
    assert scan(stranger, text).location == f"/{item.code}"


def test_the_same_as_json(hall, technician, other, web):
    """What it is and where it leads, for programs; another organisation's part is known and not opened."""

    def told(text):
        return technician.get("/api/v1/scan", query_string={"text": text}).json

    item, theirs = hall.item(serial="77-A"), other.item()
    own = told(f"https://ID.EXAMPLE.TEST/{item.code}/7F3K2M")
    assert (own["kind"], own["code"], own["label"], own["item_id"]) == ("own", item.code, "7F3K2M", item.id)
    foreign = told(theirs.code)
    assert (foreign["code"], foreign["known"], foreign["item_id"]) == (theirs.code, True, None)
    found = told("S/N 77-A")
    assert (found["exact"], [one["id"] for one in found["candidates"]]) == (True, [item.id])
    mark = told(UII)
    assert (mark["kind"], mark["known"], mark["identifiers"][0]["scheme"]) == ("mark", False, "iso-uii")
    gs1 = told(f"https://id.maker.test/01/{GTIN}/21/A1")
    assert (gs1["host"], gs1["elements"][1]) == ("id.maker.test", {"ai": "21", "value": "A1"})
    assert told("javascript:alert(1)")["why"] == "not-a-code"
    assert told("")["kind"] == "nothing"
    assert site.browser(web).get("/api/v1/scan?text=A").status_code == 401
