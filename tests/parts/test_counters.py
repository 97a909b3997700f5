"""The page of a part's counters: history, corrections, since the life opened, what is due, and as it was on a day."""

from __future__ import annotations

import sqlalchemy as sa

from remanu.parts import actions
from remanu.parts.models import Life
from tests.parts.hall import act


def read(hall, item, value, **changes):
    """Operating hours, read on the part."""
    given = {"counter": "hours", "value": value, "origin": "instrument", **changes}
    return hall.do("technician", actions.read_counter, item.id, **given)


def open_life(hall, item, n=1):
    """A life that opened now, as a release opens it."""
    row = sa.insert(Life).values(
        org_id=hall.org_id, item_id=item.id, n=n, opened_at=hall.database.clock.now(), opened_by="x"
    )
    hall.database.transact(lambda tx: tx.execute(row))


def test_a_correction_is_shown_with_its_reason(hall, technician):
    """I6: the old value struck out, the reason beside the new one."""
    item = hall.item()
    wrong = read(hall, item, "81235").body.reading
    read(hall, item, "8123.5", corrects=wrong, why="A digit was read twice")
    page = technician.get(f"/parts/{item.id}/counters").text
    assert "<del>81235 h</del>" in page
    assert "A digit was read twice" in page
    assert "corrected, counts no more" in page


def test_the_history_is_drawn_with_the_table_behind(hall, technician):
    """Two readings make a line; one makes none."""
    item = hall.item()
    read(hall, item, "100")
    assert "<polyline" not in technician.get(f"/parts/{item.id}/counters").text
    hall.database.clock.advance(minutes=3)
    read(hall, item, "200")
    page = technician.get(f"/parts/{item.id}/counters").text
    assert 'points="0.0,48.0 320.0,0.0"' in page
    assert "<table" in page


def test_as_it_was_on_a_day(hall, web):
    """What was read later is not on the page; before the first reading it says so."""
    item = hall.item()
    day = hall.database.clock.now().date()
    read(hall, item, "100")
    hall.database.clock.advance(days=10)
    read(hall, item, "200")
    technician = hall.browser(web, "technician")
    then = technician.get(f"/parts/{item.id}/counters?on={day}").text
    assert "100 h" in then
    assert "200 h" not in then
    told = technician.get(f"/api/v1/parts/{item.id}/counters?on={day}").json
    assert [one["total"] for one in told["counters"]] == ["100"]
    assert "had been read by that day" in technician.get(f"/parts/{item.id}/counters?on=2020-01-01").text


def test_an_empty_page_teaches(hall, technician):
    """What a counter is, and when to read it."""
    assert "Read it when the part comes in" in technician.get(f"/parts/{hall.item().id}/counters").text


def test_since_counters_begin_at_a_lifes_opening(hall, technician):
    """I7: hours since new go on, hours since the life opened begin at nothing."""
    item = hall.item()
    read(hall, item, "8000")
    hall.database.clock.advance(minutes=1)
    open_life(hall, item)
    hall.database.clock.advance(minutes=1)
    read(hall, item, "8250")
    told = technician.get(f"/api/v1/parts/{item.id}/counters").json
    assert (told["counters"][0]["total"], told["counters"][0]["since_life"]) == ("8250", "250")
    due = told["due"][0]
    assert (due["code"], due["factored"], due["left"], due["since_life"]) == ("overhaul-hours", "250", 11750, True)
    assert "Since the life opened" in technician.get(f"/parts/{item.id}/counters").text


def test_a_counter_that_nobody_read_when_the_life_opened(hall, technician):
    """I7: then nobody knows what was counted since; what is due goes by the whole, on the safe side."""
    item = hall.item()
    open_life(hall, item)
    hall.database.clock.advance(minutes=1)
    read(hall, item, "8250")
    told = technician.get(f"/api/v1/parts/{item.id}/counters").json
    assert told["counters"][0]["since_life"] is None
    assert (told["due"][0]["factored"], told["due"][0]["since_life"]) == ("8250", False)
    assert "not read when it opened" in technician.get(f"/parts/{item.id}/counters").text


def turbine(hall):
    """The gas turbine of the published example."""
    item = hall.item(family="gas-turbine", component="turbine", name="Gas turbine")
    shown = [("fired-hours", "gas", "7000"), ("fired-hours", "distillate", "500"), ("fired-hours", "peak", "100")]
    for counter, rating, value in (*shown, ("starts", "normal", "300"), ("trips", "full-load", "10")):
        read(hall, item, value, counter=counter, rating=rating)
    return item


