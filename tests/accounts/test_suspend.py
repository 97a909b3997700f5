"""A member may do nothing from now on."""

from __future__ import annotations

import pytest

from remanu.accounts import actions
from remanu.errors import BadInput, Conflict, Forbidden, NotFound


def test_every_session_is_dead_on_the_next_request(place, admin):
    """An ex-member's open sessions end now, and no new one opens (ASVS 7.4.2, T19)."""
    ref = place.member()
    tokens = [place.sign_in(), place.sign_in()]
    place.do(actions.suspend, admin, ref, why="left")
    assert [place.live(token) for token in tokens] == [None, None]
    with pytest.raises(BadInput):
        place.sign_in()


def test_a_session_that_slipped_through_is_dead_as_well(place, admin):
    """The membership is looked at on each request, not only the session's own end."""
    ref = place.member()
    token = place.sign_in()
    place.do(actions.suspend, admin, ref, why="left")
    place.do(lambda tx: tx.connection.exec_driver_sql("UPDATE session SET ended_at = NULL"))
    assert place.live(token) is None


def test_other_people_stay_signed_in(place, admin):
    """Nobody else is touched."""
    ref, token = place.member(), None
    place.member("other")
    token = place.sign_in("other")
    place.do(actions.suspend, admin, ref, why="left")
    assert place.live(token)


def test_not_by_a_technician(place):
    """Suspending is the administrator's."""
    with pytest.raises(Forbidden):
        place.do(actions.suspend, place.actor(place.member()), place.member("b"), why="left")


def test_not_oneself(place, admin):
    """An administrator cannot lock himself out."""
    with pytest.raises(Forbidden):
        place.do(actions.suspend, admin, admin.ref, why="left")


def test_not_twice(place, admin):
    """The second is told."""
    ref = place.member()
    place.do(actions.suspend, admin, ref, why="left")
    with pytest.raises(Conflict):
        place.do(actions.suspend, admin, ref, why="left")


def test_not_for_any_other_reason(place, admin):
    """Reasons come from a list, because the record is public."""
    with pytest.raises(BadInput):
        place.do(actions.suspend, admin, place.member(), why="gossip")


def test_not_of_another_organisation(place, admin, other):
    """Members elsewhere do not exist here."""
    with pytest.raises(NotFound):
        place.do(actions.suspend, admin, other.member("far"), why="left")
