"""Reading a mark."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Forbidden, NotFound
from remanu.parts import actions, queries
from remanu.parts.events import Cited
from tests.parts.hall import act

PHOTO = Cited(digest="ab" * 32, media_type="image/jpeg", size=9, shows="plate")


def read(hall, item, role="technician", **changes):
    """A plate's mark."""
    return hall.do(role, actions.read_mark, item.id, **{"kind": "plate", "mark": "NW-6L-200 № 17", **changes})


def test_a_mark_stands_as_it_was_read(hall):
    """Sign by sign, with its kind; the photo is cited."""
    item = hall.item()
    read(hall, item, evidence=(PHOTO,))
    mark = hall.ask(queries.marks, item.id)[0]
    assert (mark.kind, mark.text) == ("plate", "NW-6L-200 № 17")
    assert hall.ask(queries.find_evidence, PHOTO.digest).size == 9


def test_the_part_is_found_by_its_mark(hall):
    """With and without hyphens."""
    item = hall.item()
    read(hall, item, mark="QX-77-12")
    for asked in ("QX-77-12", "qx7712", "77 12"):
        assert [row.id for row in hall.ask(queries.find, asked)] == [item.id]


def test_a_mark_may_repeat(hall):
    """Two readings of one plate are two observations (I1)."""
    item = hall.item()
    for _ in range(2):
        read(hall, item)
    assert len(hall.ask(queries.marks, item.id)) == 2


def test_not_by_logistics(hall):
    """Who reads marks is said in the table of permissions."""
    with pytest.raises(Forbidden):
        read(hall, hall.item(), "logistics")


def test_not_on_another_organisations_part(hall, other):
    """It does not exist for us."""
    with pytest.raises(NotFound):
        read(hall, other.item())


@pytest.mark.parametrize(
    "odd", [{"kind": "engraved"}, {"mark": ""}, {"mark": "a\u202eb"}, {"mark": "a\nb"}, {"mark": "x" * 121}]
)
def test_odd_input_is_refused(hall, odd):
    """And nothing is recorded."""
    item = hall.item()
    with pytest.raises(BadInput):
        read(hall, item, **odd)
    assert hall.ask(queries.marks, item.id) == []


def test_by_the_page(hall, technician):
    """The form leads back to the part, which shows the mark."""
    item = hall.item()
    assert technician.get(f"/parts/{item.id}/read_mark").status_code == 200
    answer = technician.post(
        f"/parts/{item.id}/read_mark", data={"kind": "stamped", "mark": "B-4", "key": "k"}
    )
    assert (answer.status_code, answer.location) == (303, f"/parts/{item.id}")
    assert "B-4" in technician.get(answer.location).text


def test_twice_with_one_key_is_one_mark(hall, technician):
    """A double press (T25)."""
    item = hall.item()
    for _ in range(2):
        assert act(technician, f"/parts/{item.id}/read_mark", kind="plate", mark="A").status_code == 200
    assert len(hall.ask(queries.marks, item.id)) == 1


def test_a_wrong_word_is_said_beside_its_field(hall, technician):
    """What was typed is kept."""
    item = hall.item()
    answer = technician.post(f"/parts/{item.id}/read_mark", data={"kind": "x", "mark": "B-4", "key": "k"})
    assert answer.status_code == 422
    assert 'value="B-4"' in answer.text