def test_equivalent_hours_and_starts_are_shown_as_the_method_that_they_are(hall, technician):
    """Domain.md §4.2: 21,844 h and 710 starts, each beside the method's name and its mark [M]."""
    item = turbine(hall)
    due = {one["code"]: one for one in technician.get(f"/api/v1/parts/{item.id}/counters").json["due"]}
    hours, starts = due["hot-gas-path-hours"], due["hot-gas-path-starts"]
    asked = ("factored", "actual", "factor", "stretched")
    assert [hours[name] for name in asked] == ["8350", "7600", "1.0987", 21844]
    assert [starts[name] for name in asked] == ["380", "300", "1.2667", 710]
    assert (hours["tag"], starts["tag"]) == ("M", "M")
    page = technician.get(f"/parts/{item.id}/counters").text
    assert page.count("[M]") >= 2
    assert "GER-3620" in page
    assert "21844 h" in page


def test_whichever_comes_first_is_named(hall, technician):
    """The family's policy says how hours and starts combine: 380 of 900 starts weigh more than 8,350 of 24,000 h."""
    told = technician.get(f"/api/v1/parts/{turbine(hall).id}/counters").json
    assert (told["policy"], told["share"]) == ("first-reached", "42.3")


def test_what_belongs_to_no_weighed_rating_is_said(hall, technician):
    """Trips of an unknown load weigh nothing, and the page says how many there are."""
    item = turbine(hall)
    read(hall, item, "14", counter="trips")
    told = technician.get(f"/api/v1/parts/{item.id}/counters").json
    assert told["due"][1]["unweighed"] == {"trips": "4"}
    assert "belong to no rating that is weighed" in technician.get(f"/parts/{item.id}/counters").text


def test_hours_and_starts_of_a_motor_are_summed(hall, technician):
    """The other policy: half the hours and half the starts are a whole life."""
    item = hall.item(family="electromechanical", component="motor", name="Motor")
    read(hall, item, "50000")
    read(hall, item, "2500", counter="starts")
    told = technician.get(f"/api/v1/parts/{item.id}/counters").json
    assert (told["policy"], told["share"]) == ("summed", "100.0")
    assert "added up" in technician.get(f"/parts/{item.id}/counters").text


def test_a_colour_page_weighs_more(hall, technician):
    """Weighted impressions of a copier's drum."""
    item = hall.item(family="copier", component="drum-unit", name="Drum")
    read(hall, item, "100000", counter="impressions", rating="mono")
    read(hall, item, "25000", counter="impressions", rating="colour")
    due = technician.get(f"/api/v1/parts/{item.id}/counters").json["due"][0]
    assert (due["factored"], due["actual"], due["left"]) == ("200000", "125000", 100000)


def test_components_have_hours_of_their_own(hall, technician):
    """A truck's engine is out of phase with the truck."""
    item = hall.item(family="mining-truck", component="engine", name="Engine")
    read(hall, item, "16000")
    due = technician.get(f"/api/v1/parts/{item.id}/counters").json["due"][0]
    assert (due["code"], due["left"], due["due"]) == ("engine-replacement", 0, True)
    assert "Due" in technician.get(f"/parts/{item.id}/counters").text


def test_not_elsewhere(other, technician):
    """Another organisation's part reads as none."""
    item = other.item()
    assert technician.get(f"/parts/{item.id}/counters").status_code == 404
    assert technician.get(f"/api/v1/parts/{item.id}/counters").status_code == 404
    given = {"counter": "hours", "value": "1", "origin": "host"}
    assert act(technician, f"/parts/{item.id}/read_counter", **given).status_code == 404


def test_the_page_of_the_part_says_ratings_by_name_and_the_total_that_they_carry(hall, web):
    """Ratings read later than the whole carry the total on; the page never shows an older total or a code."""
    item = turbine(hall)
    read(hall, item, "23100", counter="fired-hours")
    hall.database.clock.advance(days=3)
    for rating, value in (("gas", "29400"), ("distillate", "1600"), ("peak", "220")):
        read(hall, item, value, counter="fired-hours", rating=rating)
    page = hall.browser(web, "technician").get(f"/parts/{item.id}").text
    assert "31220 h" in page
    assert "23100 h" not in page
    assert "Fired hours since new · On gas" in page
    assert "· gas" not in page


def test_readings_to_correct_are_told_apart_by_their_rating(hall, technician):
    """Two counts of nothing are two lines; a rating that two counters share stands once, with both its names."""
    item = turbine(hall)
    for rating in ("fast", "emergency"):
        read(hall, item, "0", counter="starts", rating=rating)
    form = technician.get(f"/parts/{item.id}/read_counter").text
    assert "Starts since new · Fast start · 0 starts" in form
    assert "Starts since new · Emergency start · 0 starts" in form
    assert form.count('value="peak"') == 1
    assert "At peak load / Peak-load start" in form


def test_a_counter_with_one_rating_is_not_asked_by_ratings(hall, technician):
    """What is in the one rating need not be all: trips from full load are some of the trips."""
    form = technician.get(f"/parts/{turbine(hall).id}/read_split?counter=trips").text
    assert "Fired hours since new" in form
    assert "Trips since new" not in form
    assert form.count('<span class="unit" aria-hidden="true">h</span>') == 4
