"""Reading a counter; I6."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.errors import BadInput, Forbidden, NotFound
from remanu.parts import actions, queries
from tests.parts.hall import act


def read(hall, item, value, role="technician", **changes):
    """Operating hours, read on the part."""
    given = {"counter": "hours", "value": value, "origin": "instrument", **changes}
    return hall.do(role, actions.read_counter, item.id, **given)


def values(hall, item):
    """What counts now."""
    return [row.value for row in queries.standing(hall.ask(queries.counters, item.id))]


def test_a_reading_keeps_its_digits_and_has_the_familys_unit(hall):
    """As it was typed, never as a float."""
    item = hall.item()
    done = read(hall, item, "8123.50")
    assert (done.body.value, done.body.unit) == ("8123.50", "h")


def test_a_counter_never_falls(hall):
    """I6: the lower reading is refused and the last one named; the same again is fine."""
    item = hall.item()
    read(hall, item, "100")
    with pytest.raises(BadInput) as refusal:
        read(hall, item, "99.9")
    assert refusal.value.details["why"] == "counter-falls"
    assert refusal.value.details["was"] == "100"
    read(hall, item, "100")
    assert values(hall, item) == ["100", "100"]


def test_the_refusal_leads_to_the_correction(hall, technician):
    """It says which reading was higher and when, and offers to correct that one."""
    item = hall.item()
    first = read(hall, item, "1000")
    with pytest.raises(BadInput) as refusal:
        read(hall, item, "100")
    assert refusal.value.details["reading"] == first.body.reading
    form = {"counter": "hours", "value": "100", "origin": "instrument", "key": "k"}
    page = technician.post(f"/parts/{item.id}/read_counter", data=form).text
    assert "That one is wrong: correct it" in page
    assert f"corrects={first.body.reading}" in page


def test_a_late_reading_fits_between_its_neighbours(hall):
    """I6: what was read last month may be lower than today's, and not higher; the reason for the delay is asked."""
    item = hall.item()
    hall.database.clock.advance(days=40)
    read(hall, item, "100")
    before = hall.database.clock.now() - timedelta(days=30)
    with pytest.raises(BadInput) as refusal:
        read(hall, item, "101", at=before, why="The log came by post")
    assert refusal.value.details["why"] == "counter-ahead"
    with pytest.raises(BadInput) as refusal:
        read(hall, item, "90", at=before)
    assert refusal.value.details["why"] == "late-entry"
    read(hall, item, "90", at=before, why="The log came by post")


def test_the_form_knows_which_counter_is_meant(hall, technician):
    """By the address that the counter's own page links to; what it showed last stands above."""
    item = hall.item()
    read(hall, item, "100")
    page = technician.get(f"/parts/{item.id}/read_counter?counter=hours").text
    assert "It showed last:" in page
    assert "It showed last:" not in technician.get(f"/parts/{item.id}/read_counter?counter=laps").text


def test_nor_in_another_unit(hall):
    """90 minutes are less than two hours."""
    item = hall.item()
    read(hall, item, "2")
    with pytest.raises(BadInput):
        read(hall, item, "90", unit="min")
    read(hall, item, "150", unit="min")


def test_counters_and_splits_stand_apart(hall):
    """Distance says nothing of hours, one rating nothing of another."""
    item = hall.item()
    read(hall, item, "100")
    read(hall, item, "5", counter="distance")
    copier = hall.item(family="copier", component="copier")
    read(hall, copier, "10", counter="impressions", rating="mono")
    read(hall, copier, "3", counter="impressions", rating="colour")
    assert values(hall, copier) == ["10", "3"]


def test_a_correction_takes_its_place_and_keeps_the_old_value(hall):
    """I6: both stand in the record, one counts; a lower value may follow then."""
    item = hall.item()
    wrong = read(hall, item, "81235").body.reading
    read(hall, item, "8123.5", corrects=wrong, why="A digit was read twice")
    assert values(hall, item) == ["8123.5"]
    assert len(hall.ask(queries.counters, item.id)) == 2
    read(hall, item, "8124")


