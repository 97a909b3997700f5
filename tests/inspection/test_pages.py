"""The pages of inspection: measure, see what it means, decide."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from remanu.inspection import actions, queries
from remanu.parts.models import Case
from tests.inspection import pages, shop

MAIN = "main-journal-diameter"


def text(answer) -> str:
    """The page as text."""
    return answer.get_data(as_text=True)


def page_of(browser, bench, position="crankshaft", *, asked=""):
    """The page on which a component is measured."""
    return browser.get(
        f"/parts/{bench.parts[position]}/measure" + (f"?characteristic={asked}" if asked else "")
    )


def store(browser, bench, page, *values, position="crankshaft", **more):
    """Send the form of a page with these readings."""
    chosen = re.search(r'name="instrument" value="([^"]+)" checked', page)
    typed = pages.hidden(page) | {f"values.{at}": value for at, value in enumerate(values)}
    if chosen:
        typed["instrument"] = chosen[1]
    return browser.post(f"/parts/{bench.parts[position]}/measure", data=typed | more)


def test_the_next_characteristic_is_asked_with_its_points_and_instrument(browser, bench):
    """One a screen, the only ready instrument chosen, the limits not shown."""
    page = text(page_of(browser, bench))
    assert "Main journal diameter" in page
    assert len(re.findall(r'name="values\.\d+"', page)) == 7
    assert f'value="{bench.tools["outside-micrometer"]}" checked' in page
    assert "64.985" not in page


def test_storing_leads_to_what_it_means_and_to_the_next(browser, bench):
    """Limits are shown now, with the meaning in words and the next characteristic one tap away."""
    answer = store(browser, bench, text(page_of(browser, bench)), *shop.JOURNALS)
    assert answer.status_code == 303
    told = text(browser.get(answer.location))
    assert "Within new limits" in told
    assert "64.965 … 64.985" in told
    assert "Next: Crankpin diameter" in told


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("main-journal-diameter", "Worst of 7 readings"),
        ("journal-out-of-round", "Largest of 13 readings"),
        ("journal-diameter-variation", "Spread of 4 readings"),
    ],
)
def test_what_is_held_against_the_limits_is_named(browser, bench, asked, said):
    """The worst of several readings is not their spread, nor their mean."""
    answer = store(browser, bench, text(page_of(browser, bench, asked=asked)), *shop.GOOD[asked])
    assert said in text(browser.get(answer.location))


def test_four_taps_from_scan_to_stored_value(browser, bench):
    """Scan, measure, a digit, store: one point, the instrument chosen already."""
    page = text(page_of(browser, bench, asked="crankshaft-cracks"))
    where = f"/parts/{bench.parts['crankshaft']}/examine"
    assert f'action="{where}"' in page
    tool = re.search(r'name="instrument" value="([^"]+)" checked', page)[1]
    assert browser.post(where, data=pages.hidden(page) | pages.TEST | {"instrument": tool}).status_code == 303
    assert bench.results("crankshaft")["crankshaft-cracks", "as_found"].zone == "within_new"


def test_a_wrong_reading_is_marked_and_the_others_are_kept(browser, bench):
    """Nothing typed is lost."""
    answer = store(browser, bench, text(page_of(browser, bench)), *shop.JOURNALS[:6], "6o.97")
    page = text(answer)
    assert answer.status_code == 422
    assert 'value="64.971"' in page
    assert re.search(r'value="6o\.97"[^>]*aria-invalid="true"', page)


def test_missing_points_are_named(browser, bench):
    """A reading for every point."""
    answer = store(browser, bench, text(page_of(browser, bench)), *shop.JOURNALS[:5])
    assert answer.status_code == 422
    assert "Enter a reading for every point" in text(answer)


def test_surplus_fields_are_refused(browser, bench):
    """ASVS 15.3.3."""
    answer = store(browser, bench, text(page_of(browser, bench)), *shop.JOURNALS, stage="final")
    assert answer.status_code == 422
    assert bench.results("crankshaft") == {}


def test_not_tested_needs_no_readings(browser, bench):
    """The other way on the page."""
    page = text(page_of(browser, bench))
    typed = pages.hidden(page) | {"why": "not-accessible"}
    answer = browser.post(f"/parts/{bench.parts['crankshaft']}/measure", data=typed)
    assert "Not tested" in text(browser.get(answer.location))


def test_measuring_again_asks_why(browser, bench):
    """The former result stays."""
    bench.measure("crankshaft", MAIN)
    page = text(page_of(browser, bench, asked=MAIN))
    assert "Why is it measured again?" in page
    assert store(browser, bench, page, *shop.JOURNALS).status_code == 422
    answer = store(browser, bench, page, *shop.JOURNALS, why="second-opinion", key="other")
    assert "Former results" in text(browser.get(answer.location))


def test_when_everything_is_measured(browser, bench):
    """The page leads to the results, and these to the sheet."""
    bench.measure_all()
    assert "Nothing more is to be measured" in text(page_of(browser, bench))
    told = text(browser.get(f"/parts/{bench.parts['crankshaft']}/measurements"))
    assert "What all results mean together" in told
    assert f"/cases/{bench.case}/dispositions" in told


def test_an_unknown_characteristic_leads_on(browser, bench):
    """It shows no form, and the way to what is due."""
    page = text(page_of(browser, bench, asked="colour"))
    assert "There is no such characteristic here" in page


def test_without_a_ready_instrument(browser, bench, clock):
    """The page says which class is needed and why those there are may not be used."""
    clock.advance(days=340)
    browser.post("/sign-in", data={"login": "inspector", "password": "tunnel bolt seven ledge"})
    page = text(page_of(browser, bench))
    assert "The calibration of this instrument had ended" in page


def test_empty_places_teach(browser, bench):
    """A part of which nothing was measured, and one of which nothing has to be."""
    told = [
        text(browser.get(f"/parts/{bench.parts[one]}/measurements"))
        for one in ("crankshaft", "main-bearing-shell", "piston")
    ]
    assert "Nothing is measured yet" in told[0]
    assert "replaced every time" in told[1]
    assert "Look at it, then decide" in told[2]


def test_the_sheet_shows_what_is_still_to_be_measured(browser, bench):
    """Each component with how far it is, and why the inspection cannot be closed."""
    bench.measure("crankshaft", MAIN)
    page = text(browser.get(f"/cases/{bench.case}/dispositions"))
    assert "1 of 6" in page
    assert "0 of 2" in page
    assert "Every required characteristic has an as-found result" in page
    # In the order of the family's tree, as on the part's page.
    first, second = (page.index(bench.parts[one]) for one in ("cylinder-block", "crankshaft"))
    assert first < second


def test_the_sheet_from_measured_to_decided(browser, bench):
    """Inspect, one button a component, close the sheet: by hand as a person does."""
    bench.measure_all()
    sheet = f"/cases/{bench.case}/dispositions"
    step = f"/cases/{bench.case}/inspect"
    assert step in text(browser.get(sheet))
    browser.post(step, data=pages.hidden(text(browser.get(step))))
    page = text(browser.get(sheet))
    # Whoever decides sees what was measured, and is told to look only as long as he has not decided.
    assert "64.965 … 64.985" in page
    assert "Look at it, then decide" in page
    for position, word in (
        ("crankshaft", "REUSE_AS_IS"),
        ("cylinder-block", "REUSE_AS_IS"),
        ("piston", "REPLACE_NEW"),
        ("main-bearing-shell", "REPLACE_MANDATORY"),
    ):
        where = f"/parts/{bench.parts[position]}/dispose"
        form = page[page.index(f'<form class="choices" method="post" action="{where}"') :]
        assert f'value="{word}"' in form[: form.index("</form>")]
        answer = browser.post(where, data=pages.hidden(form) | {"disposition": word})
        assert answer.location.partition("#")[0] == sheet
    assert "Look at it, then decide" not in text(browser.get(sheet))
    close = f"/cases/{bench.case}/disposition"
    assert browser.post(close, data=pages.hidden(text(browser.get(close)))).status_code == 303
    assert bench.view().state == "DISPOSITIONED"


def test_nothing_is_preselected(browser, bench):
    """Whoever decides taps what he decides."""
    bench.measure_all(crankshaft_cracks=("1",))
    bench.move("INSPECTED")
    page = text(browser.get(f"/parts/{bench.parts['crankshaft']}/dispose"))
    assert "checked" not in page
    assert "Beyond the service limit" in page
    assert "Reuse as it is" not in page


def test_changing_a_disposition_asks_why(browser, bench):
    """The form shows the former one."""
    bench.measure_all()
    bench.move("INSPECTED")
    shaft = bench.parts["crankshaft"]
    bench.do(actions.dispose, bench.inspector, shaft, disposition="REUSE_AS_IS")
    page = text(browser.get(f"/parts/{shaft}/dispose"))
    assert "Why does it change?" in page
    refused = browser.post(
        f"/parts/{shaft}/dispose", data=pages.hidden(page) | {"disposition": "REPLACE_NEW"}
    )
    assert refused.status_code == 422
    assert "say why it changes" in text(refused)


def test_a_sheet_without_components(browser, bench, database):
    """It says what will stand here."""
    empty = shop.build(database, inspector=bench.inspector, technician=bench.technician, number="2", parts=())
    assert "No components yet" in text(browser.get(f"/cases/{empty.case}/dispositions"))


def test_a_nonconformity_by_page(browser, bench, place, web):
    """Raised by one, closed by another, its words read by both."""
    where = f"/parts/{bench.parts['crankshaft']}/raise_nonconformity"
    typed = pages.hidden(text(browser.get(where))) | {"cause": "crack", "note": "At journal 3"}
    sheet = text(browser.get(browser.post(where, data=typed).location))
    assert "At journal 3" in sheet
    place.member("quality", "quality")
    other = pages.signed_in(web, "quality")
    raised = bench.ask(queries.nonconformities, bench.org_id, bench.case)[0].id
    where = f"/nonconformities/{raised}/close_nonconformity"
    page = text(other.get(where))
    assert "At journal 3" in page
    answer = other.post(where, data=pages.hidden(page) | {"outcome": "unfounded"})
    assert "There was nothing wrong" in text(other.get(answer.location))


def test_instruments_and_a_calibration_by_page(browser, bench):
    """Each with the day until which it may measure; a new calibration changes it."""
    assert "until Jan 31, 2027" in text(browser.get("/instruments"))
    where = f"/instruments/{bench.tools['bore-gauge']}/calibrate"
    typed = pages.hidden(text(browser.get(where))) | {
        "calibrated_on": "2026-02-27",
        "due": "2026-08-27",
        "result": "adjusted",
        "certificate": "CAL-9",
    }
    answer = browser.post(where, data=typed)
    page = text(browser.get(answer.location))
    assert "CAL-9" in page
    assert "until Aug 27, 2026" in page
    assert browser.post(where, data=typed | {"key": "k2", "due": "soon"}).status_code == 422


def test_no_instruments_yet(web, place):
    """The page teaches."""
    place.member("lonely", "inspector")
    assert "No instruments yet" in text(pages.signed_in(web, "lonely").get("/instruments"))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_names_of_the_pack_in_the_readers_language(browser, bench, language):
    """Characteristics, places and classes of instruments come from the pack."""
    page = text(browser.get(f"/parts/{bench.parts['crankshaft']}/measure?lang={language}"))
    assert {"zh-Hans": "主轴颈直径", "zh-Hant": "主軸頸直徑"}[language] in page


def test_strangers_find_nothing(web, bench, other_browser):
    """Pages of another workshop's parts do not exist."""
    for path in (
        f"/parts/{bench.parts['crankshaft']}/measure",
        f"/parts/{bench.parts['crankshaft']}/measurements",
        f"/parts/{bench.parts['crankshaft']}/dispose",
        f"/cases/{bench.case}/dispositions",
        f"/instruments/{bench.tools['bore-gauge']}/calibrate",
    ):
        assert other_browser.get(path).status_code == 404


