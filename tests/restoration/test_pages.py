"""The pages of restoration: what they show, what they keep, and that sending twice records once."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from remanu.parts import queries as parts
from remanu.parts.models import Case, ComponentRoute
from remanu.restoration import queries
from remanu.restoration.models import PlannedOperation
from tests.restoration import promises, story
from tests.restoration.filling import form, post

STATES = {
    "ACCEPTED": ("open_work_order",),
    "IN_WORK": ("record_component", "disassemble"),
    "DISASSEMBLED": ("clean",),
    "DISPOSITIONED": ("start_restoration",),
    "IN_RESTORATION": ("finish_restoration", "cannibalise", "scrap"),
    "RESTORED": ("reassemble",),
    "REASSEMBLED": ("start_test",),
    "IN_TEST": ("pass_test", "fail_test"),
}
DOERS = {
    "open_work_order": "planner",
    "start_restoration": "planner",
    "cannibalise": "planner",
    "scrap": "quality",
    "start_test": "test_operator",
    "pass_test": "test_operator",
    "fail_test": "test_operator",
}


@pytest.mark.parametrize("state", STATES)
def test_every_page_opens_in_its_state(yard, enter, state):
    """With title, button and key, in three languages."""
    yard.until(state)
    for verb in STATES[state]:
        browser = enter(DOERS.get(verb, "technician"))
        for language in ("en", "zh-Hans", "zh-Hant"):
            got = browser.get(f"/cases/{yard.case}/{verb}?lang={language}")
            assert got.status_code == 200
            assert "<h1>" in got.text


def test_the_bench_leads_through_the_work(yard, enter):
    """From what has to be worked on, over what comes in, to what is installed."""
    yard.until("IN_RESTORATION")
    browser = enter("technician")
    crank = yard.item("crankshaft")
    page = browser.get(f"/cases/{yard.case}/bench").text
    assert f"/parts/{crank}/operate" in page
    assert f"/parts/{yard.unit}/replace?position=seal-set" in page
    yard.tell("operate")
    assert "Has to be measured again" in browser.get(f"/cases/{yard.case}/bench").text
    yard.tell("remeasure")
    yard.act("inspector", "finish_restoration")
    yard.tell("renew")
    page = browser.get(f"/cases/{yard.case}/bench").text
    hidden = form(page, f'action="/parts/{crank}/install"')
    for _ in range(2):
        got = browser.post(f"/parts/{crank}/install", data=hidden)
        assert (got.status_code, got.location) == (303, f"/cases/{yard.case}/bench")
    block = yard.item("cylinder-block")
    assert [row.id for row in yard.ask(parts.installed, yard.org_id, block)] == [crank]
    assert "1 of 17" in browser.get(f"/cases/{yard.case}/bench").text


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_bench_offers_what_is_still_planned(yard, enter):
    """A part with two planned operations is not sent to be measured after the first of them."""
    yard.until("IN_RESTORATION")
    crank, block = yard.item("crankshaft"), yard.item("cylinder-block")
    more = sa.insert(PlannedOperation).values(
        org_id=yard.org_id, case_id=yard.case, item_id=crank, operation="second"
    )
    yard.do(lambda tx: tx.execute(more) and None)
    yard.tell("operate")
    page = enter("technician").get(f"/cases/{yard.case}/bench").text
    assert f"/parts/{crank}/operate" in page
    assert f"/parts/{block}/operate" not in page


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_on_site_the_rest_is_left_alone(yard, enter):
    """Said before it is recorded, and then counted neither as filled nor as missing on the bench (I31)."""
    yard.until("ACCEPTED")
    yard.do(
        lambda tx: tx.execute(sa.update(Case).where(Case.id == yard.case).values(mode="on_site")) and None
    )
    yard.tell("open_work_order")
    yard.act(
        "technician",
        "record_component",
        position="cylinder-block",
        what="found",
        part_number="B-1",
        serial="7",
    )
    left = yard.of_case(lambda connection, case: queries.Sight(connection, case).untouched)
    assert "seal-set" in left
    assert "crankshaft" in left
    assert "main-bearing-shell" not in left
    browser = enter("technician")
    assert "Left alone unless you record it" in browser.get(f"/cases/{yard.case}/record_component").text
    page = browser.get(f"/cases/{yard.case}/disassemble").text
    assert "Recorded as not disturbed" in page
    assert "<li>Seals and gaskets</li>" in page
    assert "<li>Main bearing shells" not in page
    yard.act("technician", "disassemble")
    bench = browser.get(f"/cases/{yard.case}/bench").text
    assert f"0 of {17 - len(left)}" in bench


def test_a_place_that_nobody_disturbed_is_not_counted_as_one_to_fill(yard, enter):
    """Seventeen places, one of them left alone: sixteen are to be filled."""
    yard.until("IN_WORK")
    yard.act("technician", "record_component", position="crankshaft", what="not_disturbed")
    assert "0 of 16" in enter("technician").get(f"/cases/{yard.case}/bench").text


def test_the_bench_before_the_work_order(yard, enter):
    """An empty bench says what will stand there."""
    yard.until("ACCEPTED")
    assert "No work order yet" in enter("technician").get(f"/cases/{yard.case}/bench").text


def test_places_that_stay_empty_stand_on_the_bench(yard, enter):
    """Undisturbed and missing places say so."""
    yard.until("IN_WORK")
    yard.act("technician", "record_component", position="camshaft", what="missing")
    yard.act("technician", "record_component", position="crankshaft", what="not_disturbed")
    page = enter("technician").get(f"/cases/{yard.case}/bench").text
    assert "Missing" in page
    assert "Not disturbed" in page


def test_a_reading_waits_until_the_work_is_done(yard):
    """Not before the operation, not after it was measured, and not on what is replaced."""
    yard.until("IN_RESTORATION")

    def waits(position):
        return yard.ask(queries.waits_for_reading, yard.view(), yard.of_case(queries.active)[position])

    assert not waits("crankshaft")
    assert not waits("turbocharger")
    yard.tell("operate")
    assert waits("crankshaft")
    yard.tell("remeasure")
    assert not waits("crankshaft")


def test_what_was_accepted_as_worn_waits_for_no_reading(yard):
    """It may go in as it is."""
    yard.until("IN_RESTORATION")
    crank = yard.item("crankshaft")

    def accept(tx):
        tx.execute(sa.delete(PlannedOperation).where(PlannedOperation.item_id == crank))
        mine = ComponentRoute.item_id == crank
        tx.execute(sa.update(ComponentRoute).where(mine).values(disposition="ACCEPT_SERVICE_LIMIT"))

    yard.place.database.transact(accept)
    assert yard.ask(queries.to_measure, yard.view(), item_id=crank, component="crankshaft")
    route = yard.of_case(queries.active)["crankshaft"]
    assert not yard.ask(queries.waits_for_reading, yard.view(), route)


def test_positions_are_recorded_one_after_the_other(yard, enter):
    """One tap opens a place, the next page shows it done; what was typed is kept when something is wrong."""
    yard.until("IN_WORK")
    browser, address = enter("technician"), f"/cases/{yard.case}/record_component"
    assert "0 of 6" in browser.get(address).text
    one = f"{address}?position=crankshaft"
    got = post(browser, one, what="found", serial="CR-7")
    assert got.status_code == 422
    assert 'value="CR-7"' in got.text
    got = post(browser, one, what="found", part_number="NW-CRANK", serial="CR-7")
    assert (got.status_code, got.location) == (303, address)
    assert "1 of 6" in browser.get(address).text
    assert "NW-CRANK" in browser.get(one).text


def test_the_plan_is_ticked(yard, enter):
    """What is not ticked is not planned."""
    yard.until("DISPOSITIONED")
    browser, address = enter("planner"), f"/cases/{yard.case}/start_restoration"
    got = post(browser, address)
    assert got.status_code == 409
    page = browser.get(address).text
    ticks = dict(re.findall(r'name="(plan\.\d+\.operation)" value="(crank-grinding|deck-milling)"', page))
    assert post(browser, address, **ticks).status_code == 303
    assert len(yard.of_case(queries.planned)) == 2


def test_a_setting_is_typed_as_it_stands_on_the_instrument(yard, enter):
    """°C is understood; an unknown unit is named by its row in words, and nothing else of the form is lost."""
    yard.until("IN_RESTORATION")
    crank = yard.item("crankshaft")
    browser, address = enter("technician"), f"/parts/{crank}/operate"
    typed = {"operation": "crank-grinding", "edition": "P-7/3", "parameters.0.name": "bath"}
    typed |= {"parameters.0.value": "60", "parameters.0.unit": "furlong"}
    got = post(browser, address, **typed)
    assert got.status_code == 422
    assert '<a href="#f-parameters-0-unit">Unit of measurement 1</a>' in got.text
    assert ">parameters." not in got.text
    assert post(browser, address, **{**typed, "parameters.0.unit": "°C"}).status_code == 303
    (row,) = yard.of_case(queries.operations)
    assert [(one.value, one.unit) for one in yard.of_case(queries.parameters)[row.id]] == [("60", "Cel")]


def test_an_operation_with_its_settings(yard, enter):
    """Rows of settings that are left empty are no settings."""
    yard.until("IN_RESTORATION")
    crank = yard.item("crankshaft")
    browser, address = enter("technician"), f"/parts/{crank}/operate"
    page = browser.get(address).text
    assert "planned" in page
    typed = {"operation": "crank-grinding", "edition": "P-7/3", "parameters.0.name": "feed"}
    got = post(browser, address, **typed)
    assert got.status_code == 422
    typed |= {"parameters.0.value": "0.02", "parameters.0.unit": "mm"}
    assert post(browser, address, **typed).status_code == 303
    (row,) = yard.of_case(queries.operations)
    assert len(yard.of_case(queries.parameters)[row.id]) == 1


def test_a_mate_is_offered_in_the_size_that_it_needs(yard, enter):
    """The page suggests the step to which the crankshaft goes."""
    yard.until("RESTORED")
    address = f"/parts/{yard.unit}/replace?position=main-bearing-shell"
    browser = enter("technician")
    page = browser.get(address).text
    assert re.search(r'value="-0.25" checked', page)
    given = {"position": "main-bearing-shell", "origin": "new", "part_number": "S", "release_reference": "D"}
    assert post(browser, address, **given, size_step="-0.25").status_code == 303
    turbo = browser.get(f"/parts/{yard.item('turbocharger')}/replace").text
    assert "This part goes out" in turbo
    assert browser.get(f"/parts/{yard.unit}/replace").status_code == 200


def test_an_empty_position_names_its_change(yard, enter):
    """Rows without a change are left alone."""
    yard.until("RESTORED")
    yard.tell("renew", "install_but_flywheel")
    browser, address = enter("technician"), f"/cases/{yard.case}/reassemble"
    got = post(browser, address, unit_mass_kg="600")
    assert got.status_code == 409
    got = post(browser, address, **{"deleted.0.change": "C-1", "unit_mass_kg": "600"})
    assert got.status_code == 422
    yard.allow("C-1", "delete", "flywheel")
    assert "C-1" in enter("approver").get("/changes").text
    got = post(browser, address, **{"deleted.0.change": "C-1", "unit_mass_kg": "600"})
    assert got.status_code == 303
    assert yard.of_case(queries.reports)["flywheel"].change == "C-1"
    assert "Deleted by a change" in browser.get(f"/cases/{yard.case}/bench").text


def test_sizes_that_do_not_agree_are_shown(yard, enter):
    """Before anybody presses the button."""
    yard.until("RESTORED")
    yard.tell("renew_in_standard_size", "install")
    page = enter("technician").get(f"/cases/{yard.case}/reassemble").text
    assert "Sizes do not agree" in page


def test_points_with_their_limits(yard, enter):
    """Outside and empty ones are marked where they stand; the same values can be sent as a failure."""
    yard.until("IN_TEST")
    browser, address = enter("test_operator"), f"/cases/{yard.case}/pass_test"
    page = browser.get(address).text
    assert "97 … 105" in page
    weak = {"points.0.value": "0", "points.1.value": "0", "points.2.value": "93.1", "points.3.value": "61"}
    got = post(browser, address, **weak)
    assert got.status_code == 409
    assert 'value="93.1"' in got.text
    assert "Outside limits" in got.text
    assert "Not tested" in got.text
    got = post(browser, address, **{**weak, "points.2.value": "NaN"})
    assert got.status_code == 422
    sent = {**form(browser.get(address).text), **weak}
    got = browser.post(f"/cases/{yard.case}/fail_test", data=sent)
    assert (got.status_code, got.location) == (303, f"/cases/{yard.case}/tests")
    page = browser.get(f"/cases/{yard.case}/tests").text
    assert "A nonconformity was raised" in page
    again = enter("planner").get(f"/cases/{yard.case}/resume").text
    assert "Round 1 of at most 3" in again


def test_an_open_nonconformity_is_named_before_the_next_run(yard, enter):
    """Who starts a test again reads that it cannot be passed, and where to go; the failed run leads there too."""
    yard.until("IN_TEST").tell("fail_test")
    browser = enter("test_operator")
    page = browser.get(f"/cases/{yard.case}/start_test").text
    raised = re.search(r'href="(/nonconformities/[^"]+)"', page)
    assert "The nonconformity of the failed test is open" in page
    assert raised
    assert raised[1] in browser.get(f"/cases/{yard.case}/tests").text
    assert f"/cases/{yard.case}/tests" in browser.get(raised[1]).text


def test_a_double_press_records_once(yard, enter):
    """The same form sent twice is one act; with other entries it is refused."""
    yard.until("IN_TEST")
    browser, address = enter("test_operator"), f"/cases/{yard.case}/pass_test"
    good = {f"points.{n}.value": one.value for n, one in enumerate(story.GOOD)}
    sent = {**form(browser.get(address).text), **good}
    assert browser.post(address, data=sent).status_code == 303
    before = promises.count(yard)
    assert browser.post(address, data=sent).status_code == 303
    assert browser.post(address, data={**sent, "points.3.value": "62"}).status_code == 409
    assert promises.count(yard) == before


def test_a_stale_form_shows_the_others_change(yard, enter):
    """What was typed is kept."""
    yard.until("DISASSEMBLED")
    browser, address = enter("technician"), f"/cases/{yard.case}/clean"
    sent = form(browser.get(address).text)
    yard.tell("clean")
    typed = {"method": "hot_wash", "minutes": "45", "water_l": "1", "waste_kg": "1"}
    got = browser.post(address, data={**sent, **typed})
    assert got.status_code == 412
    assert 'value="45"' in got.text
