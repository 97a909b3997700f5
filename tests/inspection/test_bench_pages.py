"""The pages of the bench: tests, slips of the finger, second readings, what is past measuring, the rule."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import get_template_attribute

from remanu.families.loader import load_all
from remanu.inspection import actions, queries
from remanu.inspection.schemas import context
from remanu.parts.models import Case
from tests.inspection import pages, shop
from tests.inspection.test_pages import MAIN, page_of, store, text
from tests.journeys.pictures import PHOTO

CRACKS = "crankshaft-cracks"


def send(browser, bench, verb, page, **given):
    """Send the form of a page to another act of the same part."""
    tool = re.search(r'name="instrument" value="([^"]+)" checked', page)
    typed = pages.hidden(page) | ({"instrument": tool[1]} if tool else {}) | given
    return browser.post(f"/parts/{bench.parts['crankshaft']}/{verb}", data=typed)


def test_the_page_says_where_to_measure(browser, bench):
    """And shows no limit, for it is blind."""
    page = text(page_of(browser, bench))
    assert "Each of the seven main journals from the flywheel end" in page
    assert "64.985" not in page


def test_limits_in_sight_where_the_rule_says_so(browser, bench, place, web):
    """Set by quality for one case, on a page that shows what holds now."""
    place.member("quality", "quality")
    quality = pages.signed_in(web, "quality")
    where = f"/cases/{bench.case}/set_bench"
    page = text(quality.get(where))
    assert "Nobody has set this yet" in page
    assert " checked" not in page
    done = quality.post(
        where, data=pages.hidden(page) | {"entry": "open", "second": "critical", "qualified": "role"}
    )
    assert "Shown beside the entry" in text(quality.get(done.location))
    assert "64.965 … 64.985" in text(page_of(browser, bench))
    assert "How we measure" in text(quality.get("/bench/set_bench"))


def test_on_site_the_surroundings_are_asked_for_in_sight(browser, bench):
    """They are not optional there, and a refusal stands above the pad: below it nobody sees it."""
    hall = text(page_of(browser, bench))
    assert "more-readings" in hall
    assert '<details class="more-readings" open>' not in hall
    outside = sa.update(Case).where(Case.id == bench.case).values(mode="on_site")
    bench.database.transact(lambda tx: tx.execute(outside) and None)
    page = text(page_of(browser, bench))
    assert '<details class="more-readings" open>' in page
    assert all(re.search(rf'name="{one}"[^>]* required', page) for one in ("temperature", "humidity"))
    answer = store(browser, bench, page, *shop.JOURNALS, temperature="20")
    said = text(answer)
    assert answer.status_code == 422
    assert '<a href="#f-humidity">Relative humidity</a>' in said[: said.index("data-pad")]


def test_an_insulation_is_brought_to_the_temperature_of_its_limits(web, bench):
    """Its page names that, not the one of lengths, and the result shows what was read beside what was judged."""
    truck = load_all()["mining-truck"]
    (asked,) = [one for one in truck.characteristics if one.code == "stator-insulation"]
    with web.test_request_context():
        said = get_template_attribute("inspection/_bench.html", "around")(
            {}, {}, asked.unit, warm=asked.wants_temperature, brought_to=asked.halving.at_cel
        )
        warm, same = (
            context.lines_of(truck, "wheel-motor", [_read(asked.code, '["620"]', deciding=one)])[0]
            for one in ("89.0", "620")
        )
    assert "The reading is brought to 40 °C" in said
    assert "20 °C" not in said
    assert (warm["readings"], warm["brought_to"]) == (["620"], "40")
    assert same["brought_to"] == ""


def _read(code, readings, *, deciding):
    return SimpleNamespace(characteristic=code, readings=readings, deciding=deciding)


def test_a_slip_is_asked_about_and_nothing_typed_is_lost(browser, bench):
    """Did you mean: the reading is marked, the others stay, a tick says that it is so all the same."""
    typed = (*shop.JOURNALS[:6], "64965")
    answer = store(browser, bench, text(page_of(browser, bench)), *typed, humidity="45")
    page = text(answer)
    assert answer.status_code == 422
    assert "Did you mean 64.965 mm?" in page
    assert all(f'value="{one}"' in page for one in (*typed, "45"))
    assert re.search(r'name="sure\.0" value="64965">', page)
    sure = store(browser, bench, page, *typed, **{"sure.0": "64965"})
    assert sure.status_code == 303
    assert bench.results("crankshaft")[MAIN, "as_found"].zone == "between_new_and_service"


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ({"values.6": "64,971"}, "a comma is read in two ways"),
        ({"values.6": "64 971.0"}, "Leave out what separates thousands"),
        ({"temperature": "20,5"}, "a comma is read in two ways"),
        ({"humidity": "145"}, "Nobody measures at such a value"),
        ({"measured_on": "2031-01-01"}, "This day has not come yet"),
        ({"measured_on": "2026-02-20", "late": "from-paper"}, "The part was not here yet on that day"),
        ({"unit": "kg"}, "another kind of unit"),
    ],
)
def test_what_is_refused_is_said_plainly_and_kept(browser, bench, odd, said):
    """Beside the entry, with everything that was typed."""
    page = text(page_of(browser, bench))
    answer = store(browser, bench, page, *shop.JOURNALS, **odd)
    told = text(answer)
    assert answer.status_code == 422
    assert said in told
    kept = {f"values.{n}": value for n, value in enumerate(shop.JOURNALS)} | odd
    assert all(f'value="{value}"' in told for name, value in kept.items() if name not in {"unit", "late"})
    assert bench.results("crankshaft") == {}


def test_an_ended_calibration_keeps_what_was_typed(browser, bench, clock):
    """The form was drawn while the instrument was good."""
    page = text(page_of(browser, bench))
    clock.advance(days=337)
    browser.post("/sign-in", data={"login": "inspector", "password": "tunnel bolt seven ledge"})
    told = text(store(browser, bench, page, *shop.JOURNALS))
    assert "The calibration of this instrument had ended" in told
    assert all(f'value="{one}"' in told for one in shop.JOURNALS)


def test_whoever_is_not_qualified_is_told_before_and_after(web, bench, place):
    """What is missing, on which day, and who records it; what was typed is kept."""
    place.member("untested", "inspector")
    browser = pages.signed_in(web, "untested")
    page = text(page_of(browser, bench, asked=CRACKS))
    assert "You have no qualification for this today" in page
    answer = send(browser, bench, "examine", page, **pages.TEST)
    told = text(answer)
    assert answer.status_code == 403
    assert "Sign non-destructive tests" in told
    assert "It is recorded by: Administrator, Quality" in told
    assert 'value="NDT-12"' in told


def test_a_test_with_its_indications_by_page(browser, bench):
    """Nothing is said before it is chosen; a listed indication stands with the result."""
    page = text(page_of(browser, bench, asked=CRACKS))
    assert not re.search(r'name="found"[^>]*checked', page)
    assert len(re.findall(r'name="indications\.\d+\.length"', page)) == 6
    odd = {"found": "indications", "indications.0.kind": "crack", "indications.0.length": "3,2"}
    told = text(send(browser, bench, "examine", page, **pages.TEST | odd | {"indications.0.position": "12"}))
    assert "a comma is read in two ways" in told
    assert 'value="3,2"' in told
    good = odd | {"indications.0.position": "12", "indications.0.length": "3.2"}
    answer = send(browser, bench, "examine", page, **pages.TEST | good, key="again")
    told = text(browser.get(answer.location))
    assert "Magnetic particle (MPI): 1 indication" in told
    assert "3.2 mm" in told


def test_a_half_filled_indication_names_what_it_lacks(browser, bench):
    """The row is kept."""
    page = text(page_of(browser, bench, asked=CRACKS))
    odd = {"found": "indications", "indications.0.kind": "crack"}
    told = text(send(browser, bench, "examine", page, **pages.TEST | odd))
    assert "Please fill this in" in told
    assert 'value="crack" selected' in told


def test_no_indication_is_told_as_such(browser, bench):
    """Explicitly, on the page of results and in JSON."""
    bench.measure("crankshaft", CRACKS)
    part = bench.parts["crankshaft"]
    assert "no indication" in text(browser.get(f"/parts/{part}/measurements"))
    assert browser.get(f"/api/v1/parts/{part}/indications").json == []
    (one,) = browser.get(f"/api/v1/parts/{part}/measurements").json
    assert (one["method"], one["readings"]) == ("MPI", ["0"])


def test_a_second_reading_by_page(browser, bench, place, web):
    """The second person sees neither the first result nor the limits; afterwards both stand with their drift."""
    quality = place.actor(place.member("quality", "quality"))
    bench.do(actions.set_bench, quality, bench.case, entry="blind", second="critical", qualified="role")
    bench.measure("crankshaft", MAIN)
    part = bench.parts["crankshaft"]
    assert "1 reading waits for a second person" in text(browser.get(f"/parts/{part}/measurements"))
    assert "Nothing waits for your second reading" in text(browser.get(f"/parts/{part}/repeat"))
    place.member("inspector-2", "inspector")
    second = pages.signed_in(web, "inspector-2")
    page = text(second.get(f"/parts/{part}/repeat"))
    assert "Main journal diameter" in page
    assert "64.97" not in page
    typed = {f"values.{n}": value for n, value in enumerate((*shop.JOURNALS[:6], "64.967"))}
    told = text(second.get(send(second, bench, "repeat", page, **typed).location))
    assert "Second reading" in told
    assert "+0.002 mm" in told
    (one,) = second.get(f"/api/v1/parts/{part}/second_readings").json
    assert (one["drift"], one["agrees"]) == ("0.002", True)


def test_the_sheet_hides_what_is_still_to_be_read_again(browser, bench, place):
    """Else the second person knew the first result before he reads."""
    bench.measure_all()
    sheet = f"/cases/{bench.case}/dispositions"
    assert "Main journal diameter" in text(browser.get(sheet))
    quality = place.actor(place.member("quality", "quality"))
    bench.do(actions.set_bench, quality, bench.case, entry="blind", second="critical", qualified="role")
    assert "Main journal diameter" not in text(browser.get(sheet))


def test_condemned_by_page_with_a_photo(browser, bench):
    """Reached from the measuring page; without a photo nothing is stored and the choice is kept."""
    part = bench.parts["crankshaft"]
    assert f"/parts/{part}/condemn" in text(page_of(browser, bench))
    page = text(browser.get(f"/parts/{part}/condemn"))
    assert "can then only be replaced" in page
    told = browser.post(f"/parts/{part}/condemn", data=pages.hidden(page) | {"why": "melted"})
    assert told.status_code == 422
    assert re.search(r'value="melted" checked', text(told))
    sent = pages.hidden(text(told)) | {"why": "melted", "photos": (io.BytesIO(PHOTO), "melted.png")}
    answer = browser.post(f"/parts/{part}/condemn", data=sent)
    assert "Too damaged to measure" in text(browser.get(answer.location))
    assert "It is melted" in text(browser.get(f"/parts/{part}/measurements"))
    (one,) = browser.get(f"/api/v1/cases/{bench.case}/condemnations").json
    assert (one["item"], one["why"]) == (part, "melted")
    assert len(bench.ask(queries.latest, bench.org_id, bench.case)) == 6


def test_the_instrument_in_hand_is_chosen(browser, bench, place):
    """Its number, scanned or typed, takes it in hand; of two that are ready it is the one chosen."""
    second = bench.do(lambda tx: shop._tool(tx, bench.inspector, "outside-micrometer", number="2"))
    assert "checked" not in text(page_of(browser, bench))
    answer = browser.get("/scan?text=outside-micrometer-2")
    assert answer.location.endswith(f"/instruments/{second}/take")
    assert "In your hand" in text(browser.get(answer.location, follow_redirects=True))
    assert f'value="{second}" checked' in text(page_of(browser, bench))


def test_the_rule_in_json(browser):
    """What holds, and whose rule it is."""
    told = browser.get("/api/v1/bench").json
    assert told == {"entry": "blind", "second": "none", "qualified": "role", "of": "nobody"}