def test_whoever_may_not_is_told_so(web, bench, place):
    """Logistics reads results and does not measure."""
    place.member("driver", "logistics")
    driver = pages.signed_in(web, "driver")
    assert driver.get(f"/parts/{bench.parts['crankshaft']}/measure").status_code == 403
    assert "Next:" not in text(driver.get(f"/parts/{bench.parts['crankshaft']}/measurements"))


def test_on_site_the_page_asks_for_the_surroundings_and_says_above_what_is_missing(browser, bench):
    """Both are asked for from the start; a reading without them comes back with the fault where it is seen first."""
    case = sa.update(Case).where(Case.org_id == bench.org_id, Case.id == bench.case)
    bench.do(lambda tx: tx.execute(case.values(mode="on_site")))
    page = text(page_of(browser, bench))
    for name in ("temperature", "humidity"):
        assert re.search(rf'<input id="f-{name}"[^>]* required', page)
    answer = store(browser, bench, page, *shop.JOURNALS, temperature="20")
    assert answer.status_code == 422
    head = text(answer).split('class="act-form"')[0]
    assert '<a href="#f-humidity">Relative humidity</a>' in head


def test_after_a_decision_the_sheet_opens_where_it_was_taken(browser, bench):
    """The sheet is long on a phone; nobody scrolls down again for the next component."""
    bench.measure_all()
    bench.move("INSPECTED")
    block = bench.parts["cylinder-block"]
    page = text(browser.get(f"/parts/{block}/dispose"))
    answer = browser.post(f"/parts/{block}/dispose", data=pages.hidden(page) | {"disposition": "REUSE_AS_IS"})
    assert answer.location.endswith(f"/dispositions#c-{block}")