def test_a_correction_says_why(hall):
    """Without a reason it is refused."""
    item = hall.item()
    wrong = read(hall, item, "9").body.reading
    with pytest.raises(BadInput) as refusal:
        read(hall, item, "8", corrects=wrong)
    assert refusal.value.details == {"field": "why", "why": "required"}


def test_a_correction_takes_the_place_of_a_standing_reading_of_this_counter(hall):
    """Not of another part's, not of one that was corrected before."""
    item, twin = hall.item(), hall.item()
    wrong = read(hall, item, "9").body.reading
    with pytest.raises(NotFound):
        read(hall, twin, "8", corrects=wrong, why="x")
    read(hall, item, "8", corrects=wrong, why="x")
    with pytest.raises(NotFound):
        read(hall, item, "7", corrects=wrong, why="x")


def test_a_correction_does_not_fall_behind_the_others(hall):
    """It takes one reading's place, not that of all."""
    item = hall.item()
    read(hall, item, "5")
    wrong = read(hall, item, "90").body.reading
    with pytest.raises(BadInput):
        read(hall, item, "4", corrects=wrong, why="x")
    read(hall, item, "9", corrects=wrong, why="x")


@pytest.mark.parametrize(
    ("odd", "field"),
    [
        ({"counter": "laps"}, "counter"),
        ({"rating": "night"}, "rating"),
        ({"unit": "mm"}, "unit"),
        ({"unit": "fortnight"}, "value"),
        ({"origin": "hearsay"}, "origin"),
        ({"value": "-1"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": "1e3"}, "value"),
        ({"value": "1,5"}, "value"),
    ],
)
def test_odd_input_is_refused(hall, odd, field):
    """Beside its field, nothing recorded."""
    item = hall.item()
    with pytest.raises(BadInput) as refusal:
        read(hall, item, **{"value": "1", **odd})
    assert refusal.value.details["field"] == field
    assert values(hall, item) == []


def test_not_by_the_administrator_nor_elsewhere(hall, other):
    """A workshop role in one's own organisation."""
    with pytest.raises(Forbidden):
        read(hall, hall.item(), "1", "admin")
    with pytest.raises(NotFound):
        read(hall, other.item(), "1")


def test_by_the_page(hall, technician):
    """The family's counters are offered with their units; readings to correct only where there are some."""
    item = hall.item()
    page = technician.get(f"/parts/{item.id}/read_counter").text
    assert "Operating hours since new (h)" in page
    assert "takes the place" not in page
    form = {"counter": "hours", "value": "12.5", "origin": "photo", "key": "k"}
    assert technician.post(f"/parts/{item.id}/read_counter", data=form).status_code == 303
    assert "takes the place" in technician.get(f"/parts/{item.id}/read_counter").text
    assert "12.5 h" in technician.get(f"/parts/{item.id}").text


def test_a_falling_counter_on_the_page(hall, technician):
    """The form comes back with the reason and what was typed."""
    item = hall.item()
    read(hall, item, "100")
    form = {"counter": "hours", "value": "99", "origin": "photo", "key": "k"}
    answer = technician.post(f"/parts/{item.id}/read_counter", data=form)
    assert answer.status_code == 422
    assert "A counter never falls" in answer.text
    assert 'value="99"' in answer.text


def test_by_json(hall, technician):
    """Another unit of the same kind may be given."""
    item = hall.item()
    given = {"counter": "hours", "value": "60", "unit": "min", "origin": "host"}
    assert act(technician, f"/parts/{item.id}/read_counter", **given).status_code == 200
    told = technician.get(f"/api/v1/parts/{item.id}").json
    assert [(one["value"], one["unit"]) for one in told["readings"]] == [("60", "min")]
