"""Reading a counter by ratings; I6, I9."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Forbidden, NotFound
from remanu.parts import actions, queries
from remanu.parts.actions.lives import Shown
from tests.parts.disk import disk, split
from tests.parts.hall import act


def values(hall, item):
    """What counts now, by rating."""
    return {row.rating: row.value for row in queries.standing(hall.ask(queries.counters, item.id))}


def test_all_ratings_at_once(hall):
    """I9: one reading a rating, and the total that they sum to."""
    item = disk(hall)
    done = split(hall, item, A=0, B=4000, C=5000)
    assert (done.body.total, done.body.unit) == ("9000", "{cycle}")
    assert values(hall, item) == {"A": "0", "B": "4000", "C": "5000"}


def test_ratings_that_do_not_sum_to_the_total(hall):
    """I9: refused beside the total, with what they come to; nothing is stored."""
    item = disk(hall)
    with pytest.raises(BadInput) as refusal:
        split(hall, item, total="9001", A=0, B=4000, C=5000)
    assert refusal.value.details == {"field": "total", "why": "sum-differs", "sum": "9000"}
    assert values(hall, item) == {}


def test_a_rating_never_falls(hall):
    """I6: the refusal names the rating, the last value and the reading, so that it can be corrected."""
    item = disk(hall)
    first = split(hall, item, A=0, B=4000, C=5000)
    with pytest.raises(BadInput) as refusal:
        split(hall, item, A=0, B=3999, C=5001)
    told = refusal.value.details
    assert (told["field"], told["why"], told["was"]) == ("splits.1.value", "counter-falls", "4000")
    assert told["reading"] == first.body.splits[1].reading


def test_a_total_below_its_splits(hall):
    """I9: a total that is read apart is never less than the ratings come to."""
    item = disk(hall)
    split(hall, item, A=0, B=4000, C=5000)
    with pytest.raises(BadInput) as refusal:
        hall.do("technician", actions.read_counter, item.id, counter="cycles", value="8999", origin="host")
    assert refusal.value.details["why"] == "below-its-splits"


@pytest.mark.parametrize(
    ("odd", "field", "why"),
    [
        ({"counter": "hours"}, "counter", "not-split"),
        ({"counter": "laps"}, "counter", "not-a-choice"),
        ({"splits": (Shown(rating="A", value="9"),)}, "splits", "required"),
        ({"splits": (Shown(rating="Z", value="9"),)}, "splits.0.rating", "not-a-choice"),
        ({"splits": (Shown(rating="A", value="4"), Shown(rating="A", value="5"))}, "splits.1.rating", "given-twice"),
        ({"splits": (Shown(rating="A", value="x"),)}, "splits.0.value", "not-a-number"),
        ({"total": "1,5"}, "total", "not-a-number"),
        ({"unit": "mm"}, "unit", "wrong-unit"),
        ({"origin": "hearsay"}, "origin", "not-a-choice"),
    ],
)
def test_odd_input_is_refused(hall, odd, field, why):
    """Beside its field, nothing recorded."""
    item = disk(hall)
    shown = tuple(Shown(rating=code, value="3") for code in "ABC")
    given = {"counter": "cycles", "total": "9", "splits": shown, "origin": "photo", **odd}
    with pytest.raises(BadInput) as refusal:
        hall.do("technician", actions.read_split, item.id, **given)
    assert (refusal.value.details["field"], refusal.value.details["why"]) == (field, why)
    assert values(hall, item) == {}


def test_not_by_the_administrator_nor_elsewhere(hall, other):
    """A workshop role in one's own organisation."""
    with pytest.raises(Forbidden):
        split(hall, disk(hall), "admin", A=0, B=0, C=0)
    with pytest.raises(NotFound):
        split(hall, disk(other), A=0, B=0, C=0)


def test_by_the_page(hall, technician):
    """One number a rating and the total; what was typed is kept where it is refused."""
    item = disk(hall)
    page = technician.get(f"/parts/{item.id}/read_split").text
    assert "Thrust rating B" in page
    form = {"counter": "cycles", "total": "12", "origin": "instrument", "key": "k"}
    for n, (code, value) in enumerate(zip("ABC", ("0", "4", "9"), strict=True)):
        form |= {f"splits.{n}.rating": code, f"splits.{n}.value": value}
    refused = technician.post(f"/parts/{item.id}/read_split", data=form)
    assert refused.status_code == 422
    assert "The ratings do not sum to the total" in refused.text
    assert 'value="12"' in refused.text
    assert technician.post(f"/parts/{item.id}/read_split", data={**form, "total": "13"}).status_code == 303
    assert "It showed last:" in technician.get(f"/parts/{item.id}/read_split").text


def test_the_part_shows_ratings_by_name_and_no_total_that_is_older(hall, technician):
    """The total read at the gate is not what the counter shows once its ratings were read."""
    item = disk(hall)
    hall.do("technician", actions.read_counter, item.id, counter="cycles", value="8000", unit="{cycle}", origin="photo")
    assert "8000 cycles" in technician.get(f"/parts/{item.id}").text.replace("</strong>", "")
    hall.database.clock.advance(minutes=1)
    split(hall, item, A=0, B=4000, C=5000)
    page = technician.get(f"/parts/{item.id}").text
    assert "Thrust rating B" in page
    assert "8000" not in page


def test_a_family_without_splits_is_told_so(hall, technician):
    """The page leads to the plain reading."""
    assert "No counter of this family is split" in technician.get(f"/parts/{hall.item().id}/read_split").text


def test_by_json(hall, technician):
    """The same act."""
    item = disk(hall)
    splits = [{"rating": code, "value": "1"} for code in "ABC"]
    path = f"/parts/{item.id}/read_split"
    assert act(technician, path, counter="cycles", total="3", splits=splits, origin="host").status_code == 200
    told = technician.get(f"/api/v1/parts/{item.id}/counters").json
    assert told["counters"] == [
        {
            "counter": "cycles",
            "unit": "{cycle}",
            "total": "3",
            "ratings": {"A": "1", "B": "1", "C": "1"},
            "unsplit": "0",
            "since_life": None,
        }
    ]
