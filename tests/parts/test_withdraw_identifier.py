"""Saying that an identifier is not the part's."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Forbidden, NotFound
from remanu.parts import actions
from remanu.parts.queries import identifiers as held
from tests.parts.hall import act
from tests.parts.naming import UII

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def marked(hall):
    """A part and its identifier."""
    item = hall.item()
    return item, hall.do("technician", actions.add_identifier, item.id, value=UII).body.identifier


def test_it_stays_in_the_history_and_its_place_is_free(hall, marked):
    """Another part may have it then."""
    item, one = marked
    hall.do("quality", actions.withdraw_identifier, item.id, identifier_id=one, why="wrong-part")

    row = hall.ask(held.identifiers_of, item.id)[0]
    assert (row.why, row.occupies) == ("wrong-part", None)
    again = hall.item()
    hall.do("technician", actions.add_identifier, again.id, value=UII)
    assert [row.item_id for row in hall.ask(held.identifiers_of, again.id)] == [again.id]


def test_not_twice_not_with_odd_words_and_not_by_everybody(hall, other, marked):
    """Each refusal leaves it as it was."""
    item, one = marked
    with pytest.raises(BadInput, match="not-a-choice"):
        hall.do("quality", actions.withdraw_identifier, item.id, identifier_id=one, why="because")
    with pytest.raises(Forbidden):
        hall.do("technician", actions.withdraw_identifier, item.id, identifier_id=one, why="other")
    with pytest.raises(NotFound):
        other.do("quality", actions.withdraw_identifier, item.id, identifier_id=one, why="other")
    with pytest.raises(NotFound):
        hall.do("quality", actions.withdraw_identifier, hall.item().id, identifier_id=one, why="other")
    hall.do("quality", actions.withdraw_identifier, item.id, identifier_id=one, why="other")
    with pytest.raises(NotFound):
        hall.do("quality", actions.withdraw_identifier, item.id, identifier_id=one, why="other")


def test_by_the_page(hall, quality, marked):
    """The page offers those that stand; the list shows what was withdrawn, and why."""
    item, one = marked
    page = quality.get(f"/parts/{item.id}/withdraw_identifier?identifier_id={one}").text
    assert one in page
    assert (
        act(quality, f"/parts/{item.id}/withdraw_identifier", identifier_id=one, why="misread").status_code
        == 200
    )
    assert "It was misread" in quality.get(f"/parts/{item.id}/identifiers").text
