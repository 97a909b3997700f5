"""A slip of the hand is taken back for ten seconds, as an event of its own, and the part is where it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.errors import Conflict, Forbidden
from remanu.intake import actions
from remanu.parts import queries as parts
from tests import people
from tests.builders import make_item
from tests.labelling.conftest import in_process, place, sign_in, web  # noqa: F401 -- fixtures

CLERK = people.BY_ROLE["receiving_clerk"]


@pytest.fixture
def item(database):
    """A part of the workshop; returns its id."""
    return database.transact(lambda tx: make_item(tx, people.BY_ROLE["technician"], serial="U-1")).subject.id


def move(database, item, where, by=CLERK):
    """Move it."""
    return database.transact(lambda tx: actions.move(tx, by, item, place=where))


def undo(database, item, by=CLERK):
    """Take it back."""
    return database.transact(lambda tx: actions.undo_move(tx, by, item))


def stands(database, item):
    """Where it stands."""
    with database.reading() as connection:
        return parts.find_item(connection, CLERK.org_id, item).place


def test_it_is_where_it_was_and_both_stand_in_the_record(database, item):
    """The event names the one that it takes back; nothing is deleted."""
    move(database, item, "Gate 1")
    done = move(database, item, "Gate 2")
    back = undo(database, item)
    assert stands(database, item) == "Gate 1"
    assert (back.body.undone, back.body.place) == (done.id, "Gate 1")
    with database.reading() as connection:
        kinds = [row.kind for row in parts.history(connection, CLERK.org_id, item)]
    assert kinds[:3] == ["intake.undo_move", "intake.move", "intake.move"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_too_late_another_hand_or_something_since(database, item):
    """Fifteen seconds, one's own, the newest act: else it stays, and a new move says so."""
    move(database, item, "Gate 1")
    database.clock.advance(seconds=16)
    for by in (CLERK, people.BY_ROLE["logistics"]):
        with pytest.raises(Conflict) as late:
            undo(database, item, by)
        assert late.value.details["why"] == "cannot-be-undone"
    move(database, item, "Gate 2")
    with pytest.raises(Conflict):
        undo(database, item, people.BY_ROLE["logistics"])
    undo(database, item)
    with pytest.raises(Conflict):
        undo(database, item)
    with pytest.raises(Forbidden):
        undo(database, item, people.BY_ROLE["planner"])


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_any_row_of_places(database, item):
    """Whatever moves went before: after taking the last one back the row is the one before it."""

    @settings(max_examples=5, deadline=None)
    @given(st.lists(st.sampled_from(["Gate 1", "Hall 7", "Rack 12"]), min_size=1, max_size=4))
    def walk(places):
        for where in places:
            before = stands(database, item)
            move(database, item, where)
        undo(database, item)
        assert stands(database, item) == before

    walk()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_page_offers_it_for_a_moment(in_process, sign_in):  # noqa: F811
    """After the move the page has a form that takes it back; sent late it says why not, and JSON has its code."""
    clerk = sign_in("receiving_clerk")
    clerk.post(f"/parts/{in_process.item_id}/move", data={"key": "m", "place": "Gate 2"})
    page = clerk.get(f"/parts/{in_process.item_id}").text
    assert f'action="/parts/{in_process.item_id}/undo_move" data-undo="10"' in page
    key = re.search(r'data-undo="10"><input type="hidden" name="key" value="([^"]+)"', page)[1]
    assert clerk.post(f"/parts/{in_process.item_id}/undo_move", data={"key": key}).status_code == 303
    assert in_process.item.place is None
    again = clerk.post(
        f"/api/v1/parts/{in_process.item_id}/undo_move", json={}, headers={"Idempotency-Key": "late"}
    )
    assert (again.status_code, again.json["why"]) == (409, "cannot-be-undone")
